"""How each kind of block stands in Word."""

from typing import Any

from sencoapp.documents import content as said
from sencoapp.documents.content import Content, Part, Text, paragraphs_of, plain, runs, strong
from sencoapp.documents.pdf import type as look
from sencoapp.documents.pdf.text import printable
from sencoapp.documents.word.fields import begin_field, element, end_field
from sencoapp.documents.word.pictures import picture_of
from sencoapp.documents.word.styles import GREY, INK, TINT, ids_of
from sencoapp.documents.word.tables import Tables

_INSIDE = 7
"""Points between the words in a box and its edge."""
_BELOW_A_BOX = 14.0
_WIDER = 1.05
"""How much wider Arial runs than our own typeface, roughly: all lines to sign on begin at one place."""
_LONGEST_NAME = 40
"""Letters in the name of a bookmark, which Word cuts off."""


class Writer:
    """Writes the parts of one content into a document, one below the other."""

    def __init__(self, document: Any, content: Content) -> None:
        self._document = document
        self._places = _places(content)
        self._styles = ids_of(document)
        self._large = content.large_print
        section = document.sections[0]
        self._wide = (section.page_width - section.left_margin - section.right_margin) / 12700
        self._tables = Tables(document, self._wide, self._runs, self._places)
        self._titles = 0
        self._turn = False
        self._waiting: list[str] = []
        self._room = 0.0
        self._named = 0
        self._pictures = 0

    def part(self, part: Part, *, first: bool) -> None:
        self._titles = 0
        self._turn = not first and part.follows >= Part.follows
        for block in part.blocks:
            getattr(self, "_" + type(block).__name__.lower())(block)

    # ---- paragraphs -------------------------------------------------------------------------------------------------

    def _put(self, text: Text, style: str, *, keep: bool = False) -> Any:
        made = self._document.add_paragraph()
        made._p.style = self._styles[style]
        self._begin(made)
        self._runs(made, text)
        if keep:
            made.paragraph_format.keep_with_next = True
        return made

    def _begin(self, made: Any) -> None:
        """What waited for the next thing on the page: a turn of the page, a gap, the name of the place."""
        from docx.shared import Pt

        if self._turn:
            made.paragraph_format.page_break_before = True
        if self._room:
            made.paragraph_format.space_before = Pt(self._room)
        for place in self._waiting:
            self._named += 1
            made._p.insert(1 if made._p.pPr is not None else 0, element("w:bookmarkStart", id=str(self._named), name=_bookmark(place)))
            made._p.append(element("w:bookmarkEnd", id=str(self._named)))
        self._turn, self._room, self._waiting = False, 0.0, []

    def _runs(self, paragraph: Any, text: Text, *, bold: bool = False) -> None:
        from docx.shared import RGBColor

        for each in runs(text):
            made = paragraph.add_run(printable(each.text))  # add_run makes line breaks of "\n"
            if each.strong or bold:
                made.bold = True
            if each.quiet and not self._large:
                made.font.color.rgb = RGBColor.from_string(GREY)

    def _title(self, title: said.Title) -> None:
        self._titles += 1
        if title.crest:
            self._room = max(self._room, _BELOW_A_BOX if title.large else 0.0)
            self._inline(title.crest.picture, title.crest.wide, title.crest.words)
        heading = "Heading 1" if self._titles == 1 else "Heading 2"
        self._put(title.text, "Cover title" if title.large and self._titles == 1 else heading)
        if title.note:
            self._put(title.note, "Beneath a title")

    def _heading(self, heading: said.Heading) -> None:
        self._put(heading.text, "Heading 2" if self._titles <= 1 else "Heading 3")

    def _paragraph(self, paragraph: said.Paragraph) -> None:
        style = "Source" if paragraph.small else "Fine print" if paragraph.fine else "Normal"
        pieces = paragraphs_of(paragraph.text)
        for number, each in enumerate(pieces):
            self._put(each, style, keep=paragraph.keep and number == len(pieces) - 1)

    def _quote(self, quote: said.Quote) -> None:
        pieces = paragraphs_of(said.quoted(quote))
        for each in pieces:
            self._put(each, "Quote")

    def _bullets(self, bullets: said.Bullets) -> None:
        for item in bullets.items:
            self._put(item, "List Bullet")

    def _notice(self, notice: said.Notice) -> None:
        lines: list[tuple[Text, str]] = [(strong(notice.heading), "Set apart"), *((each, "Set apart") for each in notice.lines)]
        lines += [(notice.source, "Set apart, source")] if notice.source else []
        for number, (line, style) in enumerate(lines):
            made = self._put(line, style, keep=number < len(lines) - 1)
            _edge(made, TINT, shade=TINT)
        self._room = 12.0

    def _formbox(self, box: said.FormBox) -> None:
        lines: list[Text] = [strong(box.left), box.left_below, strong(box.right), box.right_below]
        shown = [each for each in lines if plain(each)]
        for number, line in enumerate(shown):
            _edge(self._put(line, "Set apart", keep=number < len(shown) - 1), INK)

    def _code(self, code: said.Code) -> None:
        self._put("  ".join(code.groups), "Code")

    def _signaturelines(self, block: said.SignatureLines) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Pt

        longest = max((look.width_of(printable(label), look.REGULAR, 12) for label, _ in block.labels), default=0.0)
        start = min(max(self._wide * 0.38, longest * _WIDER + 12), self._wide * 0.65)
        for label, tall in block.labels:
            made = self._put(label, "To sign")
            if tall:
                made.paragraph_format.space_before = Pt(44)
            stops = made.paragraph_format.tab_stops
            stops.add_tab_stop(Pt(start))
            stops.add_tab_stop(Pt(self._wide), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
            made.add_run("\t\t")

    def _answerfield(self, field: said.AnswerField) -> None:
        self._put(field.value or " ", "Normal")

    # ---- pictures ---------------------------------------------------------------------------------------------------

    def _costbar(self, bar: said.CostBar) -> None:
        self._picture(bar, f"{bar.left}. {bar.right}.")
        self._put(f"{bar.left}. {bar.right}.", "Fine print")

    def _chart(self, chart: said.Chart) -> None:
        self._picture(chart, chart.summary)

    def _picture(self, block: said.Block, words: str) -> None:
        self._inline(picture_of(block, self._wide)[0], self._wide, words)

    def _inline(self, picture: bytes, wide: float, words: str) -> None:
        """A picture in a paragraph of its own, on the page of what follows: one that floats is lost on who hears the file."""
        from io import BytesIO

        from docx.shared import Pt

        made = self._document.add_paragraph()
        self._begin(made)
        shape = made.add_run().add_picture(BytesIO(picture), width=Pt(wide))
        self._pictures += 1
        for side in ("distT", "distB", "distL", "distR"):  # what is not said is an eighth of an inch to LibreOffice
            shape._inline.set(side, "0")
        shape._inline.docPr.set("descr", printable(words))
        shape._inline.docPr.set("id", str(1000 + self._pictures))
        shape._inline.docPr.set("name", f"Picture {self._pictures}")
        made.paragraph_format.keep_with_next = True

    # ---- tables -----------------------------------------------------------------------------------------------------

    def _pairs(self, pairs: said.Pairs) -> None:
        if pairs.rows:
            self._before_a_table()
            self._tables.pairs(pairs)

    def _grid(self, grid: said.Grid) -> None:
        self._before_a_table()
        self._tables.grid(grid)

    def _before_a_table(self) -> None:
        """A table takes no bookmark and no turn of the page: a thin paragraph does."""
        if self._turn or self._waiting:
            self._put("", "Table words", keep=True)
        self._room = 10.0

    # ---- contents and places ----------------------------------------------------------------------------------------

    def _contents(self, contents: said.Contents) -> None:
        """Links to what is in this file. Word puts page numbers beside them where a person has the field worked out anew (F9);
        until then there are none, since only Word knows where its pages end."""
        here = [each for each in contents.entries if each.place in self._places]
        for each in contents.entries if not here else ():  # evidence, which is not in this file
            self._put(_entry(each), "toc 1")
        for number, each in enumerate(here):
            made = self._put("", "toc 1")
            if number == 0:
                begin_field(made, 'TOC \\h \\z \\t "Heading 1,1"')
            link = element("w:hyperlink", anchor=_bookmark(each.place), history="1")
            before = len(made._p)
            self._runs(made, _entry(each))
            for piece in list(made._p)[before:]:
                link.append(piece)
            made._p.append(link)
            if number == len(here) - 1:
                end_field(made)

    def _mark(self, mark: said.Mark) -> None:
        self._waiting.append(mark.place)

    def _newpage(self, page: said.NewPage) -> None:
        self._turn = self._turn or page.unless >= said.NewPage.unless

    def _stretch(self, stretch: said.Stretch) -> None:
        self._room += stretch.height


def _places(content: Content) -> frozenset[str]:
    return frozenset(block.place for part in content.parts for block in part.blocks if isinstance(block, said.Mark))


def _entry(entry: said.Entry) -> Text:
    detail = f"  {entry.detail}" if entry.detail else ""
    return (strong(f"{entry.mark}  ") if entry.mark else "", entry.title, said.quiet(detail))


def _bookmark(place: str) -> str:
    """A name that Word takes: a letter first, then letters, digits and lines."""
    return ("p_" + "".join(each if each.isalnum() else "_" for each in place))[:_LONGEST_NAME]


def _edge(paragraph: Any, colour: str, *, shade: str = "") -> None:
    """A box around a paragraph, no wider than the column; neighbours that are boxed alike share one."""
    from docx.shared import Pt

    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(_INSIDE)
    properties = paragraph._p.get_or_add_pPr()
    box = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        box.append(element(f"w:{side}", val="single", sz="8", space=str(_INSIDE), color=colour))
    properties.insert_element_before(box, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
    if shade:
        tint = element("w:shd", val="clear", color="auto", fill=shade)
        properties.insert_element_before(tint, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
