"""Copying a plan to other pupils: what, to whom, and each text as it will stand, to be read before it is saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal

from sencoapp import reference
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.words import shortened
from sencoapp.services import copying_plans as services
from sencoapp.services import pupils
from sencoapp.services.copying_plans import PlannedCopy, Wanted
from sencoapp.services.today import place_words
from ui.commands import command
from ui.pages.form_draft import FormDraft
from ui.pages.plan_context import PlanContext
from ui.pages.sheet_body import SheetBody
from ui.widgets import Button, ChipChoice, Field, Form, Notice, Pick, PupilPicker, Sheet, Text, TextArea, clear, col, heading, holder

ALSO = ("strategies", "provision")


def wording(key: str, **details: object) -> str:
    """Words of copying a plan."""
    return reference.say(f"plan_copy.{key}", **details)


class CopySheet(SheetBody):
    """The preview follows what is chosen; a text that was changed in it stays changed."""

    done = Signal()

    def __init__(self, context: PlanContext) -> None:
        self._context = context
        case = context.case
        assert case.page is not None
        self._cycle, self._outcomes = case.cycle.id, case.page.outcomes
        self.form = Form(wide=True)
        options = [(each.id, wording("outcome", number=each.number, text=shortened(each.text, 60))) for each in self._outcomes]
        self.outcomes = ChipChoice(wording("outcomes"), options, several=True)
        self.outcomes.choose(*(each.id for each in self._outcomes))
        self.also = ChipChoice(wording("also"), [(each, wording(f"also_{each}")) for each in ALSO], several=True)
        self.picker = PupilPicker(context.room.desk, self._find_pupils, wording("pupils"))
        self.texts: dict[tuple[str, str], TextArea] = {}
        self._changed: dict[str, str] = {}
        self._preview = col(gap=8)
        self.form.add_widget(Text(wording("lead"), "ui", wrap=True))
        self.form.add("outcomes", Field(wording("outcomes"), self.outcomes))
        self.form.add_widget(Field(wording("also"), self.also))
        self.form.add("pupils", Field(wording("pupils"), self.picker))
        self.form.add_widget(holder(self._preview))
        self.form.rest_below()
        self.save = Button(wording("save"), "primary", icon="check", tip="Ctrl+Return", press=self.submit)
        self.cancel = Button(reference.say("plan_page.cancel"), "quiet", press=lambda: self.done.emit())
        super().__init__(wording("title", number=case.cycle.number, name=case.pupil.name), self.form, self.save, self.cancel)
        self.setFocusProxy(self.picker.edit)
        self._draft = FormDraft(context.room, self, f"plan_copy_texts.{self._cycle}", lambda: self._changed)
        self._draft.began_with({})
        command(self, wording("save"), self.submit, "Ctrl+Return", "Ctrl+Enter")
        for signal in (self.outcomes.chosen, self.also.chosen, self.picker.changed):
            signal.connect(self._ask)
        context.room.ask(self, lambda place: place.session.record.draft(self._draft.form), self._restore)

    def submit(self) -> None:
        if not self.save.isEnabled():
            return
        wanted, ids = self._wanted(), self._pupils()
        texts = {key: area.words() for key, area in self.texts.items()}
        self.save.setEnabled(False)
        self._context.deeds.do(
            self._context.owner,
            lambda session, _: services.copy_plan(session, self._cycle, wanted, ids, texts),
            lambda saved: self._saved(saved, len(ids)),
            self._refused,
        )

    # ---- within -----------------------------------------------------------------------------------------------------

    def _wanted(self) -> Wanted:
        also = self.also.values()
        return Wanted(tuple(self.outcomes.values()), "strategies" in also, "provision" in also)

    def _pupils(self) -> tuple[str, ...]:
        own = self._context.case.pupil.id
        return tuple(each.id for each in self.picker.chosen() if each.id != own)

    def _find_pupils(self, words: str) -> Sequence[Pick]:
        found = pupils.find_pupils(self._context.room.place.session.record, words)
        own = self._context.case.pupil.id
        rows = [each for each in found if each.id != own]
        return [Pick(each.id, each.name, place_words(each.year, each.reg_group)) for each in rows]

    def _ask(self) -> None:
        cycle, wanted, ids = self._cycle, self._wanted(), self._pupils()
        self.form.clear_problems()
        self._context.room.ask(
            self, lambda place: services.planned_copies(place.session, cycle, wanted, ids), self._show, self.form.refuse, replace="copies"
        )

    def _show(self, copies: Sequence[PlannedCopy]) -> None:
        clear(self._preview)
        self.texts = {}
        numbers = {each.id: each.number for each in self._outcomes}
        if copies:
            self._preview.addWidget(heading(wording("preview")))
        for each in copies:
            words = wording("added" if each.has_open_plan else "started", name=each.pupil.name)
            self._preview.addWidget(Text(words, "ui", weight=600, wrap=True))
            for said in each.texts:
                key = (each.pupil.id, said.outcome)
                name = wording("text_of", number=numbers[said.outcome], name=each.pupil.name)
                area = TextArea(name, lines=1)
                area.set_words(self._changed.get("/".join(key), said.text))
                area.textChanged.connect(lambda key=key, area=area, was=said.text: self._typed(key, area.words(), was))
                self.texts[key] = area
                self._preview.addWidget(self.form.add(f"{key[0]}.{key[1]}", Field(name, area), place=False))
                if said.doubts:
                    self._preview.addWidget(Notice("warning", wording("look_at", words=", ".join(said.doubts))))
        count = len(copies)
        words = wording("save_one") if count == 1 else wording("save_many", count=count) if count else wording("save")
        self.save.setText(words)
        self.save.setAccessibleName(words)
        self.form.updateGeometry()

    def _typed(self, key: tuple[str, str], words: str, was: str) -> None:
        name = "/".join(key)
        if words == was:
            self._changed.pop(name, None)
        else:
            self._changed[name] = words
        self._draft.touch()

    def _restore(self, draft: Mapping[str, Any] | None) -> None:
        self._changed = {**(draft or {}), **self._changed}

    def _saved(self, saved: Saved, count: int) -> None:
        self._draft.drop()
        self._context.room.ways.toast(wording("said_one") if count == 1 else wording("said_many", count=count), saved)
        self.done.emit()

    def _refused(self, message: PlainMessage) -> None:
        self.save.setEnabled(True)
        self.form.refuse(message)


def open_copy_sheet(context: PlanContext) -> CopySheet:
    """Lays the form over the page."""
    body = CopySheet(context)
    sheet = Sheet(wording("open"), body, width=760)
    body.done.connect(sheet.close_sheet)
    context.room.ways.show_sheet(sheet)
    return body
