"""One outcome, written or changed: what the pupil will do, from where, how it is measured, by when."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal

from sencoapp.domain.plan import Outcome
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import plans
from sencoapp.services.measures import unit_names, unit_of
from ui.commands import command
from ui.pages.form_draft import FormDraft
from ui.pages.history_sheet import HistoryLink
from ui.pages.plan_context import PlanContext
from ui.pages.plan_smart import SmartHelper
from ui.pages.plan_words import wording
from ui.pages.sheet_body import SheetBody
from ui.pages.wording_hint import WordingHint
from ui.theme import theme
from ui.widgets import (
    Button,
    ChipChoice,
    Choice,
    DateField,
    Field,
    Form,
    LineField,
    Sheet,
    Text,
    TextArea,
    area_words,
    side_by_side,
)
from ui.widgets.announce import announce

LINES = ("counts", "baseline", "target", "measure")


class OutcomeForm(SheetBody):
    """A new outcome where ``shown`` is None. What is typed is kept as a draft until it is saved."""

    done = Signal()

    def __init__(self, context: PlanContext, shown: Outcome | None) -> None:
        self._context, self._shown = context, shown
        self._cycle = context.case.cycle
        self._as_of = context.case.position
        self.form = Form(wide=True)
        self.text = TextArea(lines=2)
        self.area = ChipChoice(wording("outcome_area"), [(each, area_words(each)) for each in theme().token("area")])
        self.unit = Choice(wording("outcome_unit"), [("", wording("outcome_unit_none")), *unit_names().items()])
        self.lines = {each: LineField() for each in LINES}
        self.baseline_on = DateField(
            today=context.case.today, what=wording("what_baseline_on"), field="baseline_on", towards="past", latest=context.case.today
        )
        self.by_on = DateField(today=context.case.today, what=wording("what_by_on"), field="by_on", towards="future")
        self._place_fields()
        self.save = Button(wording("outcome_save"), "primary", icon="check", press=self.submit)
        self.cancel = Button(wording("cancel"), "quiet", press=self._cancel)
        past = HistoryLink(context.room, lambda: ("outcome", shown.id, "") if shown else None)
        self._restored = Text(wording("form_restored"), "small", "muted", wrap=True)
        self._restored.hide()
        super().__init__(wording("outcome_form"), self.form, self.save, self.cancel, *([past] if shown else []), above=self._restored)
        self.setFocusProxy(self.text)
        self._draft = FormDraft(context.room, self, f"outcome_form.{shown.id if shown else self._cycle.id}", self._content)
        command(self, wording("outcome_save"), self.submit, "Ctrl+Return", "Ctrl+Enter")
        self._fill(shown)
        measure = (self.unit.chosen, self.baseline_on.changed, self.by_on.changed, *(each.textChanged for each in self.lines.values()))
        for signal in (self.text.textChanged, self.area.chosen, self.smart.does.textChanged, *measure):
            signal.connect(lambda *_: self._draft.touch())
        for signal in measure:
            signal.connect(lambda *_: self.smart.look())
        self.unit.chosen.connect(lambda _: self._show_unit())
        self.smart.used.connect(self._use)
        context.room.ask(self, lambda place: place.session.record.draft(self._draft.form), self._restore)

    def _place_fields(self) -> None:
        self.form.add("text", Field(wording("outcome_text"), self.text, hint=wording("outcome_text_hint")))
        self.open_words = WordingHint(self.text, "outcome", offer=lambda *_: self.smart.go_to(), offered=wording("say_exactly"))
        self.form.add_widget(self.open_words)
        self.form.add("area", Field(wording("outcome_area"), self.area))
        self._fields = {each: Field(wording(f"outcome_{each}"), line) for each, line in self.lines.items()}
        self._fields["unit"] = Field(wording("outcome_unit"), self.unit)
        self._fields["baseline_on"] = Field(wording("outcome_baseline_on"), self.baseline_on)
        self._fields["by_on"] = Field(wording("outcome_by_on"), self.by_on)
        self._fields["counts"].say_hint(wording("outcome_counts_hint"))
        for name, field in self._fields.items():
            self.form.add(name, field, place=False)
        for pair in (("unit", "counts"), ("baseline", "baseline_on"), ("target", "by_on"), ("measure",)):
            self.form.add_widget(side_by_side(*(self._fields[each] for each in pair)))
        self.smart = SmartHelper(self._context.case.pupil.forename, self._measure_typed)
        self.form.add_widget(self.smart)

    def _show_unit(self) -> None:
        """Asks for what the unit needs, with an example of how a value is typed in it."""
        unit = unit_of(self.unit.value(), self.lines["counts"].text())
        self._fields["counts"].setVisible(unit is not None and unit.counted)
        self._fields["baseline_on"].setVisible(unit is not None)
        self._fields["baseline"].say_hint(wording("outcome_baseline_hint", example=unit.example) if unit else "")
        self._fields["target"].say_hint(wording("outcome_value_hint", example=unit.example) if unit else "")
        self.smart.look()

    def _use(self, sentence: str) -> None:
        self.text.put_words(sentence)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(wording("smart_used"), self)

    def _fill(self, shown: Outcome | None) -> None:
        if shown is None:
            self.by_on.set_value(self._cycle.review_due_on)
            self.baseline_on.set_value(self._context.case.today)
        else:
            self.text.set_words(shown.text)
            self.open_words.look()
            self.area.choose(shown.area or "")
            for name, line in self.lines.items():
                line.setText(getattr(shown, name) or "")
            self.by_on.set_value(shown.by_on)
            self.unit.choose(shown.unit or "")
            self.baseline_on.set_value(shown.baseline_on or (None if shown.unit else self._context.case.today))
            self.smart.read(shown.text)
        self._show_unit()
        self._draft.began_with(self._content())

    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = {"text": self.text.words(), "area": self.area.value(), "by_on": self.by_on.edit.text()}
        content |= {"unit": self.unit.value(), "baseline_on": self.baseline_on.edit.text(), "does": self.smart.does.text()}
        return {**content, **{name: line.text() for name, line in self.lines.items()}}

    def _restore(self, draft: Any) -> None:
        if not draft or self._content() != self._draft.start:
            return
        self._restored.show()
        self.text.set_words(str(draft.get("text", "")))
        self.open_words.look()
        self.area.choose(str(draft.get("area", "")))
        for name, line in self.lines.items():
            line.setText(str(draft.get(name, "")))
        self.by_on.edit.setText(str(draft.get("by_on", "")))
        self.unit.choose(str(draft.get("unit", "")))
        self.baseline_on.edit.setText(str(draft.get("baseline_on", "")))
        self.smart.does.setText(str(draft.get("does", "")))
        self._show_unit()

    def submit(self) -> None:
        """Saves, or says at the field what is missing."""
        if not self.save.isEnabled():
            return
        try:
            values = self._values()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        shown, cycle, deeds = self._shown, self._cycle.id, self._context.deeds
        self.save.setEnabled(False)
        if shown is None:
            deeds.do(self, lambda session, _: plans.add_outcome(session, cycle, values), self._added, self._refused)
        else:
            wanted, as_of = replace(shown, **values), self._as_of
            deeds.do(self, lambda session, _: plans.change_outcome(session, shown, wanted, as_of=as_of), self._changed, self._refused)

    def _values(self) -> dict[str, Any]:
        unit = self.unit.value() or None
        lines = {name: line.text().strip() or None for name, line in self.lines.items()}
        began = self.baseline_on.value() if unit and lines["baseline"] else None
        days = {"by_on": self.by_on.value(), "baseline_on": began}
        return {"text": self.text.words().strip(), "area": self.area.value() or None, "unit": unit, **days, **lines}

    def _measure_typed(self) -> dict[str, Any]:
        """The measure as it stands in the form, for the sentence; a day that is no day yet is not in it."""
        typed: dict[str, Any] = {name: line.text() for name, line in self.lines.items()}
        days = {"by_on": self.by_on, "baseline_on": self.baseline_on}
        for name, field in days.items():
            try:
                typed[name] = field.value()
            except PlainMessage:
                typed[name] = None
        unit = self.unit.value()
        return {**typed, "unit": unit, "baseline_on": typed["baseline_on"] if unit else None}

    def _added(self, answer: tuple[Outcome, Saved]) -> None:
        outcome = answer[0]
        self._finish()
        words = wording("outcome_added", number=outcome.number)
        self._context.room.ways.toast(words, answer[1])

    def _changed(self, saved: Saved) -> None:
        self._finish()
        self._context.room.ways.toast(wording("outcome_changed"), saved)

    def _refused(self, message: PlainMessage) -> None:
        self.save.setEnabled(True)
        self.form.refuse(message)

    def _cancel(self) -> None:
        self._finish()

    def _finish(self) -> None:
        self._draft.drop()
        self.done.emit()


def open_outcome_sheet(context: PlanContext, shown: Outcome | None) -> OutcomeForm:
    """Lays the form over the page."""
    form = OutcomeForm(context, shown)
    sheet = Sheet(wording("outcome_change", number=shown.number) if shown else wording("outcome_new"), form)
    form.done.connect(sheet.close_sheet)
    context.room.ways.show_sheet(sheet)
    return form
