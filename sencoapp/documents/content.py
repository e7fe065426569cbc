"""What a document says, before it is anything that can be printed: parts made of blocks, blocks made of plain words.

Nothing here knows of PDF. Words are never markup: what a person typed is printed as it stands, whatever signs it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True)
class Words:
    """A run of text that is stressed (``strong``) or set back (``quiet``)."""

    text: str
    strong: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class PageOf:
    """The number of the page on which the named place lies, known once everything is laid out."""

    place: str


Text = str | Words | Sequence[str | Words]
Cell = Text | PageOf


def strong(text: str) -> Words:
    return Words(text, strong=True)


def quiet(text: str) -> Words:
    return Words(text, quiet=True)


def runs(text: Text) -> tuple[Words, ...]:
    """Any text as runs, in reading order."""
    if isinstance(text, str):
        return (Words(text),)
    if isinstance(text, Words):
        return (text,)
    return tuple(Words(each) if isinstance(each, str) else each for each in text)


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(each.text for each in runs(text))


def paragraphs_of(text: Text) -> list[Text]:
    """A text parted at its empty lines. Empty paragraphs are left out, and so are line breaks at the ends of the others."""
    made: list[list[Words]] = [[]]
    for run in runs(text):
        for number, piece in enumerate(run.text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")):
            if number:
                made.append([])
            if piece:
                made[-1].append(replace(run, text=piece))
    trimmed = (_trimmed(each) for each in made)
    return [tuple(each) for each in trimmed if "".join(run.text for run in each).strip()]


def _trimmed(paragraph: list[Words]) -> list[Words]:
    if not paragraph:
        return []
    first = [replace(paragraph[0], text=paragraph[0].text.lstrip("\n")), *paragraph[1:]]
    return [*first[:-1], replace(first[-1], text=first[-1].text.rstrip("\n"))]


@dataclass(frozen=True)
class Crest:
    """A school's crest: a PNG without transparency, the words for who cannot see it, its width and height in points."""

    picture: bytes
    words: str
    wide: float
    high: float


@dataclass(frozen=True)
class Title:
    """The title of a part, or of a cycle within it. ``note`` stands below it, quietly; ``large`` is for a cover.

    A ``crest`` stands at the right of both."""

    text: str
    note: str = ""
    large: bool = False
    crest: Crest | None = None


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    """``small`` is for sources and asides, ``fine`` for sums and other lines as dense as a table.

    Blank lines in the text part paragraphs; single ones break lines.
    """

    text: Text
    small: bool = False
    fine: bool = False
    keep: bool = False
    """Stays on the page of what follows."""


@dataclass(frozen=True)
class Quote:
    """What a person said, in their words, and who said it."""

    text: str
    speaker: str


def quoted(quote: Quote) -> Text:
    """The words in quotation marks, unless they have some, then who said them."""
    words = quote.text.strip()
    if not words.startswith(("“", '"', "‘")):
        words = f"“{words}”"
    return (words, quiet(" " + quote.speaker)) if quote.speaker else words


@dataclass(frozen=True)
class Bullets:
    items: Sequence[Text]


@dataclass(frozen=True)
class Pairs:
    """Labels with what belongs to each, one a line."""

    rows: Sequence[tuple[str, Text]]


@dataclass(frozen=True)
class Column:
    """``share`` is the part of the page's width; numbers stand at the right."""

    name: str
    share: float
    number: bool = False


@dataclass(frozen=True)
class Row:
    cells: Sequence[Cell]
    group: bool = False
    """A line that names the rows below it; its first cell spans the table."""
    subtotal: bool = False
    indent: int = 0
    """How many steps its first cell stands to the right, every line of it: what belongs to the row above."""


@dataclass(frozen=True)
class Grid:
    """A table. Its heading is repeated on each page. ``summary`` says what it shows, for a reader who cannot see it."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    summary: str
    total: Sequence[Cell] | None = None


@dataclass(frozen=True)
class Notice:
    """A few words set apart on a tint."""

    heading: str
    lines: Sequence[Text]
    source: str = ""


@dataclass(frozen=True)
class FormBox:
    """The council and its form, in a box at the top of a cover."""

    left: str
    left_below: str
    right: str
    right_below: str


@dataclass(frozen=True)
class CostBar:
    """How much of a guide figure is spent. Both in pence."""

    part: int
    whole: int
    left: str
    right: str


@dataclass(frozen=True)
class Entry:
    """One line of the contents."""

    mark: str
    title: str
    detail: str
    place: str


@dataclass(frozen=True)
class Chart:
    """A measure over time. Places are shares of its width from the left and of its height from below.

    ``summary`` says what it shows, for a reader who cannot see it; ``name`` stands above it.
    """

    name: str
    summary: str
    spots: Sequence[tuple[str, float, float, str]]
    """Role (baseline, value, value_off, target), across, up, words."""
    aim: tuple[float, float, float, float] | None
    up: Sequence[tuple[float, str]]
    across: Sequence[tuple[float, str]]
    phases: Sequence[tuple[float, str]]
    """Days on which something changed: a line, and its words."""
    apart: bool = False
    """Whether the values stand for themselves: each has its words, and no line joins them."""


@dataclass(frozen=True)
class Contents:
    entries: Sequence[Entry]


@dataclass(frozen=True)
class SignatureLines:
    """Lines for writing on by hand, each with its label. ``tall`` ones leave room for a signature."""

    labels: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class AnswerField:
    """A place to write an answer in on the screen. ``name`` is what it is read back by, ``label`` what a reader who cannot see it
    is told. It holds ``lines`` of text, or one of ``choices``; a ``fixed`` one shows its ``value`` and cannot be changed."""

    name: str
    label: str
    lines: int = 1
    choices: Sequence[str] = ()
    value: str = ""
    required: bool = False
    fixed: bool = False
    most: int = 10_000
    """Letters that fit in it."""
    share: float = 1.0
    """The part of the page's width that it takes."""


@dataclass(frozen=True)
class Code:
    """A code to be read and typed, in groups."""

    groups: Sequence[str]


@dataclass(frozen=True)
class Stretch:
    """Empty height, in points."""

    height: float


@dataclass(frozen=True)
class NewPage:
    """Goes on at the top of a page, ``unless`` at least so many points are left on this one."""

    unless: float = 10_000


@dataclass(frozen=True)
class Mark:
    """A place that ``PageOf``, contents and bookmarks can name. ``bookmark`` is its name in the outline; ``level`` its depth."""

    place: str
    bookmark: str = ""
    level: int = 0


Block = (
    Title
    | Heading
    | Paragraph
    | Quote
    | Bullets
    | Pairs
    | Grid
    | Notice
    | FormBox
    | CostBar
    | Chart
    | Contents
    | SignatureLines
    | AnswerField
    | Code
    | Stretch
    | NewPage
    | Mark
)


@dataclass(frozen=True)
class Part:
    """``name`` stands at the head of each page that it begins. It begins a page of its own, or goes on where the part before it
    ended if at least ``follows`` points are left there."""

    name: str
    blocks: Sequence[Block]
    follows: float = 10_000
    one_page: bool = False
    """Set closer, and then smaller, where it would run over onto a second page."""


@dataclass(frozen=True)
class EvidencePage:
    """The place kept for one page of a document from outside. ``size`` is that page's own width and height in points."""

    stamp_below: str
    title: str
    detail: str
    place: str
    bookmark: str
    """Empty on all but the first page of a document."""
    size: tuple[float, float]
    above: str = ""
    """The bookmark of the section that begins with this page; where a document has one, the bookmarks of all lie beneath them."""


@dataclass(frozen=True)
class Content:
    """A whole document. ``head`` and ``foot`` stand on each page; ``made_on`` is its date of making."""

    title: str
    author: str
    subject: str
    head: str
    foot: str
    made_on: date
    parts: Sequence[Part]
    evidence: Sequence[EvidencePage] = field(default=())
    landscape: bool = False
    numbered: bool = True
    """Whether each page says which it is of how many."""
    draft: bool = False
    """Whether each written page says large and pale that this is a draft."""
    bundle: bool = False
    """Whether a written page says "Bundle 9 of 214" as evidence does, and not "Page 9 of 214"."""
    large_print: bool = False
    """Titles, headings, paragraphs and page numbers in 18 point or more, black: for a person who needs it so. Tables stay."""
