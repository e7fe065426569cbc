"""A pupil's needs: the DfE types in their rank, with the broad area of each."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil, SenNeed
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import pupils
from ui.commands import command
from ui.pages.pupil_words import area_of, breakable, joined, need_words
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Choice,
    DateField,
    Field,
    Form,
    Rule,
    Sheet,
    Surface,
    Text,
    TextArea,
    area_chip,
    clear,
    col,
    heading,
    holder,
    note,
    row,
    side_by_side,
)

_RANKS = 4


class NeedsPanel(Surface):
    """Primary first. A need that no longer stands is ended, never thrown away."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pupil: Pupil | None = None
        self._today: date | None = None
        self._count = 0
        self._list = col(gap=10)
        self.add = Button(reference.say("pupil.add_need"), "link", press=self.open_sheet)
        head = row(heading(reference.say("pupil.needs")), STRETCH, self.add)
        super().__init__("panel", col(head, self._list, gap=10, margins=16))

    def show_needs(self, pupil: Pupil, needs: tuple[SenNeed, ...], today: date) -> None:
        self._pupil, self._today, self._count = pupil, today, len(needs)
        clear(self._list)
        for number, each in enumerate(needs):
            if number:
                self._list.addWidget(Rule())
            self._list.addWidget(self._need(each))
        if not needs:
            self._list.addWidget(Text(reference.say("pupil.no_needs"), "ui", "muted", wrap=True))

    def _need(self, need: SenNeed) -> QWidget:
        words = need_words(need.sen_type)
        area = area_of(need.sen_type)
        head = row((Text(words, "ui", weight=600, wrap=True), 1), gap=10)
        if need.ends_on is None:
            end = Button(reference.say("pupil.end_need"), "link", name=reference.say("pupil.end_need_named", need=words))
            end.clicked.connect(lambda: self._end(need, words))
            head.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        dates = joined(
            reference.say("pupil.rank", rank=need.rank) if need.rank > 1 else reference.say("pupil.primary"),
            reference.say("pupil.since", date=full_date(need.starts_on)) if need.starts_on else "",
            reference.say("pupil.until", date=full_date(need.ends_on)) if need.ends_on else "",
        )
        chip = row(area_chip(area), STRETCH) if area else None
        said = Text(breakable(need.description), "ui", wrap=True) if need.description else None
        return holder(col(head, chip, said, note(dates, wrap=True), gap=4))

    def open_sheet(self) -> None:
        """A further need."""
        if self._pupil is not None and self._today is not None:
            self._room.ways.show_sheet(NeedSheet(self._room, self._pupil, self._count + 1, self._today))

    def _end(self, need: SenNeed, words: str) -> None:
        if self._today is None:
            return
        today = self._today

        def told(_: Saved) -> None:
            self._room.ways.toast(reference.say("pupil.need_ended", need=words), lambda: self._take_up(need.id))

        self._room.do(self, lambda place: pupils.end_need(place.session, need.id, today), told)

    def _take_up(self, need: str) -> None:
        self._room.do(self, lambda place: pupils.take_up_need(place.session, need))


class NeedSheet(Sheet):
    """Which type, its rank, since when, and what it means for this pupil."""

    def __init__(self, room: Room, pupil: Pupil, rank: int, today: date) -> None:
        self._room, self._pupil = room, pupil
        self.form = Form()
        types = list(reference.codes("SENtype").items())
        self.sen_type = Choice("", [("", reference.say("pupil.choose_need")), *types])
        ranks = [(str(each), reference.say(f"pupil.rank_{each}")) for each in range(1, _RANKS + 1)]
        self.rank = Choice("", ranks, value=str(min(rank, _RANKS)))
        self.starts = DateField(today=today, value=today, what=reference.say("pupil.need_day"), field="starts_on", towards="past")
        self.description = TextArea(lines=3)
        self.form.add("sen_type", Field(reference.say("pupil.need"), self.sen_type))
        ranked = self.form.add("rank", Field(reference.say("pupil.rank_label"), self.rank), place=False)
        starts = self.form.add("starts_on", Field(reference.say("pupil.since_label"), self.starts), place=False)
        self.form.add_widget(side_by_side(ranked, starts))
        hint = reference.say("pupil.need_hint")
        self.form.add("description", Field(reference.say("pupil.need_description"), self.description, hint=hint, optional=True))
        self.save_button = Button(reference.say("pupil.save_need"), "primary", tip="Ctrl+Return", press=self.save)
        title = reference.say("pupil.need_of", name=pupil.name)
        super().__init__(title, SheetBody(title, self.form, self.save_button))
        command(self, reference.say("pupil.save_need"), self.save, "Ctrl+Return", "Ctrl+Enter")

    def save(self) -> None:
        sen_type, rank, words, pupil = self.sen_type.value(), int(self.rank.value()), self.description.words(), self._pupil.id
        if not sen_type:
            self.form.show_problems({"sen_type": reference.say("pupil.need_missing")})
            return
        try:
            starts = self.starts.value()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        self._room.do(
            self,
            lambda place: pupils.add_need(place.session, pupil, sen_type, rank=rank, starts_on=starts, description=words),
            self._saved,
            self.form.refuse,
        )

    def _saved(self, saved: Saved) -> None:
        self.close_sheet()
        need = next(each.id for each in saved.touched if each.kind == "sen_need")
        words = reference.say("pupil.need_saved", need=need_words(self.sen_type.value()))
        self._room.ways.toast(words, lambda: self._room.do(self, lambda place: pupils.remove_need(place.session, need)))
