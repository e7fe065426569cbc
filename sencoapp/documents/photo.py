"""Pictures made fit to keep: a pupil's photo and the school's crest. Upright, on white, and bare of what stood beside the pixels."""

from io import BytesIO
from typing import Any

from sencoapp.documents.evidence import MOST_PIXELS
from sencoapp.documents.intake.kinds import kind_of
from sencoapp.domain.refusals import Fault

LONGEST_SIDE = 480
_QUALITY = 86
_WITH_MARGINS = 4 * LONGEST_SIDE
"""The longest side of a crest before its empty margins are cut off."""
_NEARLY_WHITE = 16
"""As many steps of 255 below white do not show on paper."""
_LARGE = 100_000
"""Bytes above which a crest is reduced to 256 colours: it lies in every letter."""


def small_photo(filename: str, content: bytes) -> bytes:
    """A JPEG of at most 480 pixels a side, without EXIF, place, comment or colour profile.

    Raises ``Fault``: ``photo_other_kind``, ``evidence_picture_too_large``, ``evidence_damaged``, and those of ``kinds.kind_of``.
    """
    out = BytesIO()
    _on_white(filename, content, LONGEST_SIDE).save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def small_crest(filename: str, content: bytes) -> bytes:
    """A PNG of at most 480 pixels a side: its empty margins cut off, nothing of it see-through.

    Raises ``Fault``: ``crest_is_white``, and those of ``small_photo``.
    """
    from PIL import Image, ImageChops

    found = _on_white(filename, content, _WITH_MARGINS)
    inked = ImageChops.difference(found, Image.new("RGB", found.size, (255, 255, 255))).convert("L")
    box = inked.point([0] * _NEARLY_WHITE + [255] * (256 - _NEARLY_WHITE)).getbbox()
    if box is None:
        raise Fault("crest_is_white", title=filename)
    crest = found.crop(box)
    crest.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    made = _as_png(crest)
    return made if len(made) <= _LARGE else _as_png(crest.quantize(256))


def _as_png(picture: Any) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _on_white(filename: str, content: bytes, longest: int) -> Any:
    from PIL import Image, ImageOps

    if kind_of(filename, content).id not in ("jpeg", "png"):
        raise Fault("photo_other_kind", title=filename)
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Fault("evidence_picture_too_large", title=filename, most=MOST_PIXELS // 1_000_000)
            found.draft("RGB", (longest, longest))
            found.load()
            upright = ImageOps.exif_transpose(found).convert("RGBA")
        upright.thumbnail((longest, longest))
        bare = Image.new("RGB", upright.size, (255, 255, 255))
        bare.paste(upright, mask=upright.getchannel("A"))
    except (Fault, MemoryError):
        raise
    except Exception as trouble:  # a hostile or broken file may raise anything
        raise Fault("evidence_damaged", title=filename) from trouble
    return bare
