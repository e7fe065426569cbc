"""What services ask of the record about golden threads; a part of the ``Record`` port."""

from datetime import date
from typing import Protocol

from sencoapp.domain.golden_thread import PupilThread


class ReadsThreads(Protocol):
    def threads(self, today: date, *, pupil: str | None = None) -> list[PupilThread]:
        """The threads of the pupils on roll with SEN or an open plan, in order of name; of one pupil, whatever their status."""
