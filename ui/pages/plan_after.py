"""What may still be done about a closed plan: note a copy that was given, and say beside it what it should have said."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.domain.record import Saved
from sencoapp.services import reviewing
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask, AskRow
from ui.pages.plan_context import PlanContext
from ui.pages.record_sheet import Entry, open_entry
from ui.pages.review_form import wording
from ui.widgets import Button, Text, col, flow

ABOUT = ("plan", "decision", "meeting", "views")


class AfterClosing(QWidget):
    """Two buttons; each opens a sheet that keeps a draft."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self.copy = Button(wording("give_copy"), "quiet", icon="copy", press=self._give_copy)
        self.correct = Button(wording("correct"), "quiet", icon="pencil", press=self._correct)
        self.setLayout(col(flow(self.copy, self.correct, gap=8), gap=0))

    def _give_copy(self) -> None:
        cycle = self._context.case.cycle

        def save(session: Session, values: Mapping[str, Any]) -> Saved:
            return reviewing.give_copy(session, cycle.id, given_to=values["given_to"] or "", given_on=values["given_on"], how=values["how"])

        asks = [
            Ask("given_to", wording("copy_to")),
            Ask("given_on", wording("copy_on"), "day", what=wording("copy_what"), past=True),
            Ask("how", wording("copy_how"), optional=True),
        ]
        self._open(
            Entry(
                title=wording("copy_title", number=cycle.number),
                save_words=wording("copy_save"),
                rows=asks,
                values={"given_on": self._context.case.today},
                draft=f"plan_copy.{cycle.id}",
                write=save,
                said=lambda values: wording("copy_said", to=values["given_to"]),
            )
        )

    def _correct(self) -> None:
        case = self._context.case
        assert case.page is not None
        cycle = case.cycle
        about = [(f"outcome:{each.id}", wording("about_outcome", number=each.number)) for each in case.page.outcomes]
        about += [(each, wording(f"about_{each}")) for each in ABOUT]

        def save(session: Session, values: Mapping[str, Any]) -> Saved:
            said = {each: values[each] or "" for each in ("about", "text", "reason")}
            return reviewing.correct_cycle(session, cycle.id, **said)

        asks: list[AskRow] = [
            Text(wording("correct_note"), "ui", wrap=True),
            Ask("about", wording("correct_about"), "choice", options=about),
            Ask("text", wording("correct_text"), "words"),
            Ask("reason", wording("correct_reason"), "words", lines=2),
        ]
        self._open(
            Entry(
                title=wording("correct_title", number=cycle.number),
                save_words=wording("correct_save"),
                rows=asks,
                values={"about": about[0][0]},
                draft=f"correction.{cycle.id}",
                write=save,
                said=lambda _: wording("correct_said", number=cycle.number),
            )
        )

    def _open(self, entry: Entry) -> None:
        open_entry(self._context.room, self._context.owner, entry, self._context.case.today)
