"""An invented crest for the demo school, drawn here: a shield with an oak leaf over the river that the tanners worked at."""

import math
from io import BytesIO
from typing import Any

_SIZE = (420, 480)
_FINER = 3
GREEN, GOLD, BLUE, WHITE = (22, 74, 52), (214, 158, 46), (36, 82, 138), (255, 255, 255)


def make_crest() -> bytes:
    """A PNG with transparent corners. The same bytes each time."""
    from PIL import Image, ImageDraw

    wide, high = (_FINER * each for each in _SIZE)
    picture = Image.new("RGBA", (wide, high), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.polygon(_shield(wide, high, 0.0), fill=GREEN)
    pen.polygon(_shield(wide, high, 0.025), fill=WHITE)
    field = Image.new("L", (wide, high), 0)
    ImageDraw.Draw(field).polygon(_shield(wide, high, 0.045), fill=255)
    inside = Image.new("RGBA", (wide, high), GREEN)
    _river(ImageDraw.Draw(inside), wide, high)
    _leaf(ImageDraw.Draw(inside), wide, high)
    picture.paste(inside, mask=field)
    out = BytesIO()
    picture.resize(_SIZE, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _shield(wide: int, high: int, inset: float) -> list[tuple[float, float]]:
    """A flat top, and two curves that meet in a point below."""
    edge, top = inset * wide, inset * wide
    half, foot = wide / 2, high - 1.6 * inset * wide
    turn = high * 0.46
    curve = [step / 40 for step in range(41)]
    right = [
        (half + (half - edge) * math.cos(each * math.pi / 2) ** 0.8, turn + (foot - turn) * math.sin(each * math.pi / 2)) for each in curve
    ]
    left = [(wide - x, y) for x, y in reversed(right)]
    return [(edge, top), (wide - edge, top), *right, *left]


def _river(pen: Any, wide: int, high: int) -> None:
    """Waves of white and blue across the foot of the shield."""
    for number in range(6):
        middle = high * (0.70 + number * 0.055)
        upper = [(x, middle + high * 0.012 * math.sin(x / wide * 6 * math.pi + number * math.pi)) for x in range(0, wide + 1, 6)]
        pen.polygon([*upper, (wide, high), (0, high)], fill=BLUE if number % 2 else WHITE)


def _leaf(pen: Any, wide: int, high: int) -> None:
    """An oak leaf: lobes along a spine, in gold, its veins in the green of the field."""
    foot, tip, lobes = high * 0.64, high * 0.09, 4

    def half(share: float) -> float:
        swell = math.pow(math.sin(math.pi * min(1.0, share * 0.86 + 0.10)), 0.9)
        return wide * 0.26 * swell * (0.74 + 0.26 * math.cos(2 * math.pi * (share * lobes + 0.5)))

    shares = [step / 200 for step in range(201)]
    right = [(wide / 2 + half(each), foot + (tip - foot) * each) for each in shares]
    pen.polygon([*right, *((wide - x, y) for x, y in reversed(right))], fill=GOLD)
    thick = max(1, wide // 60)
    pen.line([(wide / 2, high * 0.69), (wide / 2, tip + high * 0.05)], fill=GREEN, width=thick)
    pen.line([(wide / 2, high * 0.69), (wide / 2, foot)], fill=GOLD, width=thick * 2)
    for number in range(lobes):
        low = (number + 0.28) / lobes
        y = foot + (tip - foot) * low
        out = half((number + 0.5) / lobes) * 0.72
        for side in (-1, 1):
            pen.line([(wide / 2, y), (wide / 2 + side * out, y - high * 0.055)], fill=GREEN, width=max(1, thick * 2 // 3))
