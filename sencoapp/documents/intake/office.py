"""Word, Excel, PowerPoint and OpenDocument files: small enough, and with nothing in them that runs or calls out.

They are ZIP archives of parts. Parts are read in memory and in pieces, never more of them than the limits of ``kinds.json`` allow.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from sencoapp import reference
from sencoapp.domain.refusals import Fault, PlainMessage

_ENCRYPTED = 0x1
_MOST_LIST_BYTES = 4 * 1024 * 1024
_PIECE = 256 * 1024
_RUNS = ("vbaproject.bin", "vbadata.xml")
_RUNS_FOLDERS = ("activex/", "customui/", "macrosheets/", "basic/", "scripts/", "dialogs/")
_BINARY_OBJECTS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF")
_NETWORK = ("http:", "https:", "ftp:", "file:", "\\\\", "//", "mhtml:")
_LOCAL_TEMPLATE = re.compile(r"file:///[a-z0-9]")
"""On this computer: with more slashes, or with others, Word asks a server of that name, and gives it who is signed in."""


def family_of(filename: str, content: bytes) -> str:
    """The content type of the main part of an Office file, or the media type of an OpenDocument; empty for another archive.

    Raises ``Fault``: ``file_has_macros`` for a kind that is meant to have them, ``file_is_damaged``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                types = _content_types(archive)
                if any("macroenabled" in each.lower() for each in types):
                    raise Fault("file_has_macros", file=filename)
                return next((each for each in types if each.endswith(".main+xml")), "")
            if "mimetype" in names:
                return archive.open("mimetype").read(200).decode("ascii", "replace").strip()
            return ""
    except PlainMessage:
        raise
    except Exception as trouble:  # zipfile and the XML reader raise whatever the damage trips over
        raise Fault("file_is_damaged", file=filename) from trouble


def look_at(filename: str, content: bytes) -> None:
    """Goes through every part once.

    Raises ``Fault``: ``file_is_damaged``, ``file_is_protected``, ``file_unpacks_too_large``, ``file_has_macros``,
    ``file_has_objects``, ``file_calls_out``.
    """
    limits = reference.data("files", "kinds.json")["zip"]
    try:
        _go_through(content, _Budget(limits["most_parts"], limits["most_unpacked_megabytes"] * 1024 * 1024), limits["most_depth"])
    except _NotThis as reason:
        raise Fault(reason.key, file=filename) from None
    except Exception as trouble:
        raise Fault("file_is_damaged", file=filename) from trouble


class _NotThis(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass
class _Budget:
    """What is left for a file and everything nested in it."""

    parts: int
    unpacked: int


def _go_through(content: bytes, budget: _Budget, depth: int) -> None:
    if depth == 0:
        raise _NotThis("file_unpacks_too_large")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _declared(parts, budget)
        for part in parts:
            _one_part(archive, part, budget, depth)


def _declared(parts: list[zipfile.ZipInfo], budget: _Budget) -> None:
    """The limits by what the directory declares; ``zipfile`` never unpacks more of a part than that."""
    limits = reference.data("files", "kinds.json")["zip"]
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise _NotThis("file_is_protected")
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise _NotThis("file_is_damaged")
    budget.parts -= len(parts)
    budget.unpacked -= sum(part.file_size for part in parts)
    if budget.parts < 0 or budget.unpacked < 0:
        raise _NotThis("file_unpacks_too_large")
    for part in parts:
        large = part.file_size > limits["ratio_from_kilobytes"] * 1024
        if large and part.file_size > limits["most_ratio"] * max(1, part.compress_size):
            raise _NotThis("file_unpacks_too_large")


def _one_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: _Budget, depth: int) -> None:
    name = part.filename.lower()
    if name.endswith(_RUNS) or any(f"/{each}" in f"/{name}" for each in _RUNS_FOLDERS):
        raise _NotThis("file_has_macros")
    nested = bytearray()
    with archive.open(part) as opened:
        first = opened.read(_PIECE)
        if first.startswith(_BINARY_OBJECTS):
            raise _NotThis("file_has_objects")
        is_archive = first.startswith(b"PK\x03\x04")
        piece = first
        while piece:  # to its end, for the checksum
            if is_archive:
                nested += piece
            piece = opened.read(_PIECE)
    if is_archive:
        if name.endswith((".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".xlam", ".xlsb", ".jar", ".zip")):
            raise _NotThis("file_has_objects")
        _go_through(bytes(nested), budget, depth - 1)
    elif name.endswith(".rels"):
        _relations(archive, part)
    elif name == "meta-inf/manifest.xml" and b"encryption-data" in first:
        raise _NotThis("file_is_protected")


def _relations(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """What an Office file fetches from elsewhere when it is opened. Links that a person has to click stay."""
    for each in _xml(archive, part).iter():
        kind, target = str(each.get("Type", "")), str(each.get("Target", "")).strip().lower()
        if str(each.get("TargetMode", "")).lower() != "external" or kind.endswith("/hyperlink"):
            continue
        if kind.endswith("/attachedTemplate") and _LOCAL_TEMPLATE.match(target):
            continue  # Word notes which of the computer's own templates a letter was begun with
        if target.startswith(_NETWORK):
            raise _NotThis("file_calls_out")


def _content_types(archive: zipfile.ZipFile) -> list[str]:
    found = _xml(archive, archive.getinfo("[Content_Types].xml"))
    return [str(each.get("ContentType", "")) for each in found.iter()]


def _xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Any:
    from defusedxml.ElementTree import fromstring

    if part.file_size > _MOST_LIST_BYTES:
        raise _NotThis("file_unpacks_too_large")
    return fromstring(archive.read(part), forbid_dtd=True)
