"""A quick note in the record of 200,000: from Ctrl+Enter to "saved", against saving the same note without a window."""

import time
from pathlib import Path

from sencoapp.services import observations
from sencoapp.services.ports import RegisterQuery
from tests.bench.measure import Figure, compare
from tests.bench.rooms import Opened
from tests.bench.saving import NOTE
from ui.widgets import Pick

NOTES = 20


def measure(school: Path) -> list[Figure]:
    opened = Opened(school)
    try:
        shown = _Shown(opened)
        return [compare("quick note, key to saved, p95", shown.save, "saving it, no window", shown.save_bare, limit=50, rounds=9)]
    finally:
        opened.close()


class _Shown:
    def __init__(self, opened: Opened) -> None:
        from PySide6.QtWidgets import QWidget

        from ui.pages.quick_entry import QuickEntry

        self._opened = opened
        host = QWidget()
        opened.show(host)
        self._pick = opened.record(lambda place: _pick_of(place.session.record.register(RegisterQuery(), limit=1)[0]))
        self._sheet = QuickEntry(opened.room)
        self._sheet.setParent(host)
        self._sheet.resize(1366, 768)

    def save(self) -> float:
        """The slowest but one of twenty: the keys go to the form, the note is saved, the words that say so are there."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        opened, sheet, took = self._opened, self._sheet, []
        for _ in range(NOTES):
            sheet.open_for(None)
            opened.settle()
            sheet.form.pupil.choose(self._pick)
            sheet.form.text.setPlainText(NOTE)
            sheet.keep_draft()
            opened.settle()
            said = len(opened.ways.said)
            start = time.perf_counter()
            QTest.keyClick(sheet.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            while len(opened.ways.said) == said:
                opened.turn()
            took.append(time.perf_counter() - start)
            opened.settle()
        return sorted(took)[-2]

    def save_bare(self) -> float:
        pupil, took = self._pick.id, []

        def work(place: object) -> None:
            for _ in range(NOTES):
                start = time.perf_counter()
                observations.record_observation(place.session, pupils=[pupil], text=NOTE)  # type: ignore[attr-defined]
                took.append(time.perf_counter() - start)

        self._opened.record(work)
        return sorted(took)[-2]


def _pick_of(row: object) -> Pick:
    return Pick(row.id, row.name, "")  # type: ignore[attr-defined]
