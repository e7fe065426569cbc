"""What a note can say beyond its words: A-B-C, setting and lesson, and the outcome of the pupil's plan that it tells of."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.plan import Outcome, Rating
from ui.pages.plan_words import rating_words
from ui.widgets import ChipChoice, Choice, Field, LineField, col, side_by_side

ABC = ("antecedent", "behaviour", "consequence")
_LINES = (*ABC, "setting", "lesson")
_MOST_OF_OUTCOME = 70


class NoteMore(QWidget):
    """Hidden until it is asked for or holds something. An outcome can be chosen where one pupil has an open plan."""

    changed = Signal()

    def __init__(self, pause: QTimer) -> None:
        super().__init__()
        words = reference.say
        self._lines = {name: LineField() for name in _LINES}
        fields = {name: Field(words(f"notes.{name}"), line) for name, line in self._lines.items()}
        self.outcome = Choice(words("notes.outcome"), [("", words("notes.no_outcome"))])
        self.rating = ChipChoice(words("notes.rating"), [(each, rating_words(each)) for each in get_args(Rating)])
        self._outcome_field = Field(words("notes.outcome"), self.outcome)
        self._wanted = ""
        abc = [fields[name] for name in ABC]
        self.setLayout(col(*abc, side_by_side(fields["setting"], fields["lesson"]), self._outcome_field, self.rating, gap=10))
        for line in self._lines.values():
            line.textChanged.connect(lambda _: pause.start())
        self.outcome.chosen.connect(lambda _: self._outcome_chosen())
        self.outcome.chosen.connect(lambda _: self.changed.emit())
        self.rating.chosen.connect(self.changed)
        self.offer_outcomes(())
        self.hide()

    def offer_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """The outcomes of the one pupil's open plan; none hides the question."""
        kept = self.outcome.value() or self._wanted
        options = [(each.id, f"{each.number}. {each.text}"[:_MOST_OF_OUTCOME]) for each in outcomes]
        self.outcome.offer([("", reference.say("notes.no_outcome")), *options], kept)
        self._outcome_field.setVisible(bool(outcomes))
        self._outcome_chosen()

    def take_focus(self) -> None:
        self._lines["antecedent"].setFocus(Qt.FocusReason.OtherFocusReason)

    def tells_what_happened(self) -> bool:
        return any(self._lines[name].text().strip() for name in ABC)

    def content(self) -> dict[str, str]:
        """What stands here, for the draft."""
        lines = {name: line.text() for name, line in self._lines.items()}
        return {**lines, "outcome": self.outcome.value(), "outcome_rating": self.rating.value()}

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Puts a draft back. Its outcome is chosen as soon as the pupil's outcomes are known."""
        for name, line in self._lines.items():
            line.setText(str(content.get(name, "")))
        self._wanted = str(content.get("outcome", ""))
        self.outcome.choose(self._wanted if self.outcome.findData(self._wanted) >= 0 else "")
        self.rating.choose(*filter(None, (str(content.get("outcome_rating", "")),)))
        self.setVisible(any(map(content.get, (*_LINES, "outcome"))))

    def values(self) -> dict[str, Any]:
        """For ``services.observations.record_observation``."""
        return {name: value or None for name, value in self.content().items()}

    def _outcome_chosen(self) -> None:
        self.rating.setVisible(bool(self.outcome.value()))
