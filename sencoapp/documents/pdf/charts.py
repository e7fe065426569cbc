"""A measure over time on paper: told apart by shape and dash, so that it reads in grey; one tagged figure with its sentence."""

from collections.abc import Callable, Sequence

from sencoapp.documents.content import Chart
from sencoapp.documents.pdf import type as look
from sencoapp.documents.pdf.ink import Ink
from sencoapp.documents.pdf.strips import Strip, Told
from sencoapp.documents.pdf.text import shortened
from sencoapp.documents.pdf.type import GREY, INK, LEFT, PAPER, REGULAR, SEMIBOLD

_HIGH = 128.0
_SIZE = 9.5
_ROW = 13.0
_SPOT = 3.2
_MOST_PHASE_ROWS = 3
_FAINT = (0.82, 0.81, 0.78)

Placing = Callable[[float, float], tuple[float, float]]
"""From shares across and up to a place on the page."""


def chart_strips(chart: Chart, width: float) -> list[Strip]:
    """One strip, which is never cut; ``width`` is that of the column."""
    labels = max((look.width_of(words, REGULAR, _SIZE) for _, words in chart.up), default=0.0)
    left, wide = LEFT + labels + 12, width - labels - 12 - 10
    phase_rows = min(len(chart.phases), _MOST_PHASE_ROWS)
    above = _ROW + phase_rows * _ROW + 8
    told = Told("Figure", words=chart.summary)

    def draw(ink: Ink, y: float) -> None:
        top = y + above

        def place(across: float, up: float) -> tuple[float, float]:
            return left + across * wide, top + (1 - up) * _HIGH

        ink.framed(told.on(ink), LEFT, y, width, above + _HIGH + 20)
        with ink.saying(told.on(ink)):
            ink.words(chart.name, LEFT, y + 9, SEMIBOLD, _SIZE, GREY)
            _grid(ink, chart, left, wide, top, place)
            _phases(ink, chart, left, wide, y + _ROW, top, phase_rows)
            if chart.aim:
                ink.way([place(*chart.aim[:2]), place(*chart.aim[2:])], thick=1.2, colour=GREY, dash="4 2.5")
            values = [place(across, up) for role, across, up, _ in chart.spots if role.startswith("value")]
            if len(values) > 1 and not chart.apart:
                ink.way(values, thick=1.4)
            for role, across, up, _ in chart.spots:
                _spot(ink, role, *place(across, up))
            _spot_words(ink, chart, left, wide, place)

    return [Strip(above + _HIGH + 20, draw, before=6, keep=True)]


def _grid(ink: Ink, chart: Chart, left: float, wide: float, top: float, place: Placing) -> None:
    for up, words in chart.up:
        down = place(0, up)[1]
        ink.rule(left, left + wide, down, 0.5, _FAINT)
        ink.words_right(words, left - 9, down + 3, REGULAR, _SIZE, GREY)
    free = left - 40
    for across, words in chart.across:
        long = look.width_of(words, REGULAR, _SIZE)
        start = min(max(left - 10, left + across * wide - long / 2), left + wide + 10 - long)
        if start >= free:
            ink.words(words, start, top + _HIGH + 14, REGULAR, _SIZE, GREY)
            free = start + long + 8


def _phases(ink: Ink, chart: Chart, left: float, wide: float, first: float, top: float, rows: int) -> None:
    for number, (across, words) in enumerate(chart.phases):
        x = left + across * wide
        down = first + (number % max(1, rows)) * _ROW
        ink.way([(x, down + 2), (x, top + _HIGH)], thick=0.8, colour=GREY, dash="1.5 2")
        right = x > left + wide * 0.6
        room = (x - left if right else left + wide - x) - 4
        shown = shortened(words, REGULAR, _SIZE, max(40.0, room))
        (ink.words_right if right else ink.words)(shown, x - 4 if right else x + 4, down + 10, REGULAR, _SIZE, INK)


def _spot(ink: Ink, role: str, x: float, y: float) -> None:
    if role == "value_off":
        ink.way([(x, y - 4.2), (x + 3.9, y + 3), (x - 3.9, y + 3)], thick=1, fill=PAPER, closed=True)
    elif role == "value":
        ink.disc(x, y, _SPOT, fill=INK)
    else:
        ink.disc(x, y, _SPOT + 0.8, fill=PAPER, thick=1.4)


def _spot_words(ink: Ink, chart: Chart, left: float, wide: float, place: Placing) -> None:
    """Beside the baseline, the target and the last value: those that a reader looks for."""
    values = [each for each in chart.spots if each[0].startswith("value")]
    named = [each for each in chart.spots if each[0] in ("baseline", "target")] + (values if chart.apart else values[-1:])
    taken: list[tuple[float, float, float]] = []
    drawn = [place(across, up) for _, across, up, _ in values]
    for _, across, up, words in named:
        x, y = place(across, up)
        long = look.width_of(words, SEMIBOLD, _SIZE)
        start = min(max(left + 3, x - long / 2), left + wide - long)
        others = [each for each in drawn if each != (x, y)]
        down = _free(taken, others, start, long, [y - 8, y + 15, y - 20, y + 27], place(0, 1)[1] - 2, place(0, 0)[1] - 2)
        taken.append((start, long, down))
        ink.box(start - 2, down - 8, long + 4, 11, fill=PAPER)
        ink.words(words, start, down, SEMIBOLD, _SIZE)


def _free(
    taken: Sequence[tuple[float, float, float]],
    values: Sequence[tuple[float, float]],
    start: float,
    long: float,
    wished: Sequence[float],
    top: float,
    end: float,
) -> float:
    """The first of the wished heights that lies on the chart and where words hide neither other words nor, if possible, a value."""
    clear = [
        down
        for down in wished
        if top <= down <= end
        and not any(abs(down - other) < _ROW and start < begins + length and begins < start + long for begins, length, other in taken)
    ]
    hiding_none = [
        down for down in clear if not any(start - 6 < x < start + long + 6 and down - 8 - _SPOT < y < down + 3 + _SPOT for x, y in values)
    ]
    return next(iter([*hiding_none, *clear]), wished[0])
