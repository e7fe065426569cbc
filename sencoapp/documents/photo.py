"""A pupil's photo, made fit to keep: small, upright, on white, and bare of what the camera wrote beside the pixels."""

from io import BytesIO

from sencoapp.documents.evidence import MOST_PIXELS
from sencoapp.documents.intake.kinds import kind_of
from sencoapp.domain.refusals import Fault

LONGEST_SIDE = 480
_QUALITY = 86


def small_photo(filename: str, content: bytes) -> bytes:
    """A JPEG of at most 480 pixels a side, without EXIF, place, comment or colour profile.

    Raises ``Fault``: ``photo_other_kind``, ``evidence_picture_too_large``, ``evidence_damaged``, and those of ``kinds.kind_of``.
    """
    from PIL import Image, ImageOps

    if kind_of(filename, content).id not in ("jpeg", "png"):
        raise Fault("photo_other_kind", title=filename)
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Fault("evidence_picture_too_large", title=filename, most=MOST_PIXELS // 1_000_000)
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            found.load()
            upright = ImageOps.exif_transpose(found).convert("RGBA")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        bare = Image.new("RGB", upright.size, (255, 255, 255))
        bare.paste(upright, mask=upright.getchannel("A"))
        out = BytesIO()
        bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    except (Fault, MemoryError):
        raise
    except Exception as trouble:  # a hostile or broken file may raise anything
        raise Fault("evidence_damaged", title=filename) from trouble
    return out.getvalue()
