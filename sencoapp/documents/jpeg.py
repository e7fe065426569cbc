"""A JPEG's own bytes without what it tells besides its picture (ITU-T T.81, Annex B)."""

import struct
from collections.abc import Iterator

ORIENTATION = 0x0112
_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"


def jpeg_without_place(content: bytes, turned: int = 1) -> bytes:
    """A JPEG with nothing but what is needed to draw it. Raises ``ValueError`` or ``struct.error`` where it is none."""
    out = bytearray(b"\xff\xd8")
    for marker, segment in _segments(content):
        if marker == 0xE0 and segment[4:].startswith(_JFIF):
            out += b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"  # without its small preview
        elif 0xE0 <= marker <= 0xEF or marker == 0xFE:
            body = segment[4:]
            if (marker == 0xE2 and body.startswith(_ICC)) or (marker == 0xEE and body.startswith(_ADOBE)):
                out += segment
        else:
            if turned != 1 and 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
                out += _jpeg_orientation(turned)
                turned = 1
            out += segment
    return bytes(out) + b"\xff\xd9"


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment up to the end of the picture; a scan goes with the data that follows it."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker where one belongs")
        while content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        if marker == 0xD9:
            return
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("a segment that is longer than the file")
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker is that is neither a stuffed byte nor a restart."""
    while True:
        at = content.index(b"\xff", at)
        following = content[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at


def _jpeg_orientation(turned: int) -> bytes:
    body = b"Exif\0\0" + only_orientation(turned)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def only_orientation(turned: int) -> bytes:
    """A TIFF head with one entry: which way up (Exif 2.32, 4.6.4, tag 274)."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
