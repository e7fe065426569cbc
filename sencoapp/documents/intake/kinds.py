"""What a file is, by how it begins."""

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Any

from sencoapp import reference
from sencoapp.documents.intake import office
from sencoapp.domain.refusals import Fault

_HEAD = 1024
"""A PDF may begin this far into its file (ISO 32000-1, Annex H.3.4.1); web pages say what they are within it."""
_LONGEST_NAME = 120
_PLAIN_CONTROLS = frozenset("\t\n\r\f\x1a")


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken in."""

    id: str
    media_type: str
    endings: tuple[str, ...]
    is_text: bool
    in_packs: bool


def kind_of(filename: str, content: bytes) -> Kind:
    """Raises ``Fault``: ``file_is_empty``, ``file_is_too_large``, those that ``kinds.json`` names, ``file_is_two_things``,
    ``file_is_of_no_known_kind``, and those of ``office.family_of``.
    """
    rules = reference.data("files", "kinds.json")
    if not content:
        raise Fault("file_is_empty", file=filename)
    if len(content) > rules["most_megabytes"] * 1024 * 1024:
        raise Fault("file_is_too_large", file=filename, most=rules["most_megabytes"])
    if _ending(filename) in rules["endings_of_programs"]:
        raise Fault("file_is_a_program", file=filename)
    found = _by_beginning(filename, content)
    if found is not None:
        return found
    for refused in rules["refused"]:
        at = refused.get("at", 0)
        if any(content.startswith(bytes.fromhex(each), at) for each in refused["begins"]):
            raise Fault(refused["why"], file=filename)
    if content.startswith(b"PK\x03\x04"):
        return _office(filename, content)
    at = content.find(b"%PDF-", 0, _HEAD)
    if at >= 0 and not content.lstrip().startswith(b"<"):
        return _alone(filename, content, _kinds()["pdf"])
    if _is_text(content, rules["words_of_programs"], filename):
        return _kinds()["text"]
    raise Fault("file_is_of_no_known_kind", file=filename)


def rightly_named(filename: str, kind: Kind) -> str:
    """The file's own name without folders, with the ending of what it really is."""
    name = PurePath(filename.replace("\\", "/")).name.strip() or "document"
    stem, ending = (name[: -len(_ending(name))], _ending(name)) if _ending(name) else (name, "")
    return f"{stem.strip()[:_LONGEST_NAME] or 'document'}{ending if ending in kind.endings else kind.endings[0]}"


def _ending(filename: str) -> str:
    return PurePath(filename.strip().rstrip(". ")).suffix.lower()


def _by_beginning(filename: str, content: bytes) -> Kind | None:
    for each in reference.data("files", "kinds.json")["taken"]:
        if any(content.startswith(bytes.fromhex(sign)) for sign in each.get("begins", ())):
            kind = _kinds()[each["id"]]
            return _alone(filename, content, kind) if kind.id == "pdf" else kind
    return None


def _alone(filename: str, content: bytes, kind: Kind) -> Kind:
    """A PDF that is a ZIP archive as well is a disguise. Photos lose whatever hangs on them (``pictures``)."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Fault("file_is_two_things", file=filename)
    return kind


def _office(filename: str, content: bytes) -> Kind:
    if b"%PDF-" in content[:_HEAD]:
        raise Fault("file_is_two_things", file=filename)
    family = office.family_of(filename, content)
    for each in reference.data("files", "kinds.json")["taken"]:
        if family in (each.get("main_part"), each.get("mimetype")):
            return _kinds()[each["id"]]
    raise Fault("file_is_an_archive", file=filename)


def _is_text(content: bytes, signs: list[str], filename: str) -> bool:
    for encoding in ("utf-8-sig", "utf-16") if not content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-16",):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        words = content.decode("cp1252", "replace")
        if "\ufffd" in words:
            return False
    if any(each < " " and each not in _PLAIN_CONTROLS for each in words):
        return False
    head = words[:_HEAD].casefold()
    if any(each in head for each in signs):
        raise Fault("file_is_a_web_page", file=filename)
    return True


@cache
def _kinds() -> dict[str, Kind]:
    rules: Any = reference.data("files", "kinds.json")
    return {
        each["id"]: Kind(each["id"], each["media_type"], tuple(each["endings"]), each.get("text", False), each.get("in_packs", False))
        for each in rules["taken"]
    }
