"""What a person should look through before a copy goes out from which something is withheld."""

from sencoapp.services.withheld import Told, told_words
from ui.widgets import Notice


class WithheldNotice(Notice):
    """Says which documents go out under another name, where words are withheld, and which names still stand; hidden where nothing is."""

    def __init__(self) -> None:
        super().__init__("warning", "")
        self.hide()

    def tell(self, told: Told) -> None:
        words = "\n".join(told_words(told))
        if words and words != self.accessibleName():  # it is read out when it is said
            self.say(words)
        self.setVisible(bool(words))
