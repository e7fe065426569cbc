"""Photos without what they tell besides their picture: place, camera, time, words, and whatever hangs behind the picture.

Nothing is compressed again: the picture's own bytes are copied, and the pieces around it that tell something are left out
(JPEG: ITU-T T.81 Annex B; PNG: third edition, 11). Which way up it goes is kept.
"""

import struct
import zlib
from io import BytesIO

from sencoapp.documents import evidence
from sencoapp.documents.intake.kinds import Kind
from sencoapp.documents.jpeg import ORIENTATION, jpeg_without_place, only_orientation
from sencoapp.domain.refusals import Fault, PlainMessage

_GPS = 0x8825
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"cICP"})


def without_place(filename: str, kind: Kind, content: bytes) -> bytes:
    """The same picture, bare. Raises ``Fault``: ``evidence_damaged``, ``evidence_picture_too_large``."""
    try:
        evidence.check_pixels(filename, kind.media_type, content)
        turned = _orientation(content)
        bare = jpeg_without_place(content, turned) if kind.id == "jpeg" else _bare_png(content, turned)
    except PlainMessage:
        raise
    except Exception as trouble:  # whatever a broken or hostile picture trips over
        raise Fault("evidence_damaged", title=filename) from trouble
    evidence.inspect(filename, bare)
    return bare


def told_of_a_place(content: bytes) -> bool:
    """Whether the picture as it came had a place in it."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as found:
            return bool(found.getexif().get_ifd(_GPS))
    except Exception:
        return b"GPSLatitude" in content


def _bare_png(content: bytes, turned: int) -> bytes:
    out, at = bytearray(content[:8]), 8
    while True:
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content):
            raise ValueError("a chunk that is longer than the file")
        if kind == b"IDAT" and turned != 1:
            out += _png_chunk(b"eXIf", only_orientation(turned))
            turned = 1
        if kind in _PNG_KEPT:
            out += content[at:end]
        if kind == b"IEND":
            return bytes(out)
        at = end


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _orientation(content: bytes) -> int:
    """1 to 8; 1 where nothing sensible is said."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as found:
            said = found.getexif().get(ORIENTATION, 1)
    except Exception:
        return 1
    return said if isinstance(said, int) and 1 <= said <= 8 else 1
