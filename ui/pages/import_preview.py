"""What an import would do, before it is done: added, changed, left alone, what is amiss by row, and how the columns were read."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from sencoapp import reference
from sencoapp.services.imports import ImportPlan
from ui.pages.import_words import added_row, changed_rows, column_choices, problem_rows, unchanged_row
from ui.widgets import (
    STRETCH,
    Button,
    Choice,
    Column,
    EmptyPlace,
    Field,
    RecordTable,
    Scroll,
    Surface,
    TabBar,
    Text,
    clear,
    col,
    flow,
    holder,
    panel,
    row,
)

# The words of each column, its width (0 takes what is left), and whether it stays where the room is short.
_ADDED = {
    "row": (76, True),
    "pupil": (0, True),
    "year_and_class": (140, False),
    "born": (150, False),
    "status": (136, True),
    "needs": (0, False),
    "contacts": (90, False),
}
_CHANGED = {"row": (76, True), "pupil": (0, True), "field": (180, True), "now": (0, True), "in_file": (0, True)}
_UNCHANGED = {"row": (76, True), "pupil": (0, True)}
_PROBLEMS = {"row": (76, True), "what_happens": (160, True), "why": (0, True)}


def _say(key: str) -> str:
    return reference.say(f"import_page.{key}")


class ImportPreview(QWidget):
    """``save_wanted``, ``other_wanted``; ``reread_wanted`` carries column number to canonical name ("" leaves it out)."""

    save_wanted = Signal()
    other_wanted = Signal()
    reread_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tabs = TabBar(
            _say("preview"), [(each, _say(f"tab_{each}")) for each in ("added", "changed", "unchanged", "problems", "columns")]
        )
        self.tabs.chosen.connect(self._turn)
        self.added = self._table("added", _ADDED)
        self.changed = self._table("changed", _CHANGED)
        self.unchanged = self._table("unchanged", _UNCHANGED)
        self.problems = self._table("problems", _PROBLEMS)
        self._columns_place = col(gap=12)
        self._read_again = Button(_say("read_again"), icon="refresh-cw", press=self._send_mapping)
        columns = col(
            Text(_say("columns_why"), "body", wrap=True),
            4,
            self._columns_place,
            row(self._read_again, STRETCH),
            STRETCH,
            gap=12,
            margins=20,
        )
        self.columns = panel(Scroll(columns, _say("tab_columns")), margins=1)
        self._choices: dict[int, Choice] = {}
        self._sentences: list[str] = []
        self._stack = QStackedWidget()
        self._places: dict[str, QWidget] = {}
        for name, table in (("added", self.added), ("changed", self.changed), ("unchanged", self.unchanged)):
            self._places[name] = _with_empty(table, _say(f"none_{name}"))
        self.whole = Text("", "body", wrap=True, selectable=True)
        self.problems.chosen.connect(self._show_whole)
        self._places["problems"] = _with_empty(
            self.problems, _say("none_problems"), Surface("foot", col(self.whole, margins=(16, 10, 16, 10)))
        )
        self._places["columns"] = self.columns
        for place in self._places.values():
            self._stack.addWidget(place)
        self.summary = Text("", "ui", weight=500, wrap=True)
        self.save_button = Button(_say("save"), "primary", icon="check", press=self.save_wanted.emit)
        self.other_button = Button(_say("other_file"), press=self.other_wanted.emit)
        foot = Surface("foot", row((self.summary, 1), self.other_button, self.save_button, gap=12, margins=(24, 10, 24, 10)))
        self.setLayout(col(self.tabs, (holder(col((self._stack, 1), margins=(24, 16, 24, 16))), 1), foot, gap=0))

    def show_plan(self, plan: ImportPlan) -> None:
        """Shows this plan, beginning with whatever it has most to say about."""
        counts = {"added": len(plan.added), "changed": len(plan.changed), "unchanged": len(plan.unchanged), "problems": len(plan.problems)}
        for name, count in counts.items():
            self.tabs.rename(name, f"{_say(f'tab_{name}')} · {count:,}")
            shown = self._places[name]
            assert isinstance(shown, QStackedWidget)
            shown.setCurrentIndex(0 if count else 1)
        self.added.show_rows([added_row(each) for each in plan.added])
        self.changed.show_rows([line for each in plan.changed for line in changed_rows(each)])
        self.unchanged.show_rows([unchanged_row(each) for each in plan.unchanged])
        self._sentences = [each.message for each in plan.problems]
        self.problems.show_rows(problem_rows(plan.problems))
        self.problems.choose_first()
        self._offer_columns(plan)
        left_out = sum(each.severity == "error" for each in plan.problems)
        words = reference.say(
            "import_page.would", added=f"{counts['added']:,}", changed=f"{counts['changed']:,}", unchanged=f"{counts['unchanged']:,}"
        )
        self.summary.setText(f"{words} {_left_out(left_out)}".strip())
        self.save_button.setEnabled(bool(plan.added or plan.changed))
        self.choose(next((name for name, count in counts.items() if count), "problems"))

    def choose(self, tab: str) -> None:
        self.tabs.choose(tab)
        self._turn(tab)

    def be_busy(self, busy: bool) -> None:
        for each in (self.save_button, self.other_button, self._read_again):
            each.setEnabled(not busy)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _table(self, name: str, columns: Mapping[str, tuple[int, bool]]) -> RecordTable:
        shown = [Column(_say(each), width, keep=keep) for each, (width, keep) in columns.items()]
        return RecordTable(_say(f"tab_{name}"), shown, lead=16)

    def _turn(self, tab: str) -> None:
        self._stack.setCurrentWidget(self._places[tab])

    def _show_whole(self, key: str) -> None:
        """A sentence that is too long for its row is read below the table."""
        self.whole.setText(self._sentences[int(key)] if key else "")

    def _offer_columns(self, plan: ImportPlan) -> None:
        clear(self._columns_place)
        self._choices = {}
        fields: list[QWidget] = []
        for number, words in enumerate(plan.headings):
            label = words or reference.say("import_page.unnamed_column", number=number + 1)
            choice = Choice(label, column_choices(), value=plan.mapping.get(number, ""), width=230)
            self._choices[number] = choice
            fields.append(Field(label.replace("&", "&&"), choice))
        if fields:
            self._columns_place.addWidget(flow(*fields, gap=16))
        else:
            self._columns_place.addWidget(Text(_say("no_columns"), "body", "muted", wrap=True))
        self._read_again.setVisible(bool(fields))

    def _send_mapping(self) -> None:
        mapping: Mapping[int, str] = {number: choice.value() for number, choice in self._choices.items()}
        self.reread_wanted.emit(mapping)


def _with_empty(table: RecordTable, sentence: str, below: QWidget | None = None) -> QStackedWidget:
    stack = QStackedWidget()
    stack.addWidget(panel((table, 1), below, margins=1, gap=0))
    stack.addWidget(EmptyPlace(sentence))
    return stack


def _left_out(count: int) -> str:
    if not count:
        return ""
    return _say("one_left_out") if count == 1 else reference.say("import_page.left_out", count=f"{count:,}")
