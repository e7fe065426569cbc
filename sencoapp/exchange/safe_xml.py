"""XML from outside: no document types, no entities, one root, and no more of it than a pupil file can need."""

from typing import cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from sencoapp.domain.refusals import Fault
from sencoapp.exchange import limits
from sencoapp.exchange.encodings import text_of
from sencoapp.exchange.stopping import go_on

_LEFT_ASIDE = frozenset({"SuppInfo", "StageAssessments", "NAWdetails", "AttendanceMarks"})
"""Blocks that the record has no use for: ``SuppInfo`` is every supplier's own, the others are not about SEN."""

_CHUNK = 1 << 16
_JUNK_AFTER_DOCUMENT_ELEMENT = 9
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class _TooMuch(Exception):
    pass


class _Builder:
    """Builds the tree without namespaces and without the blocks left aside, and counts."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._words: list[str] = []
        self._aside = 0
        self._elements = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > limits.MOST_ELEMENTS:
            raise _TooMuch
        name = tag.rpartition("}")[2]
        if self._aside or (name in _LEFT_ASIDE and self._open):
            self._aside += 1
            return
        if len(self._open) >= limits.MOST_DEPTH:
            raise _TooMuch
        self._keep_words()
        element = Element(name)
        if self._open:
            self._open[-1].append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def end(self, _tag: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        self._keep_words()
        element, texts = self._open.pop(), self._texts.pop()
        if texts:
            element.text = "".join(texts)

    def data(self, words: str) -> None:
        if not self._aside:
            self._words.append(words)

    def close(self) -> Element | None:
        return self.root

    def _keep_words(self) -> None:
        if self._words:
            # Joined once, at the end of the element: adding to a long text again and again would take for ever.
            if self._texts:
                self._texts[-1] += self._words
            self._words.clear()


def parse(content: bytes) -> Element:
    """The root of an XML file, its names without namespaces.

    Raises ``Fault``: ``pupil_xml_entities``, ``pupil_xml_two_roots``, ``pupil_xml_damaged``, ``pupil_xml_too_much``.
    """
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        readable = memoryview(_readable(content))
        for start in range(0, len(readable), _CHUNK):
            go_on()
            parser.feed(readable[start : start + _CHUNK].tobytes())
        parser.close()
    except DefusedXmlException:
        raise Fault("pupil_xml_entities") from None
    except _TooMuch:
        raise Fault("pupil_xml_too_much") from None
    except ParseError as error:
        if error.code == _JUNK_AFTER_DOCUMENT_ELEMENT:
            raise Fault("pupil_xml_two_roots") from None
        raise Fault("pupil_xml_damaged", line=error.position[0]) from None
    except (ValueError, LookupError):  # an encoding that nobody knows
        raise Fault("pupil_xml_damaged", line=1) from None
    return cast(Element, builder.root)


def words(element: Element | None, *path: str) -> str:
    """The text of the element at the end of a path of names, or nothing."""
    for name in path:
        if element is None:
            return ""
        element = element.find(name)
    return " ".join((element.text or "").split()) if element is not None else ""


def _readable(content: bytes) -> bytes:
    """The bytes for the parser: without what surrounds them, and Windows-1252 put right where UTF-8 was promised."""
    if content.startswith(_UTF16_MARKS):
        return content
    content = content.removeprefix(b"\xef\xbb\xbf").strip(b"\0 \t\r\n")
    head = content[:200].split(b"?>")[0].lower()
    if b"encoding" in head and b"utf-8" not in head:
        return content
    return text_of(content).encode("utf-8")
