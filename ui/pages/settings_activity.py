"""Who did what with the record, in plain words: found by person, pupil, kind and time; saved as CSV."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.activity import ActivityQuery
from sencoapp.domain.dates import short_date
from sencoapp.domain.lists import ListContent
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import staff, trail
from sencoapp.services.pupils import find_pupils
from sencoapp.services.today import place_words
from ui.files import ask_to_save
from ui.pages.save_out import save_out
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    Button,
    Cell,
    Choice,
    Column,
    EmptyPlace,
    Field,
    Notice,
    Pick,
    PupilPicker,
    RecordTable,
    TableRow,
    Text,
    col,
    flow,
    row,
)

PAGE = 60
_PERIODS = {"week": 7, "month": 31, "year": 366, "all": 0}


class ActivityPart(QWidget):
    """The newest lines first; more come as one scrolls. Enter on a line opens its pupil's page."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._lines: dict[str, trail.Line] = {}
        self._last: trail.Line | None = None
        anybody, anything = reference.say("trail.anybody"), reference.say("trail.anything")
        self.person = Choice(reference.say("trail.column_who"), [("", anybody)], width=210)
        kinds = [(each, reference.say(f"trail.kind_{each}")) for each in trail.KINDS_OF_ACTIVITY]
        self.kind = Choice(reference.say("trail.column_what"), [("", anything), *kinds], width=230)
        periods = [(each, reference.say(f"trail.period_{each}")) for each in _PERIODS]
        self.period = Choice(reference.say("trail.column_when"), periods, value="month", width=170)
        self.pupil = PupilPicker(room.desk, self._find, reference.say("trail.one_pupil"), several=False)
        self.export_button = Button(reference.say("trail.export"), icon="download", press=self.choose_file)
        self.notice = Notice("danger", "", dismissable=True)
        self.notice.hide()
        self.table = RecordTable(
            reference.say("trail.title"),
            (
                Column(reference.say("trail.column_who"), 200),
                Column(reference.say("trail.column_what"), 0),
            ),
        )
        self.empty = EmptyPlace(reference.say("trail.nothing"), icon="history")
        self.empty.hide()
        fields = (
            Field(reference.say("trail.column_who"), self.person),
            Field(reference.say("trail.column_what"), self.kind),
            Field(reference.say("trail.column_when"), self.period),
        )
        for each in (self.person, self.kind, self.period):
            each.chosen.connect(lambda _: self.ask())
        self.pupil.changed.connect(self.ask)
        self.table.more_wanted.connect(lambda _: self._ask_more())
        self.table.opened.connect(self._open)
        top = row((Text(reference.say("trail.why"), "body", wrap=True), 1), self.export_button, gap=16)
        about = Field(reference.say("trail.column_about"), self.pupil)
        self.setLayout(col(top, flow(*fields, about), self.notice, (self.table, 1), (self.empty, 1), gap=12))
        self.restyle()

    def restyle(self) -> None:
        self.table.setMinimumHeight(theme().px(240))
        self.pupil.setMinimumWidth(theme().px(230))

    def ask(self) -> None:
        """Reads the newest page for what the filters say."""
        query = self.query()

        def read(place: Workplace) -> tuple[list[tuple[str, str]], list[trail.Line]]:
            people = staff.everybody(place.session.record)
            return [(each.id, each.name) for each in people], trail.activity(place.session, query, limit=PAGE)

        self.room.ask(self, read, lambda found: self._show(*found), self._refused, replace="activity")

    def query(self) -> ActivityQuery:
        """What the filters ask for."""
        days = _PERIODS[self.period.value()]
        picked = self.pupil.chosen()
        return ActivityQuery(
            by=self.person.value() or None,
            pupil=picked[0].id if picked else None,
            what=trail.KINDS_OF_ACTIVITY[self.kind.value()] if self.kind.value() else (),
            since=self.room.app.clock.today() - timedelta(days=days) if days else None,
        )

    def choose_file(self) -> None:
        name = f"{reference.say('trail.title')} {self.room.app.clock.today().isoformat()}.csv"
        ask_to_save(self, reference.say("trail.export"), name, "CSV (*.csv)", self.export)

    def export(self, path: Path) -> None:
        """Writes what the filters ask for, all of it, and notes that it left the record."""
        query = self.query()
        self.room.ask(self, lambda place: trail.activity_list(place.session, query), lambda found: self._write(found, path), self._refused)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _write(self, content: ListContent, path: Path) -> None:
        documents = self.room.place.documents

        def work() -> bytes:
            return documents.list_csv(content)

        def note(made: bytes) -> None:
            purpose, recipient = reference.say("trail.exported_for"), path.name
            save_out(
                self.room,
                self,
                path,
                lambda _: made,
                what=content.title,
                recipient=recipient,
                purpose=purpose,
                pupil=None,
                then=lambda: self.room.ways.toast(reference.say("trail.exported", file=path.name)),
                refused=self._refused,
            )

        self.room.aside(self, work, note, self._refused)

    def _show(self, people: list[tuple[str, str]], lines: list[trail.Line]) -> None:
        self.person.offer([("", reference.say("trail.anybody")), *people], self.person.value())
        self._lines = {}
        rows = self._rows(lines)
        self.table.show_rows(rows, more=len(lines) == PAGE)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _ask_more(self) -> None:
        query, last = self.query(), self._last
        if last is None:
            return
        self.room.ask(
            self,
            lambda place: trail.activity(place.session, query, limit=PAGE, before=last.mark),
            lambda lines: self.table.add_rows(self._rows(lines), more=len(lines) == PAGE),
            self._refused,
            replace="activity",
        )

    def _rows(self, lines: list[trail.Line]) -> list[TableRow]:
        rows = []
        for each in lines:
            key = f"{each.mark[1]} {each.mark[2]}"
            self._lines[key] = self._last = each
            moment = each.at.astimezone()
            when = reference.say("trail.moment", day=short_date(moment.date()), time=f"{moment:%H:%M}")
            rows.append(TableRow(key, (Cell(each.who, sub=when), Cell(each.sentence, sub=each.about))))
        return rows

    def _open(self, key: str) -> None:
        line = self._lines.get(key)
        if line is not None and line.pupil:
            self.room.ways.go("pupil", pupil=line.pupil)

    def _find(self, text: str) -> list[Pick]:
        rows = find_pupils(self.room.place.session.record, text)
        return [Pick(each.id, each.name, place_words(each.year, each.reg_group)) for each in rows]

    def _refused(self, message: PlainMessage) -> None:
        self.notice.say(reference.explain(message))
        self.notice.show()
