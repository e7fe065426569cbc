"""How each kind of block looks: from blocks of content to strips of a column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sencoapp.documents import content as said
from sencoapp.documents.pdf import type as look
from sencoapp.documents.pdf.charts import chart_strips
from sencoapp.documents.pdf.fields import FIELD_PAD
from sencoapp.documents.pdf.ink import Ink
from sencoapp.documents.pdf.strips import Strip, Told, baseline, nothing, text_strips
from sencoapp.documents.pdf.tables import grid_strips, pair_strips
from sencoapp.documents.pdf.text import lines
from sencoapp.documents.pdf.type import GREY, INK, LEFT, LINE, TINT, Style

_PAD = 14.0
_BOX_PAD = 10.0
_BESIDE_CREST = 18.0
_MARK = 26.0
_NUMBER = 34.0
_COVER_IN_ONE_LINE = Style(16, 21, look.BOLD)
_SUBHEADING = Style(12, 15, look.BOLD)
_SHORT = 8
"""As many lines of a paragraph are not parted where they have to stay with what follows."""


@dataclass(frozen=True)
class Closeness:
    """How much of the usual gaps is left, and in which styles words stand that have others usually."""

    gaps: float = 1.0
    styles: Mapping[Style, Style] = field(default_factory=dict)


USUAL = Closeness()
CLOSENESS = (
    USUAL,
    Closeness(0.5),
    Closeness(0.5, {look.COVER: _COVER_IN_ONE_LINE, look.BODY: look.TABLE, look.QUIET: look.SMALL}),
    Closeness(0.3, {look.COVER: _COVER_IN_ONE_LINE, look.BODY: look.DENSE, look.QUIET: look.SOURCE, look.HEADING: _SUBHEADING}),
)
"""From the usual to the closest, for a part that is to be one page."""


def strips_of(part: said.Part, width: float, *, large: bool = False, close: Closeness = USUAL) -> list[Strip]:
    """A part as strips from top to bottom. ``width`` is that of the column, in points; ``large`` print for its running text."""
    setter = _Blocks(width, large, close)
    for block in part.blocks:
        setter.add(block)
    return setter.strips


class _Blocks:
    def __init__(self, width: float, large: bool, close: Closeness) -> None:
        self.strips: list[Strip] = []
        self._large = large
        self._close = close
        self._width = width
        self._titles = 0
        self._above: said.Block | None = None
        self._waiting: list[said.Mark | said.NewPage] = []

    def add(self, block: said.Block) -> None:
        if isinstance(block, said.Mark | said.NewPage):
            self._waiting.append(block)
            return
        made: list[Strip] = getattr(self, "_" + type(block).__name__.lower())(block)
        if isinstance(block, said.Grid) and isinstance(self._above, said.Pairs):  # two tables are not read as one
            made[0] = made[0]._replace(before=16 * self._close.gaps)
        self._above = block
        for waiting in self._waiting:
            change: dict[str, Any] = {"place": waiting.place} if isinstance(waiting, said.Mark) else {"break_unless": waiting.unless}
            made[0] = made[0]._replace(**change)
        self._waiting = []
        self.strips += made

    def _as(self, style: Style) -> Style:
        return look.large_print(style) if self._large else self._closer(style)

    def _closer(self, style: Style) -> Style:
        return self._close.styles.get(style, style)

    def _title(self, title: said.Title) -> list[Strip]:
        self._titles += 1
        style = self._as(look.COVER if title.large else look.TITLE)
        told = Told("H1" if self._titles == 1 else "H2", heading=title.text)
        wide = self._width - (title.crest.wide + _BESIDE_CREST if title.crest else 0)
        made = text_strips(
            lines(title.text, style, wide),
            style,
            told,
            before=22 * self._close.gaps if title.large else 34,
            keep=True,
            together=True,
        )
        if title.note:
            note = self._as(look.QUIET if title.large else look.SMALL)
            made += text_strips(lines(title.note, note, wide), note, Told("P"), before=4, keep=True, together=True)
        if title.crest:
            made = _beside_crest(made, title.crest, LEFT + self._width - title.crest.wide)
        return [*made, Strip(6 if title.note else 4, nothing, keep=True)]

    def _heading(self, heading: said.Heading) -> list[Strip]:
        told = Told("H2" if self._titles <= 1 else "H3", heading=heading.text)
        style = self._as(look.HEADING)
        made = text_strips(lines(heading.text, style, self._width), style, told, before=16 * self._close.gaps, keep=True, together=True)
        return [*made, Strip(1, nothing, keep=True)]

    def _paragraph(self, paragraph: said.Paragraph) -> list[Strip]:
        style = look.SMALL if paragraph.small else look.TABLE if paragraph.fine else look.BODY
        return self._prose(paragraph.text, style, keep=paragraph.keep)

    def _prose(self, text: said.Text, style: Style, *, keep: bool = False, parent: Told | None = None) -> list[Strip]:
        """Paragraphs, parted where the text has empty lines."""
        style = self._as(style)
        made: list[Strip] = []
        for number, paragraph in enumerate(said.paragraphs_of(text)):
            before = 5.0 if number == 0 else 8.0
            set_in = lines(paragraph, style, self._width)
            made += text_strips(set_in, style, Told("P", parent), before=before, together=keep and len(set_in) <= _SHORT)
        if keep and made:
            made[-1] = made[-1]._replace(keep=True)
        return made or [Strip(0, nothing)]

    def _quote(self, quote: said.Quote) -> list[Strip]:
        return self._prose(said.quoted(quote), look.BODY, parent=Told("BlockQuote"))

    def _bullets(self, bullets: said.Bullets) -> list[Strip]:
        every = Told("L")
        style = self._closer(look.BODY)
        made: list[Strip] = []
        for number, item in enumerate(bullets.items):
            entry = Told("LI", every)
            label, body = Told("Lbl", entry), Told("LBody", entry)
            before = (5 if number == 0 else 3) * self._close.gaps
            text = text_strips(lines(item, style, self._width - 16), style, body, before=before, x=LEFT + 16)
            text[0] = text[0]._replace(draw=_bulleted(text[0], label, style))
            made += text
        return made or [Strip(0, nothing)]

    def _pairs(self, pairs: said.Pairs) -> list[Strip]:
        return pair_strips(pairs, self._width, self._closer(look.BODY), self._close.gaps) or [Strip(0, nothing)]

    def _grid(self, grid: said.Grid) -> list[Strip]:
        return [*grid_strips(grid, self._width, self._close.gaps), Strip(4, nothing)]

    def _stretch(self, stretch: said.Stretch) -> list[Strip]:
        return [Strip(0, nothing, before=stretch.height)]

    def _notice(self, notice: said.Notice) -> list[Strip]:
        wide = self._width - 2 * _PAD
        body = self._closer(look.BODY)
        strong = replace(body, font=look.BOLD)
        inner = text_strips(lines(notice.heading, strong, wide), strong, Told("P"), x=LEFT + _PAD, keep=True, together=True)
        for line in notice.lines:
            inner += text_strips(lines(line, body, wide), body, Told("P"), before=1, x=LEFT + _PAD)
        if notice.source:
            inner += text_strips(lines(notice.source, look.SOURCE, wide), look.SOURCE, Told("P"), before=3, x=LEFT + _PAD)
        return [Strip(0, nothing, before=9, keep=True), *_tinted(inner, self._width)]

    def _formbox(self, box: said.FormBox) -> list[Strip]:
        half = (self._width - 2 * _PAD) / 2 - 6
        name = Style(13, 18, look.BOLD)
        small = Style(11, 15)
        columns = [
            (lines(box.left, name, half), lines(box.left_below, small, half), False),
            (lines(box.right, name, half), lines(box.right_below, small, half), True),
        ]
        height = max(len(top) * name.leading + len(below) * small.leading for top, below, _ in columns) + 2 * _BOX_PAD
        told = [(Told("P"), Told("P")) for _ in columns]

        def draw(ink: Ink, y: float) -> None:
            with ink.artifact("Layout"):
                ink.box(LEFT, y, self._width, height, edge=INK)
            for (top, below, right), (first, second) in zip(columns, told, strict=True):
                down = y + _BOX_PAD
                for text, style, tag in ((top, name, first), (below, small, second)):
                    for line in text:
                        x = LEFT + self._width - _PAD - line.width if right else LEFT + _PAD
                        if line.runs:
                            with ink.saying(tag.on(ink)):
                                ink.line(line, x, baseline(down, style), style.size)
                        down += style.leading

        return [Strip(height, draw, before=8)]

    def _costbar(self, bar: said.CostBar) -> list[Strip]:
        high = 16.0
        most = max(bar.part, bar.whole, 1)
        filled, mark = self._width * bar.part / most, self._width * bar.whole / most
        style = Style(10.5, 14, look.SEMIBOLD)
        left_wide, right_wide = (look.width_of(each, style.font, style.size) for each in (bar.left, bar.right))
        right_x = max(0.0, mark - right_wide)
        below = style.leading if right_x < left_wide + 12 else 0.0
        told = Told("Figure", words=f"{bar.left}. {bar.right}.")
        left, right = Told("P"), Told("P")

        def draw(ink: Ink, y: float) -> None:
            ink.framed(told.on(ink), LEFT, y - 3, self._width, high + 6)
            with ink.saying(told.on(ink)):
                ink.box(LEFT, y, filled, high, fill=GREY)
                ink.box(LEFT, y, self._width, high, edge=INK, thick=0.8)
                if bar.part > bar.whole:
                    ink.box(LEFT + mark - 0.75, y - 3, 1.5, high + 6, fill=INK, edge=look.PAPER, thick=0.8)
            with ink.saying(left.on(ink)):
                ink.words(bar.left, LEFT, y + high + 16, style.font, style.size)
            with ink.saying(right.on(ink)):
                ink.words(bar.right, LEFT + right_x, y + high + 16 + below, style.font, style.size)

        return [Strip(high + 22 + below, draw, before=10, keep=True)]

    def _chart(self, chart: said.Chart) -> list[Strip]:
        return chart_strips(chart, self._width)

    def _contents(self, contents: said.Contents) -> list[Strip]:
        every = Told("TOC")
        return [Strip(4, nothing, keep=True), *(self._entry(each, Told("TOCI", every)) for each in contents.entries)]

    def _entry(self, entry: said.Entry, told: Told) -> Strip:
        wide = self._width - _MARK - _NUMBER - 12
        small = Style(10, 17, colour=GREY)
        title = lines(entry.title, look.BODY, wide)
        detail = lines(entry.detail, small, wide) if entry.detail else []
        beside = len(detail) == 1 and title[-1].width + 8 + detail[0].width <= wide
        height = (len(title) + (0 if beside else len(detail))) * 17 + 5
        tag = Told("Link", told)

        def draw(ink: Ink, y: float) -> None:
            with ink.saying(tag.on(ink)):
                ink.words(entry.mark, LEFT, baseline(y, look.BODY), look.SEMIBOLD, 12)
                down = y
                for line in title:
                    ink.line(line, LEFT + _MARK, baseline(down, look.BODY), 12)
                    down += 17
                end = title[-1].width
                for line in detail:
                    x = end + 8 if beside else 0.0
                    ink.line(line, LEFT + _MARK + x, baseline(down - 17 if beside else down, look.BODY), small.size)
                    end = x + line.width
                    down += 0 if beside else 17
                last = baseline(down - 17, look.BODY)
                ink.words_right(ink.number_of(entry.place), LEFT + self._width, last, look.SEMIBOLD, 12)
            with ink.artifact("Layout"):
                ink.rule(LEFT + _MARK + end + 6, LEFT + self._width - 30, last - 2, 0.6, LINE, dots=True)
            ink.link(LEFT, y, self._width, height - 5, entry.place, entry.title, tag.on(ink))

        return Strip(height, draw)

    def _signaturelines(self, block: said.SignatureLines) -> list[Strip]:
        return [self._signature(label, tall) for label, tall in block.labels] or [Strip(0, nothing)]

    def _signature(self, label: str, tall: bool) -> Strip:
        wide = self._width * 0.38
        text = lines(label, look.BODY, wide - 10)
        height = max(len(text) * 17.0, 34.0 if not tall else 58.0)
        told = Told("P")

        def draw(ink: Ink, y: float) -> None:
            top = y + height - len(text) * 17
            for number, line in enumerate(text):
                with ink.saying(told.on(ink)):
                    ink.line(line, LEFT, baseline(top + number * 17, look.BODY), 12)
            with ink.artifact("Layout"):
                ink.rule(LEFT + wide, LEFT + self._width, y + height - 3, 0.8, INK)

        return Strip(height, draw, before=8)

    def _answerfield(self, field: said.AnswerField) -> list[Strip]:
        high = field.lines * look.FIELD.leading + 2 * FIELD_PAD
        told = Told("Form")

        def draw(ink: Ink, y: float) -> None:
            ink.field(LEFT, y, self._width * field.share, high, field, told.on(ink))

        return [Strip(high, draw, before=4)]

    def _code(self, code: said.Code) -> list[Strip]:
        across = 3
        rows = [code.groups[start : start + across] for start in range(0, len(code.groups), across)]
        style = look.CODE
        height = len(rows) * style.leading + 2 * _PAD
        told = Told("P")

        def draw(ink: Ink, y: float) -> None:
            with ink.artifact("Layout"):
                ink.box(LEFT, y, self._width, height, fill=TINT, edge=INK, thick=1.2)
            for down, row in enumerate(rows):
                for place, group in enumerate(row):
                    x = LEFT + self._width * (place + 0.5) / across
                    with ink.saying(told.on(ink)):
                        ink.words_centred(group, x, baseline(y + _PAD + down * style.leading, style), style.font, style.size)

        return [Strip(height, draw, before=12)]


def _beside_crest(words: Sequence[Strip], crest: said.Crest, x: float) -> list[Strip]:
    """The strips of a title with the crest at their right; they are made as tall as it is."""
    told = Told("Figure", words=crest.words)
    first, *others = words

    def draw(ink: Ink, y: float) -> None:
        ink.framed(told.on(ink), x, y, crest.wide, crest.high)
        with ink.saying(told.on(ink)):
            ink.picture(crest.picture, x, y, crest.wide, crest.high)
        first.draw(ink, y)

    short = crest.high - sum(each.before + each.height for each in others) - first.height
    return [first._replace(draw=draw), *others, *([Strip(short, nothing, keep=True)] if short > 0 else [])]


def _bulleted(strip: Strip, label: Told, style: Style) -> Any:
    def draw(ink: Ink, y: float) -> None:
        with ink.saying(label.on(ink)):
            ink.words("•", LEFT + 2, baseline(y, style), look.REGULAR, style.size)
        strip.draw(ink, y)

    return draw


def _tinted(inner: Sequence[Strip], width: float) -> list[Strip]:
    """The same strips on a tint that runs unbroken from the first to the last."""
    made = []
    for number, strip in enumerate(inner):
        above = 10.0 if number == 0 else strip.before
        below = 11.0 if number == len(inner) - 1 else 0.0
        made.append(
            Strip(above + strip.height + below, _on_tint(strip, above, above + strip.height + below, width), keep=number < len(inner) - 1)
        )
    return made


def _on_tint(strip: Strip, above: float, height: float, width: float) -> Any:
    def draw(ink: Ink, y: float) -> None:
        with ink.artifact("Layout"):
            # A hair taller than its place, so that no white line shows where two meet.
            ink.box(LEFT, y, width, height + 0.3, fill=TINT)
        strip.draw(ink, y + above)

    return draw
