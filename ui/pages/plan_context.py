"""What the parts of the Plan tab share: the room, the case in sight, and the ways to change a cycle."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import plans
from sencoapp.services.ports import Session
from ui.pages.deeds import Deeds
from ui.pages.kept_text import KeptText, SaveText
from ui.pages.plan_case import PlanCase, cycle_form
from ui.pages.plan_words import wording
from ui.room import Room


class PlanContext:
    """One for each Plan tab. ``case`` is what the tab shows; it is set before any part shows it."""

    def __init__(self, room: Room, owner: QObject, go_to_stage: Callable[[str], None], start_over: Callable[[str | None], None]) -> None:
        self.room = room
        self.owner = owner
        """The tab itself: it outlives the sheets and lists that ask for something."""
        self.deeds = Deeds(room)
        self.go_to_stage = go_to_stage
        self.start_over = start_over
        """Shows another cycle of the pupil, or the newest where none is named."""
        self.change_outcome: Callable[[Outcome], object] = lambda _: None
        """Opens the sheet of an outcome; set by the tab, since the sheet knows this context."""
        self._case: PlanCase | None = None

    @property
    def case(self) -> PlanCase:
        assert self._case is not None
        return self._case

    def has_case(self) -> bool:
        return self._case is not None

    def show(self, case: PlanCase) -> None:
        self._case = case
        self.deeds.showing(case.position)

    def change_cycle(
        self,
        owner: QObject,
        then: Callable[[Saved], None] | None = None,
        on_refused: Callable[[PlainMessage], None] | None = None,
        **values: Any,
    ) -> None:
        """Sets fields of the cycle in sight."""
        shown = self.case.cycle
        wanted = replace(shown, **values)
        self.deeds.do(owner, lambda session, as_of: plans.change_cycle(session, shown, wanted, as_of=as_of), then, on_refused)

    def change_with_undo(self, owner: QObject, words: str, then: Callable[[Saved], None] | None = None, **values: Any) -> None:
        """Sets fields of the cycle in sight, says so, and sets them back where Undo is pressed."""
        shown = self.case.cycle
        wanted = replace(shown, **values)

        def said(saved: Saved) -> None:
            self.room.ways.toast(words, saved)
            if then is not None:
                then(saved)

        self.deeds.do(owner, lambda session, as_of: plans.change_cycle(session, shown, wanted, as_of=as_of), said)

    def cycle_text(self, field: str, *, lines: int = 3, hint: bool = False) -> KeptText:
        """A field for one text of the cycle, labelled ``label_<field>``."""
        words = wording(f"hint_{field}") if hint else ""
        return KeptText(self.room, self.deeds, wording(f"label_{field}"), hint=words, lines=lines)

    def show_cycle_text(self, text: KeptText, field: str) -> None:
        """Shows the text of the cycle in sight, or its draft."""
        cycle = self.case.cycle
        form = cycle_form(cycle.id, field)
        text.show_text(form, getattr(cycle, field), self.case.draft(form), _saving(cycle, field), ("cycle", cycle.id, field))


def _saving(cycle: Cycle, field: str) -> SaveText:
    def save(session: Session, kept: str | None, wanted: str | None, as_of: int) -> Saved:
        before: dict[str, Any] = {field: kept}
        after: dict[str, Any] = {field: wanted}
        return plans.change_cycle(session, replace(cycle, **before), replace(cycle, **after), as_of=as_of)

    return save
