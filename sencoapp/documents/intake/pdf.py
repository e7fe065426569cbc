"""What a PDF could do where it is opened elsewhere. Here it is only ever drawn, and a pack takes nothing but its pages."""

import re
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from sencoapp import reference
from sencoapp.documents import evidence
from sencoapp.domain.refusals import Fault

_SCRIPTS = frozenset({"/JavaScript", "/Rendition"})
_STARTS = frozenset({"/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR"})
_MOST_OBJECTS = 400_000
_STREAM = re.compile(rb"stream\r?\n")
_FLATE = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x48\x89", b"\x68\xde", b"\x58\x85")
_PIECE = 1 << 20
_ONLY_ELSEWHERE = "pdf_only_elsewhere"


def look_at(filename: str, content: bytes) -> tuple[int | None, tuple[str, ...]]:
    """How many pages can go in a pack, ``None`` where none can, and what a person should know before it is kept.

    Cautions: ``pdf_scripts``, ``pdf_starts``, ``pdf_attachments``, ``pdf_dynamic_form``, ``pdf_only_elsewhere``, ``pdf_locked``,
    ``pdf_too_long``.
    Raises ``Fault``: ``evidence_damaged``, ``file_unpacks_too_large`` before anything draws it.
    """
    _must_unpack_to_no_more_than_pages(filename, (content[each.end() :] for each in _STREAM.finditer(content)))
    try:
        _, pages = evidence.inspect(filename, content)
    except Fault as fault:
        if fault.key == "evidence_locked":
            return None, ("pdf_locked",)
        if fault.key != "evidence_too_long":
            raise
        return None, ("pdf_too_long", *dangers(filename, content))
    found = dangers(filename, content)
    return None if _ONLY_ELSEWHERE in found else pages, found


def _must_unpack_to_no_more_than_pages(filename: str, streams: Iterable[bytes]) -> None:
    """Unpacks what is packed with Flate, piece by piece and keeping nothing, until it is more than a document holds."""
    limits = reference.data("files", "kinds.json")["pdf"]
    left = limits["most_unpacked_megabytes"] * 1024 * 1024
    for packed in streams:
        for _ in range(limits["most_depth"]):
            size, head = _unpacked(packed, left)
            left -= size
            if left < 0:
                raise Fault("file_unpacks_too_large", file=filename)
            if not head.startswith(_FLATE):
                break
            packed = head  # packed twice: what its first part unpacks to tells


def _unpacked(packed: bytes, most: int) -> tuple[int, bytes]:
    """To how many bytes it unpacks, counted no further than one piece above ``most``, and the first piece of them."""
    unpacking, size, head, rest = zlib.decompressobj(), 0, b"", packed[:_PIECE]
    if not rest.startswith(_FLATE):
        return 0, b""
    at = _PIECE
    try:
        while size <= most and not unpacking.eof:
            out = unpacking.decompress(rest, _PIECE)
            head = head or out
            size += len(out)
            rest = unpacking.unconsumed_tail
            if not rest:
                rest, at = packed[at : at + _PIECE], at + _PIECE
                if not rest and not out:
                    break
    except zlib.error:
        pass
    return size, head


def dangers(filename: str, content: bytes) -> tuple[str, ...]:
    """What it holds besides pages. A file that is too tangled to be looked through counts as holding scripts."""
    import pikepdf

    found: set[str] = set()
    try:
        with pikepdf.Pdf.open(BytesIO(content)) as opened:
            if opened.is_encrypted:  # only now can its streams be looked into
                packed = (each.read_raw_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream))
                _must_unpack_to_no_more_than_pages(filename, packed)
            if len(opened.objects) > _MOST_OBJECTS:
                return ("pdf_scripts",)
            for each in opened.objects:
                _walk(each, found, 6)
            form = opened.Root.get("/AcroForm")
            if evidence.shows_itself_elsewhere(opened):
                found.add(_ONLY_ELSEWHERE)
            elif isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
                found.add("pdf_dynamic_form")
    except Fault:
        raise
    except Exception:  # hostile files raise anything; that they can be drawn was seen before
        found.add("pdf_scripts")
    return tuple(sorted(found))


def _walk(thing: Any, found: set[str], depth: int) -> None:
    """Through one object and what lies directly in it; what it refers to comes by itself."""
    import pikepdf

    if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        if "/JS" in thing:
            found.add("pdf_scripts")
        action = str(thing.get("/S", "")) if isinstance(thing.get("/S"), pikepdf.Name) else ""
        if action in _SCRIPTS:
            found.add("pdf_scripts")
        elif action in _STARTS:
            found.add("pdf_starts")
        if "/EF" in thing or thing.get("/Type") == "/EmbeddedFile":
            found.add("pdf_attachments")
        if depth:
            for key in thing.keys():  # noqa: SIM118 (a PDF's dictionary is not iterated by its keys)
                value = thing[key]
                if isinstance(value, pikepdf.Object) and not value.is_indirect:
                    _walk(value, found, depth - 1)
    elif isinstance(thing, pikepdf.Array) and depth:
        for value in thing:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                _walk(value, found, depth - 1)
