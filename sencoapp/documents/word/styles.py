"""Type and measure in Word: named styles, so that a person who edits the file changes them in one place."""

from dataclasses import dataclass
from typing import Any

from sencoapp.documents.pdf import type as look
from sencoapp.documents.word.fields import element

FACE = "Arial"
"""On every computer of a council, and clear; our own typeface is not, and Word would put another in its place."""
INK, GREY, LINE, TINT = "161A19", "4B504D", "8C8A82", "F1F0EC"


@dataclass(frozen=True)
class _Named:
    """Points, and what the style is made from. A style made from a heading is a heading too."""

    size: float
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 6
    based: str = "Normal"
    keep: bool = False


_STYLES = {
    "Normal": _Named(12, after=8),
    "Heading 1": _Named(22, bold=True, before=18, after=6, keep=True),
    "Heading 2": _Named(14, bold=True, before=16, after=4, keep=True),
    "Heading 3": _Named(12, bold=True, before=12, after=4, keep=True),
    "Cover title": _Named(25, bold=True, before=22, after=6, based="Heading 1", keep=True),
    "Beneath a title": _Named(12, colour=GREY, after=10, keep=True),
    "Source": _Named(10.5, colour=GREY, after=6),
    "Fine print": _Named(10.5, after=4),
    "Quote": _Named(12, after=8),
    "List Bullet": _Named(12, after=3),
    "Table words": _Named(10.5, after=0),
    "Set apart": _Named(12, after=0),
    "Set apart, source": _Named(9.5, colour=GREY, after=0),
    "toc 1": _Named(12, after=4),
    "To sign": _Named(12, before=24, after=0),
    "Code": _Named(23, bold=True, before=6, after=6),
    "Header": _Named(9.5, colour=GREY, after=0),
    "Footer": _Named(9.5, colour=GREY, after=0),
}
_TIGHT = ("Table words", "Set apart", "Set apart, source", "Header", "Footer")
_WIDE, _HIGH = 11906, 16838
"""A4 in twentieths of a point."""
SIDE = 1247


def lay_down_styles(document: Any, *, large: bool) -> None:
    """``large``: nothing below 18 point, and nothing grey (UK Association for Accessible Formats)."""
    from docx.enum.style import WD_STYLE_TYPE

    known = {each.name: each for each in document.styles}
    for name, wanted in _STYLES.items():
        style = known.get(name) or known.get(name.capitalize())
        if style is None:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles[wanted.based]
            style.quick_style = True
        _dress(style, wanted, large=large, tight=name in _TIGHT)
    _say_language(document)


def ids_of(document: Any) -> dict[str, str]:
    """The ids of our styles by their names: python-docx would go through all of them for each paragraph."""
    return {name: document.styles[name].style_id for name in _STYLES}


def _dress(style: Any, wanted: _Named, *, large: bool, tight: bool) -> None:
    from docx.shared import Pt, RGBColor

    face = style.font
    properties = style.element.get_or_add_rPr()
    for old in [each for each in properties if each.tag.endswith("}rFonts")]:
        properties.remove(old)  # the template's theme would win over a name
    properties.insert(0, element("w:rFonts", ascii=FACE, hAnsi=FACE, cs=FACE, eastAsia=FACE))
    face.size = Pt(max(look.LEAST_LARGE, wanted.size + 6) if large else wanted.size)
    face.bold, face.italic = wanted.bold, False
    face.color.rgb = RGBColor.from_string(INK if large else wanted.colour)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(wanted.before), Pt(wanted.after)
    layout.line_spacing = 1.15 if tight else 1.25
    layout.keep_with_next = wanted.keep
    layout.widow_control = True


def _say_language(document: Any) -> None:
    """British English for every run, so that it is spelt and read aloud rightly."""
    for each in document.styles.element.iter():
        if each.tag.endswith("}lang"):
            each.getparent().remove(each)
    document.styles.element.find(".//{*}rPrDefault/{*}rPr").append(element("w:lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA"))


def margins(section: Any, *, landscape: bool) -> None:
    """A4, with the tab stops of head and foot at its right edge."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Twips

    wide, high = (_HIGH, _WIDE) if landscape else (_WIDE, _HIGH)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(wide), Twips(high)
    section.left_margin = section.right_margin = Twips(SIDE)
    section.top_margin = section.bottom_margin = Twips(1300)
    section.header_distance = section.footer_distance = Twips(620)
    for running in (section.header, section.footer):
        stops = running.paragraphs[0].paragraph_format.tab_stops
        stops.add_tab_stop(Twips(wide - 2 * SIDE), WD_TAB_ALIGNMENT.RIGHT)
