"""What a person should look through before a copy goes out from which something is withheld."""

from sencoapp.reference import say
from sencoapp.services.withheld import Told
from ui.widgets import Notice


class WithheldNotice(Notice):
    """Says which documents go out under another name, where words are withheld, and which names still stand; hidden where nothing is."""

    def __init__(self) -> None:
        super().__init__("warning", "")
        self.hide()

    def tell(self, told: Told) -> None:
        words = " ".join(_lines(told))
        if words and words != self.accessibleName():  # it is read out when it is said
            self.say(words)
        self.setVisible(bool(words))


def _lines(told: Told) -> list[str]:
    lines = []
    if told.renamed:
        key = "told_renamed_one" if len(told.renamed) == 1 else "told_renamed"
        lines.append(say(f"withhold.{key}", letters=", ".join(told.renamed)))
    if told.passages:
        lines.append(say("withhold.told_passages_one" if told.passages == 1 else "withhold.told_passages", count=told.passages))
    if told.names:
        lines.append(say("withhold.told_names", names="; ".join(told.names)))
    return lines
