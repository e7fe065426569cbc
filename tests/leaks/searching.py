"""Looks for words in every byte under a folder, however they were written down there.

Raw, in upper and lower case, in UTF-8 and UTF-16, as base64 at each of its three beginnings, percent-encoded, in hexadecimal, in JSON's
and in Qt's escapes; and all of that once more within ZIP archives, PNGs, and anything that was packed with zlib, gzip or deflate.
"""

import base64
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

_DEEPEST = 4
_MOST_UNPACKED = 64 * 1024 * 1024
_STEP = 1024
_ZLIB = tuple(bytes((0x78, second)) for second in (0x01, 0x5E, 0x9C, 0xDA))


@dataclass(frozen=True)
class Leak:
    path: Path
    mark: str
    how: str
    """Such as ``utf-16-le`` or ``zlib at 120: base64``."""


def leaks(marks: Iterable[str], *folders: Path) -> list[Leak]:
    """Every mark in the bytes and in the names of the files under these folders. A file that vanishes meanwhile is passed over."""
    wanted = {mark: needles(mark) for mark in marks}
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            named = _in(str(path.relative_to(folder)).encode(), wanted)
            found += [Leak(path, mark, f"file name: {how}") for mark, how in named]
            try:
                content = path.read_bytes() if path.is_file() else b""
            except FileNotFoundError:
                continue
            for where, layer in layers(content):
                found += [Leak(path, mark, f"{where}{how}") for mark, how in _in(layer, wanted)]
    return found


def needles(mark: str) -> dict[str, bytes]:
    """What a mark looks like, by the name of the way it is written. All but base64 are for text in lower case."""
    small = mark.lower()
    found = {
        "utf-8": small.encode(),
        "utf-16-le": small.encode("utf-16-le"),
        "utf-16-be": small.encode("utf-16-be"),
        "utf-32-le": small.encode("utf-32-le"),
        "cp1252": small.encode("cp1252", "ignore"),
        "hexadecimal": small.encode().hex().encode(),
        "hexadecimal as written": mark.encode().hex().encode(),
        "hexadecimal utf-16": mark.encode("utf-16-le").hex().encode(),
        "percent": quote(mark, safe="").lower().encode(),
        "percent throughout": "".join(f"%{each:02x}" for each in mark.encode()).encode(),
        "form": quote_plus(mark).lower().encode(),
        "json": json.dumps(mark).strip('"').lower().encode(),
        "spaced out": "\0".join(small).encode(),
    }
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252"):  # the letters beyond ASCII, which ``bytes.lower`` leaves as they are
        found[f"large {encoding}"] = mark.upper().encode(encoding, "ignore").lower()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        for text in {mark, small, mark.upper()}:
            for shift in range(3):
                whole = base64.b64encode(bytes(shift) + text.encode(encoding)).rstrip(b"=")
                # The first and the last sign also hold bits of what stands beside the mark.
                core = whole[(shift * 4 + 2) // 3 + (1 if shift else 0) : -1]
                found[f"base64 {encoding} {text} {shift}"] = core
                found[f"base64url {encoding} {text} {shift}"] = core.replace(b"+", b"-").replace(b"/", b"_")
    return {how: needle for how, needle in found.items() if len(needle) >= 6}


def _in(content: bytes, wanted: dict[str, dict[str, bytes]]) -> Iterator[tuple[str, str]]:
    small = content.lower()
    for mark, ways in wanted.items():
        for how, needle in ways.items():
            if needle in (content if how.startswith("base64") else small):
                yield mark, how
                break


def layers(content: bytes, where: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The content itself, and whatever is packed in it."""
    yield where, content
    if depth == _DEEPEST:
        return
    for name, inner in _packed(content):
        if len(inner) >= 6:
            yield from layers(inner, f"{where}{name}: ", depth + 1)


def _packed(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        yield "png", b"".join(_png_bodies(content))
    if b"PK\x03\x04" in content and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.infolist():
                yield f"zip {each.filename}", archive.read(each) if not each.flag_bits & 1 else b""
    for sign, window in ((b"PK\x03\x04", -15), (b"\x1f\x8b\x08", 31), *((each, 15) for each in _ZLIB)):
        at = content.find(sign)
        while at >= 0:
            begins = at
            if window < 0 and len(content) > at + 30:  # a ZIP entry whose directory is gone
                begins = (
                    at + 30 + int.from_bytes(content[at + 26 : at + 28], "little") + int.from_bytes(content[at + 28 : at + 30], "little")
                )
            inner = _inflated(content, begins, window)
            if inner:
                yield f"packed at {at}", inner
            at = content.find(sign, at + 1)


def _inflated(content: bytes, at: int, window: int) -> bytes:
    """As much as can be unpacked, also of a stream that is cut off."""
    unpacking, out = zlib.decompressobj(window), b""
    for begin in range(at, len(content), _STEP):
        before = unpacking.copy()
        try:
            out += unpacking.decompress(content[begin : begin + _STEP])
        except zlib.error:  # up to the byte where it breaks off
            try:
                for each in range(begin, begin + _STEP):
                    out += before.decompress(content[each : each + 1])
            except zlib.error:
                break
        if unpacking.eof or len(out) > _MOST_UNPACKED:
            break
    return out


def _png_bodies(content: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] == b"IDAT":
            yield content[at + 8 : at + 8 + length]
        at += 12 + length
