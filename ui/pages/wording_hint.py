"""Below a text of the plan: the words in it that leave something open, and why. It advises and stops nothing."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from sencoapp import reference
from sencoapp.domain.specificity import Kind, Part
from ui.pages.plan_words import counted, wording
from ui.widgets import STRETCH, Button, Icon, Text, TextArea, col, row


class WordingHint(QWidget):
    """Follows what is typed in ``source``; out of sight while nothing is open. ``said`` are parts that other fields say.

    ``offer`` opens what says it exactly, for the place of the first sentence that leaves something open; ``offered`` are the words
    on its button. Call ``look`` when the text was put in by the program.
    """

    def __init__(
        self,
        source: TextArea | QLineEdit,
        kind: Kind,
        said: frozenset[Part] = frozenset(),
        *,
        offer: Callable[[int, int], object] | None = None,
        offered: str = "",
    ) -> None:
        super().__init__()
        self._source, self._kind, self._said, self._offer = source, kind, said, offer
        self._place = (0, 0)
        self.words = Text("", "small", "muted", wrap=True)
        self.exactly = Button(offered, "link", press=self._open) if offer else None
        button = row(24, self.exactly, STRETCH, gap=0) if self.exactly else None
        self.setLayout(col(row(Icon("info", "muted", 16), (self.words, 1), gap=8), button, gap=2))
        source.textChanged.connect(lambda *_: self.look())
        self.hide()

    def look(self) -> None:
        """Reads the text anew."""
        text = self._source.words() if isinstance(self._source, TextArea) else self._source.text()
        rules = reference.wording_rules()
        found = rules.check(text, self._kind, self._said)
        if found.flags:
            first, more = found.flags[0], len(found.flags) - 1
            said = [wording("open_word", words=first.words, why=first.why)]
            sentence = found.sentence_of(first)
            self._place = (sentence.start, sentence.end)
            missing = rules.missing(sentence) if self._kind == "provision" else ()
            if missing:
                said.append(wording("open_missing", parts=", ".join(missing)))
            if more:
                said.append(counted("open_more", more))
            self.words.setText(" ".join(said))
        self.setVisible(bool(found.flags))

    def _open(self) -> None:
        if self._offer is not None:
            self._offer(*self._place)
