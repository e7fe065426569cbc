"""Below a text of the plan: the words in it that leave something open, and why. It advises and stops nothing."""

from PySide6.QtWidgets import QLineEdit, QWidget

from sencoapp import reference
from sencoapp.domain.specificity import Kind, Part
from ui.pages.plan_words import counted, wording
from ui.widgets import Icon, Text, TextArea, col, row


class WordingHint(QWidget):
    """Follows what is typed in ``source``; out of sight while nothing is open. ``said`` are parts that other fields say.

    Call ``look`` when the text was put in by the program.
    """

    def __init__(self, source: TextArea | QLineEdit, kind: Kind, said: frozenset[Part] = frozenset()) -> None:
        super().__init__()
        self._source, self._kind, self._said = source, kind, said
        self.words = Text("", "small", "muted", wrap=True)
        self.setLayout(col(row(Icon("info", "muted", 16), (self.words, 1), gap=8), gap=0))
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
            missing = rules.missing(found.sentence_of(first)) if self._kind == "provision" else ()
            if missing:
                said.append(wording("open_missing", parts=", ".join(missing)))
            if more:
                said.append(counted("open_more", more))
            self.words.setText(" ".join(said))
        self.setVisible(bool(found.flags))
