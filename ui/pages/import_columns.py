"""How the columns of a table were understood, and what a person says about them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.services.imports import ImportPlan
from sencoapp.services.mappings import RememberedMapping
from ui.pages.import_words import column_choices
from ui.widgets import STRETCH, Button, Choice, Field, Notice, Scroll, Text, clear, col, flow, panel, row


def _say(key: str) -> str:
    return reference.say(f"import_page.{key}")


class ColumnsTab(QWidget):
    """``reread_wanted`` carries column number to canonical name ("" leaves it out); ``forget_wanted`` drops what was remembered."""

    reread_wanted = Signal(object)
    forget_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.forget_button = Button(_say("forget"), press=self.forget_wanted.emit)
        self.remembered = Notice("info", "", self.forget_button)
        self.unread = Notice("warning", "")
        self.unread.hide()
        self._place = col(gap=12)
        self.read_again = Button(_say("read_again"), icon="refresh-cw", press=self._send)
        self.choices: dict[int, Choice] = {}
        content = col(
            self.remembered,
            self.unread,
            Text(_say("columns_why"), "body", wrap=True),
            4,
            self._place,
            row(self.read_again, STRETCH),
            STRETCH,
            gap=12,
            margins=20,
        )
        self.setLayout(col(panel(Scroll(content, _say("tab_columns")), margins=1), gap=0))

    def show_columns(self, plan: ImportPlan, remembered: RememberedMapping | None) -> None:
        clear(self._place)
        self.choices = {}
        self.remembered.setVisible(plan.remembered and remembered is not None)
        if remembered is not None:
            told = reference.say("import_page.remembered", name=remembered.said_by, day=full_date(remembered.said_on))
            self.remembered.say(told)
        fields: list[QWidget] = []
        for number, words in enumerate(plan.headings):
            label = words or reference.say("import_page.unnamed_column", number=number + 1)
            choice = Choice(label, column_choices(), value=plan.mapping.get(number, ""), width=230)
            self.choices[number] = choice
            fields.append(Field(label.replace("&", "&&"), choice))
        self._place.addWidget(flow(*fields, gap=16))

    def say_unread(self, rows: int) -> None:
        """Says what to do where none of ``rows`` could be read; 0 takes it away."""
        self.unread.setVisible(rows > 0)
        if rows:
            self.unread.say(_say("unread"))

    def first_choice(self) -> QWidget:
        """Where the keyboard begins here."""
        return next(iter(self.choices.values()), self.read_again)

    def _send(self) -> None:
        mapping: Mapping[int, str] = {number: choice.value() for number, choice in self.choices.items()}
        self.reread_wanted.emit(mapping)
