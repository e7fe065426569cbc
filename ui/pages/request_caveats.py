"""What of a form and of its council is not known, at the top of the builder; and that a form is no longer on this computer."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.reference import say
from sencoapp.services.council_forms import is_gone
from ui.pages.request_content import RequestContent
from ui.widgets import Button, Notice, col


class FormCaveats(QWidget):
    """One quiet notice. It is folded away for as long as the window lives, form by form; what is gone is always said."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._form = ("", "")
        self._folded = False
        self._turned: dict[tuple[str, str], bool] = {}
        self.turn = Button("", "link", press=self._turn)
        self.notice = Notice("info", "", self.turn)
        self.setLayout(col(self.notice, margins=(24, 10, 24, 0)))
        self.hide()

    def show_content(self, content: RequestContent) -> None:
        """Shows what is not known of the form of a request."""
        form = content.page.form
        self._form = (str(form["council"]), str(form["id"]))
        self._words = caveats_of(form, content.page.council)
        gone = is_gone(form)
        self.notice.become("warning" if gone else "info")
        self.turn.setVisible(not gone)
        if gone:
            self._turned[self._form] = True
        self.setVisible(bool(self._words))
        self._say()

    def be_folded(self, folded: bool) -> None:
        """Beside a later step, and where there is little room, it is folded unless a person has opened it."""
        if folded != self._folded:
            self._folded = folded
            self._say()

    def _open(self) -> bool:
        return self._turned.get(self._form, not self._folded)

    def _turn(self) -> None:
        self._turned[self._form] = not self._open()
        self._say()

    def _say(self) -> None:
        words = self._words if self._open() else say("request_page.caveats_folded")
        if self._words and words != self.notice.accessibleName():
            self.notice.say(words)
        self.turn.setText(say("request_page.caveats_hide" if self._open() else "request_page.caveats_show"))
        self.turn.setAccessibleName(say("request_page.caveats_hide_named" if self._open() else "request_page.caveats_show_named"))


def caveats_of(form: Mapping[str, Any], council: Mapping[str, Any]) -> str:
    """What is to be confirmed about a form, then about its council; empty where all is known."""
    said = [str(each.get("confirm", "")) for each in (form, council)]
    return "\n".join(dict.fromkeys(filter(None, said)))


def where_sent(form: Mapping[str, Any]) -> tuple[str, str]:
    """Where a form is sent, in the words of its file, and the email address and telephone number as far as they are known."""
    to = form["send_to"]
    return str(to["words"]), " · ".join(filter(None, (to["email"], to["phone"])))
