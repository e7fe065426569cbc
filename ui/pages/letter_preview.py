"""Letters as they will be printed, one at a time, before any of them is kept or saved."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.services.letters import Letter
from sencoapp.services.ports import TakenIn
from ui.pages.preview import PreviewPane
from ui.room import Room
from ui.theme import theme
from ui.widgets import STRETCH, Button, Choice, Notice, col, row

say = reference.say

_LEAST, _MOST = 300, 560
_AROUND = 330
"""What stands above and below the letter, in design pixels."""


class LetterPreview(QWidget):
    """``save`` is called when a person has looked; ``back`` where the words are to be changed first."""

    def __init__(self, room: Room, save: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._made: Sequence[tuple[Letter, TakenIn]] = ()
        self.which = Choice(say("letters.which"), [])
        self.which.chosen.connect(lambda _: self._draw())
        self.care = Notice("info", say("letters.is_large"))
        self.pane = PreviewPane(room)
        self.save_button = Button(say("letters.save"), "primary", press=save)
        self.back_button = Button(say("letters.back"), press=back)
        self.setLayout(col(self.which, self.care, (self.pane, 1), row(self.save_button, self.back_button, STRETCH, gap=8), gap=12))
        self.restyle()

    def show_letters(self, made: Sequence[tuple[Letter, TakenIn]]) -> None:
        """Shows the first; the others are chosen by whom they go to."""
        self._made = made
        self.restyle()
        self.which.offer([(each.contact.id, each.contact.name) for each, _ in made])
        self.which.setVisible(len(made) > 1)
        self._draw()

    def restyle(self) -> None:
        """As much of a letter as the window has room for; where the text is large the window is no larger."""
        room = self.window().height() - theme().px(_AROUND)
        self.pane.setMinimumHeight(max(min(theme().px(_LEAST), _LEAST), min(theme().px(_MOST), room)))

    def _draw(self) -> None:
        chosen = [(letter, paper) for letter, paper in self._made if letter.contact.id == self.which.value()]
        for letter, paper in chosen[:1]:
            self.care.setVisible(letter.content["large_print"])
            self.pane.show_pdf(paper.content, letter.filename)
