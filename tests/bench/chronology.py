"""A pupil's timeline of 20,000 entries: to its first paint, and scrolling through it frame by frame."""

import shutil
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import New
from sencoapp.services.ports import RegisterQuery
from tests.bench.data import open_school
from tests.bench.measure import Figure, compare
from tests.bench.rooms import Opened

ENTRIES = 20_000
FRAMES = 120
STEP = 90
AREAS = ("ci", "cl", "semh", "sp")
KINDS = ("strength", "concern", "progress", "support")
WORDS = "He read the page aloud with a partner, asked for help with one word and did not want to stop when the bell went. "


def long_timeline(school: Path) -> Path:
    """The school of 200,000 notes, and one more pupil with a timeline of 20,000 entries. Made once, beside the school."""
    folder = school.with_name(f"{school.name}-timeline")
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(school, folder)
        (folder / "done").unlink()
        place = open_school(folder)
        session, new = place.session, place.session.ids.new
        pupil = Pupil(new(), "Aaaa", "Long", birth_date=date(2016, 3, 4), year="6", reg_group="6A")
        session.record.save([New(pupil)], action="bench", actor=session.actor)
        today = date(2026, 11, 24)
        for start in range(0, ENTRIES, 1_000):
            notes = [
                Observation(
                    new(),
                    pupil.id,
                    f"Note {number}. " + WORDS * (number % 4),
                    KINDS[number % 4],  # type: ignore[arg-type]
                    today - timedelta(days=number // 12),
                    datetime(2026, 11, 24, tzinfo=UTC),
                    session.actor.id,
                    f"Person {number % 9}",
                    area=AREAS[number % 4],  # type: ignore[arg-type]
                )
                for number in range(start, start + 1_000)
            ]
            session.record.save([New(each) for each in notes], action="bench", actor=session.actor)
        place.close()
        (folder / "done").touch()
    return folder


def measure(school: Path) -> list[Figure]:
    """The floors: the same list painted from rows that are in hand, and the same scrolling of a bare table of as many rows."""
    opened = Opened(long_timeline(school))
    try:
        shown = _Shown(opened)
        return [
            compare("first paint of 20,000 entries", shown.open, "the same rows, in hand", shown.paint, limit=100, rounds=15),
            compare("scrolling them, p95 of frames", shown.scroll, "a bare table", shown.scroll_bare, limit=16.7, rounds=9),
        ]
    finally:
        opened.close()


class _Shown:
    def __init__(self, opened: Opened) -> None:
        from PySide6.QtWidgets import QTableView

        from ui.pages.pupil_timeline import TimelineTab
        from ui.widgets.table_model import Cell, Column, RecordTableModel, TableRow

        self._opened = opened
        self._pupil = opened.record(lambda place: place.session.record.register(RegisterQuery(text="Aaaa"), limit=1)[0].id)
        self._tab = TimelineTab(opened.room)
        opened.show(self._tab)
        self._bare = QTableView()
        model = RecordTableModel((Column("", 200), Column("", 600)), self._bare)
        model.show([TableRow(str(number), (Cell(f"{number}"), Cell(WORDS))) for number in range(ENTRIES)])
        self._bare.setModel(model)
        self._bare.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        opened.show(self._bare)

    def open(self) -> float:
        """From the wish to see a pupil's timeline to its first fifty entries painted; counting them comes later."""
        tab = self._tab
        tab._pupil = ""
        tab.show_for(self._pupil)
        self._opened.settle()
        tab._pupil = ""
        start = time.perf_counter()
        tab.show_for(self._pupil)
        while tab._asking:
            self._opened.turn()
        tab.repaint()
        tab.list.viewport().repaint()
        took = time.perf_counter() - start
        self._opened.settle()
        return took

    def paint(self) -> float:
        rows = list(self._tab.list._rows._rows)
        start = time.perf_counter()
        self._tab.list.show_rows(rows, more=True)
        self._tab.repaint()
        self._tab.list.viewport().repaint()
        return time.perf_counter() - start

    def scroll(self) -> float:
        """Downwards from where it stands, with the pages that have to be fetched on the way."""
        return self._frames(self._tab.list)

    def scroll_bare(self) -> float:
        return self._frames(self._bare)

    def _frames(self, table: object) -> float:
        """The frame of which five in a hundred took longer: the bar moves, what has arrived and what came into sight is painted."""
        bar = table.verticalScrollBar()  # type: ignore[attr-defined]
        frames = []
        for _ in range(FRAMES):
            start = time.perf_counter()
            bar.setValue(bar.value() + STEP)
            self._opened.turn()
            frames.append(time.perf_counter() - start)
        return sorted(frames)[round(0.95 * (FRAMES - 1))]
