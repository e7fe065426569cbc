"""What an import would do, before it is done: to decide, added, changed, left alone, what is amiss by row, how columns were read."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.refusals import Refusal
from sencoapp.services.imports import ImportPlan, settled
from sencoapp.services.mappings import RememberedMapping
from ui.pages.import_changed import ChangedTab
from ui.pages.import_columns import ColumnsTab
from ui.pages.import_doubts import DoubtsTab
from ui.pages.import_words import added_row, problem_rows, unchanged_row
from ui.theme import theme
from ui.widgets import Button, Column, EmptyPlace, Faces, RecordTable, Surface, TabBar, Text, col, holder, panel, row

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
_UNCHANGED = {"row": (76, True), "pupil": (0, True)}
_PROBLEMS = {"row": (76, True), "what_happens": (160, True), "why": (0, True)}
_TABS = ("doubtful", "problems", "added", "changed", "unchanged", "columns")
"""What a person has to look at comes first, and is there only where there is something; so it is in sight at any size of text."""
_BEGINS_WITH = ("doubtful", "added", "changed", "unchanged", "problems")


def _say(key: str) -> str:
    return reference.say(f"import_page.{key}")


class ImportPreview(QWidget):
    """``save_wanted``, ``other_wanted``; ``reread_wanted`` carries column number to canonical name ("" leaves it out)."""

    save_wanted = Signal()
    other_wanted = Signal()
    reread_wanted = Signal(object)
    forget_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self.tabs = TabBar(_say("preview"), [(each, _say(f"tab_{each}")) for each in _TABS])
        self.tabs.chosen.connect(self._turn)
        self.added = self._table("added", _ADDED)
        self.unchanged = self._table("unchanged", _UNCHANGED)
        self.problems = self._table("problems", _PROBLEMS)
        self.changed_tab, self.doubts, self.columns = ChangedTab(), DoubtsTab(), ColumnsTab()
        self.changed = self.changed_tab.table
        self.changed_tab.turned.connect(self._say_summary)
        self.doubts.decided.connect(self._decided)
        self.columns.reread_wanted.connect(self.reread_wanted)
        self.columns.forget_wanted.connect(self.forget_wanted)
        self._sentences: list[str] = []
        self.whole = Text("", "body", wrap=True, selectable=True)
        self.problems.chosen.connect(self._show_whole)
        below = Surface("foot", col(self.whole, margins=(16, 10, 16, 10)))
        self._stack = Faces()
        self._places: dict[str, QWidget] = {
            "doubtful": self.doubts,
            "added": _with_empty(self.added, _say("none_added")),
            "changed": self.changed_tab,
            "unchanged": _with_empty(self.unchanged, _say("none_unchanged")),
            "problems": panel((self.problems, 1), below, margins=1, gap=0),
            "columns": self.columns,
        }
        for place in self._places.values():
            self._stack.addWidget(place)
        self.told = ""
        """What the import would do, in full."""
        self.summary = Text("", "ui", weight=500, wrap=True)
        self.save_button = Button(_say("save"), "primary", icon="check", press=self.save_wanted.emit)
        self.other_button = Button(_say("other_file"), press=self.other_wanted.emit)
        foot = Surface("foot", row((self.summary, 1), self.other_button, self.save_button, gap=12, margins=(24, 10, 24, 10)))
        self._narrow: bool | None = None
        self.setLayout(col(self.tabs, (holder(col((self._stack, 1), margins=(24, 10, 24, 10))), 1), foot, gap=0))

    def show_plan(self, plan: ImportPlan, remembered: RememberedMapping | None = None) -> None:
        """Shows this plan, beginning with what a person has to decide, or whatever it has most to say about."""
        self._plan = plan
        self.doubts.forget()
        self.changed_tab.forget()
        self.doubts.show_doubts(plan.doubtful)
        self.unchanged.show_rows([unchanged_row(each) for each in plan.unchanged])
        self._sentences = [each.message for each in plan.problems]
        self.problems.show_rows(problem_rows(plan.problems))
        self.problems.choose_first()
        self.columns.show_columns(plan, remembered)
        self._show_settled(plan)
        counts = self._counts(plan)
        first = next((name for name in _BEGINS_WITH if counts[name]), "added")
        unread = plan.headings and not any(each for name, each in counts.items() if name != "problems")
        self.columns.say_unread(len(plan.problems) if unread else 0)
        there = {"doubtful": plan.doubtful, "problems": plan.problems, "columns": plan.headings}
        self.tabs.leave_out(*(name for name, what in there.items() if not what))
        self.choose("columns" if unread else first)

    def take_focus(self) -> None:
        """To the button that saves, or where nothing can be saved yet to what can be done about it."""
        if self.save_button.isEnabled():
            target: QWidget = self.save_button
        elif self._stack.currentWidget() is self.columns:
            target = self.columns.first_choice()
        else:
            target = self.other_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def plan(self) -> ImportPlan:
        """The plan with what was decided here. Raises ``Refusal`` where two rows are to be one pupil."""
        assert self._plan is not None
        return settled(self._plan, self.doubts.decisions)

    def taken(self) -> frozenset[str]:
        """The values that may overwrite what a person typed."""
        return frozenset(self.changed_tab.taken)

    def choose(self, tab: str) -> None:
        self.tabs.choose(tab)
        self._turn(tab)

    def be_busy(self, busy: bool) -> None:
        for each in (self.save_button, self.other_button, self.columns.read_again):
            each.setEnabled(not busy)

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        narrow = theme().is_narrow(self.window().width())
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if self._plan is not None:
            self._say_summary()

    # ---- within -----------------------------------------------------------------------------------------------------

    def _decided(self) -> None:
        try:
            self._show_settled(self.plan())
        except Refusal as refusal:
            self.doubts.refuse(int(str(refusal.details["row"])), reference.explain(refusal))
            self._show_settled(self.plan())

    def _show_settled(self, plan: ImportPlan) -> None:
        self.added.show_rows([added_row(each) for each in plan.added])
        self.changed_tab.show_changes(plan.changed)
        shown = self._places["added"], self._places["unchanged"]
        for stack, there in zip(shown, (plan.added, plan.unchanged), strict=True):
            assert isinstance(stack, Faces)
            stack.setCurrentIndex(0 if there else 1)
        for name, count in self._counts(plan).items():
            self.tabs.rename(name, f"{_say(f'tab_{name}')} · {count:,}")
        self._say_summary()

    def _counts(self, plan: ImportPlan) -> dict[str, int]:
        return {
            "doubtful": len(plan.doubtful),
            "added": len(plan.added),
            "changed": len(plan.changed),
            "unchanged": len(plan.unchanged),
            "problems": len(plan.problems),
        }

    def _say_summary(self) -> None:
        plan, taken = self.plan(), self.taken()
        changed = sum(bool(each.edits(taken)) for each in plan.changed)
        alone = len(plan.unchanged) + len(plan.changed) - changed
        words = reference.say("import_page.would", added=f"{len(plan.added):,}", changed=f"{changed:,}", unchanged=f"{alone:,}")
        left_out = sum(each.severity == "error" for each in plan.problems)
        parts = (
            words,
            _counted("to_decide", len(plan.doubtful)),
            _counted("kept", self.changed_tab.kept()),
            _counted("left_out", left_out),
        )
        # Where the room is short the tabs say the rest: the buttons must not be pushed out of sight by words.
        self.told = " ".join(filter(None, parts))
        self.summary.setText(words if self._narrow else self.told)
        self.save_button.setEnabled(plan.does_something(taken))

    def _table(self, name: str, columns: Mapping[str, tuple[int, bool]]) -> RecordTable:
        shown = [Column(_say(each), width, keep=keep) for each, (width, keep) in columns.items()]
        return RecordTable(_say(f"tab_{name}"), shown, lead=16)

    def _turn(self, tab: str) -> None:
        self._stack.setCurrentWidget(self._places[tab])

    def _show_whole(self, key: str) -> None:
        """A sentence that is too long for its row is read below the table."""
        self.whole.setText(self._sentences[int(key)] if key else "")


def _with_empty(table: RecordTable, sentence: str) -> Faces:
    stack = Faces()
    stack.addWidget(panel((table, 1), margins=1, gap=0))
    stack.addWidget(EmptyPlace(sentence))
    return stack


def _counted(key: str, count: int) -> str:
    if not count:
        return ""
    return _say(f"one_{key}") if count == 1 else reference.say(f"import_page.{key}", count=f"{count:,}")
