"""The parts that pages are built from. Everything is imported from here: ``from ui.widgets import Button, col``.

Rules: all lengths are design pixels (100 % text size) and follow the theme and the text size by themselves. Every part that
takes the focus has an accessible name. Pages set no style sheet, no font and no colour of their own, and never paint.
A page's own fixed sizes go into a ``restyle(self)`` method, which the theme calls when something changes.

Laying out (``layout``)
  row(*items, gap, margins), col(...)  side by side, below each other; an item may be a widget, a layout,
                                       a gap (int), STRETCH, None (left out), (item, stretch)
  flow(*widgets), Flow                 side by side, wrapping
  panel(*items, kind)                  a Surface with a column; kinds: panel raised sunken bar foot side chosen plain
                                       thread success warning danger info
  Surface(kind, layout, width, height) the same with any layout; ``become(kind)``
  Scroll(content, name)                scrolls up and down
  Faces()                              several faces of one place, of which one is shown and takes room
  Rule(), Gap(n), holder(layout), clear(layout)

Words (``text``)
  Text(words, role, tone, weight, wrap, rich)   roles: display title heading body ui small child; tone is a colour role
  title(words), heading(words), note(words)     the usual three
  Elided(words)                                 one line, cut, with all of it as tip
  Icon(name, tone, size)                        from resources/look/icons

Pressing (``button``, ``card``)
  Button(words, kind, icon, name, tip, press)   primary secondary quiet link danger; chip nav tab stay pressed
  Card(name, layout, ticks)                     a panel pressed as a whole; with ``ticks`` a checkbox; ``choose(True)``

Entering (``fields``, ``date_field``, ``pupil_picker``)
  Field(label, control, hint, optional)         label above, hint, problem; ``say_problem``, ``say_hint``, ``go_to``
  side_by_side(*fields)                         short fields in one line
  LineField(name), SearchField(name)            ``searched(str)`` at each key
  TextArea(name, lines)                         grows; Tab leaves; ``settled(str)`` 400 ms after the last key: keep the draft
  Choice(name, options), ChipChoice(name, options, several)   (value, words); ``value()``, ``values()``, ``choose``, ``chosen``
  DateField(name, today, value)                 typed as people type, said back in full; ``value()`` raises Refusal
  PupilPicker(desk, source, name, several)      source(text) -> [Pick]; ``chosen()``, ``choose``, ``changed``
  Form(), form.add(name, field), form.refuse(message)   fields with "There is a problem" above them

Telling (``notice``, ``chips``, ``saved_state``, ``announce``, ``picture``)
  Notice(kind, words, *buttons, dismissable)    success warning danger info thread
  ErrorSummary()                                part of Form
  EmptyPlace(sentence, action, icon, press)     one sentence, one button
  Chip(style, words), status_chip("K"), area_chip("semh", short)
  Picture(name, size, icon)                     a photo by its bytes, or the place kept for one
  SavedState()                                  ``saved(moment)``, ``draft_saved(moment)``, ``saving()``
  announce(words, origin)                       to a screen reader, without moving the focus

Lists (``table``, ``table_model``, ``ordered_table``)
  RecordTable(name, columns, two_lines, compact)  ``show_rows``, ``add_rows``; ``opened``, ``acted``, ``chosen``, ``more_wanted``,
                                       ``order_chosen``
  OrderedTable                         the same with rows that are dragged into order: ``moved(key, place)``
  Column, Cell, TableRow, GroupRow              immutable; a row has a key

Over the page (``overlays``)
  Sheet(title, content)                         ``open_over(host)``; Esc closes; through ``shell.show_sheet``
  Toast                                         through ``shell.toast(words, undo)``

Ours (``tabs``, ``thread``, ``voice``, ``clock``, ``figures``, ``measure_chart``)
  TabBar(name, tabs)                            (value, words); ``chosen(str)``
  Thread(knots), Knot(head, words, tied)        the golden thread; ThreadLink(tied) is a piece of it between two cards
  Voice(kind, content, count), VoiceEdge(kind)  law solid, council dashed, practice dotted
  Clock(name, day, last, marks), ClockMark      a statutory clock
  MeasureChart(ChartPicture(..., spots=(ChartSpot, ...)))   a measure over time: baseline, aim line, target, values; the keys walk it
  CostBar(name, cost, notional), Figure(figure, words), money(pence)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.widgets.announce import announce
    from ui.widgets.button import Button
    from ui.widgets.card import Card
    from ui.widgets.chips import Chip, area_chip, area_words, status_chip, status_words
    from ui.widgets.clock import Clock, ClockMark
    from ui.widgets.date_field import DateField
    from ui.widgets.faces import Faces
    from ui.widgets.fields import ChipChoice, Choice, Field, LineField, SearchField, TextArea, side_by_side
    from ui.widgets.figures import CostBar, Figure, money
    from ui.widgets.layout import STRETCH, Flow, Gap, Rule, Scroll, Surface, clear, col, flow, holder, panel, row
    from ui.widgets.marked_page import Marked, MarkedPage
    from ui.widgets.measure_chart import ChartPicture, ChartSpot, MeasureChart
    from ui.widgets.notice import EmptyPlace, ErrorSummary, Form, Notice
    from ui.widgets.ordered_table import OrderedTable
    from ui.widgets.overlays import Sheet, Toast
    from ui.widgets.picture import Picture
    from ui.widgets.pupil_picker import Pick, PupilPicker
    from ui.widgets.saved_state import SavedState
    from ui.widgets.suggestions import Suggestion, SuggestionList
    from ui.widgets.table import RecordTable
    from ui.widgets.table_model import Cell, Column, GroupRow, TableRow
    from ui.widgets.tabs import TabBar
    from ui.widgets.text import Elided, Icon, Text, heading, note, title
    from ui.widgets.thread import Knot, Thread, ThreadLink
    from ui.widgets.voice import Voice, VoiceEdge

_HOMES = {
    "announce": "announce",
    "button": "Button",
    "card": "Card",
    "chips": "Chip area_chip area_words status_chip status_words",
    "clock": "Clock ClockMark",
    "date_field": "DateField",
    "faces": "Faces",
    "fields": "ChipChoice Choice Field LineField SearchField TextArea side_by_side",
    "figures": "CostBar Figure money",
    "layout": "STRETCH Flow Gap Rule Scroll Surface clear col flow holder panel row",
    "marked_page": "Marked MarkedPage",
    "measure_chart": "ChartPicture ChartSpot MeasureChart",
    "notice": "EmptyPlace ErrorSummary Form Notice",
    "ordered_table": "OrderedTable",
    "overlays": "Sheet Toast",
    "picture": "Picture",
    "pupil_picker": "Pick PupilPicker",
    "saved_state": "SavedState",
    "suggestions": "Suggestion SuggestionList",
    "table": "RecordTable",
    "table_model": "Cell Column GroupRow TableRow",
    "tabs": "TabBar",
    "text": "Elided Icon Text heading note title",
    "thread": "Knot Thread ThreadLink",
    "voice": "Voice VoiceEdge",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "STRETCH",
    "Button",
    "Card",
    "Cell",
    "ChartPicture",
    "ChartSpot",
    "Chip",
    "ChipChoice",
    "Choice",
    "Clock",
    "ClockMark",
    "Column",
    "CostBar",
    "DateField",
    "Elided",
    "EmptyPlace",
    "ErrorSummary",
    "Faces",
    "Field",
    "Figure",
    "Flow",
    "Form",
    "Gap",
    "GroupRow",
    "Icon",
    "Knot",
    "LineField",
    "Marked",
    "MarkedPage",
    "MeasureChart",
    "Notice",
    "OrderedTable",
    "Pick",
    "Picture",
    "PupilPicker",
    "RecordTable",
    "Rule",
    "SavedState",
    "Scroll",
    "SearchField",
    "Sheet",
    "Suggestion",
    "SuggestionList",
    "Surface",
    "TabBar",
    "TableRow",
    "Text",
    "TextArea",
    "Thread",
    "ThreadLink",
    "Toast",
    "Voice",
    "VoiceEdge",
    "announce",
    "area_chip",
    "area_words",
    "clear",
    "col",
    "flow",
    "heading",
    "holder",
    "money",
    "note",
    "panel",
    "row",
    "side_by_side",
    "status_chip",
    "status_words",
    "title",
]


def __getattr__(name: str) -> Any:
    # A part is imported when it is first asked for: the unlock screen needs five of them and must not wait for the rest.
    if name not in _HOME_OF:
        raise AttributeError(f"ui.widgets has no {name}")
    part = getattr(import_module(f"ui.widgets.{_HOME_OF[name]}"), name)
    globals()[name] = part
    return part
