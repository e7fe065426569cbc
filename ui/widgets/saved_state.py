"""What is kept, in words: "Saved on this computer 10:42"."""

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from ui.dates import clock, nearby
from ui.widgets.announce import announce
from ui.widgets.layout import row
from ui.widgets.text import Icon, note


class SavedState(QWidget):
    """A tick and the words. Empty until something was saved."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("", "success", 16)
        self._words = note("")
        self.setLayout(row(self._icon, self._words, gap=6))

    def words(self) -> str:
        return self._words.text()

    def saved(self, moment: datetime) -> None:
        self._say("check", reference.say("shell.saved_at", time=clock(moment)))
        announce(self._words.text(), self)

    def kept_since(self, moment: datetime, today: date) -> None:
        """When it was last saved, which nobody needs to be told of now; with its day where that is not today."""
        day = moment.astimezone().date()
        time = clock(moment) if day == today else reference.say("shell.time_on", day=nearby(day, today), time=clock(moment))
        self._say("check", reference.say("shell.saved_at", time=time))

    def draft_saved(self, moment: datetime) -> None:
        """A draft is kept; that is not announced, it happens while somebody types."""
        self._say("check", reference.say("shell.draft_saved_at", time=clock(moment)))

    def saving(self) -> None:
        self._say("", reference.say("shell.saving"))

    def not_saved(self) -> None:
        self._say("", reference.say("shell.not_saved"))

    def clear(self) -> None:
        """Nothing to say: what stands in the form is neither kept nor lost."""
        self._say("", "")

    def _say(self, icon: str, words: str) -> None:
        self._icon.show_icon(icon, "success")
        self._words.setText(words)
