"""Keeps what is typed in a form, 400 ms after the last key and when the focus leaves, until it is saved or thrown away."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from sencoapp import reference
from ui.room import Room
from ui.widgets import Button, ChipChoice, Choice, LineField, Notice, TextArea

PAUSE_MS = 400


class FormDraft(QObject):
    """``read`` gives the content of the form as plain values. ``form`` names the draft in the record."""

    def __init__(self, room: Room, owner: QObject, form: str, read: Callable[[], Mapping[str, Any]]) -> None:
        super().__init__(owner)
        self._room, self._form, self._read = room, form, read
        self.start: dict[str, Any] = {}
        self._last: dict[str, Any] = {}
        self._done = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    @property
    def form(self) -> str:
        return self._form

    def began_with(self, content: Mapping[str, Any]) -> None:
        """What the form showed when it opened: as long as nothing differs from it there is nothing to keep."""
        self.start = self._last = dict(content)

    def touch(self) -> None:
        """Something was typed or chosen."""
        self._pause.start()

    def keep(self) -> None:
        """Keeps what differs from before, at once."""
        self._pause.stop()
        content = dict(self._read())
        if self._done or content == self._last:
            return
        self._last = content
        form = self._form
        self._room.ask(self, lambda place: place.session.record.keep_draft(form, content), lambda _: None)

    def drop(self) -> None:
        """The form was saved or thrown away."""
        self._done = True
        self.forget()

    def forget(self) -> None:
        """Lets the draft go; what is typed from now on is kept again."""
        self._pause.stop()
        self._last = {}
        form = self._form
        self._room.ask(self, lambda place: place.session.record.drop_draft(form), lambda _: None)


class DraftOf(QObject):
    """The draft of a whole form: every field within ``fields`` by its place and name, with no more to do than to say what it is called.

    ``form`` names the draft, with the id of the thing or the pupil in it. ``notice`` says that a draft was restored, with a way to
    discard it; the form lays it out. Call ``began`` when the form shows what the record holds, and ``saved`` when it was saved.
    """

    def __init__(self, room: Room, fields: QWidget, form: str) -> None:
        super().__init__(fields)
        self._room, self._fields = room, fields
        self._start: dict[str, Any] | None = None
        """What the record holds; None until the form shows it."""
        discard = Button(reference.say("pupil.discard"), "link", press=self.discard)
        self.notice = Notice("info", reference.say("pupil.draft_restored"), discard)
        self.notice.hide()
        self._draft = FormDraft(room, self, form, self.changed)
        for part in self._parts().values():
            for signal in _signals(part):
                signal.connect(lambda *_: self._draft.touch())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_went)

    def began(self) -> None:
        """What stands in the form now is what the record holds; a draft that was kept is put back over it."""
        self._start = self._typed()
        form = self._draft.form
        self._room.ask(self, lambda place: place.session.record.draft(form), self._restore, replace="draft")

    def saved(self) -> None:
        """What was typed is in the record, or is to be forgotten: the draft goes, and the form begins anew."""
        self._draft.forget()
        self.notice.hide()
        self._start = self._typed()

    def discard(self) -> None:
        for key, part in self._parts().items():
            if key in (self._start or {}):
                _put(part, (self._start or {})[key])
        self.saved()

    def changed(self) -> dict[str, Any]:
        """What differs from the record: a draft that is taken up later must not carry old values over newer ones."""
        start = self._start
        return {} if start is None else {key: typed for key, typed in self._typed().items() if typed != start.get(key)}

    def _restore(self, draft: Mapping[str, Any] | None) -> None:
        parts = self._parts()
        kept = {key: typed for key, typed in (draft or {}).items() if key in parts}
        for key, typed in kept.items():
            _put(parts[key], typed)
        self.notice.setVisible(bool(kept))

    def _focus_went(self, before: QWidget | None, _now: QWidget | None) -> None:
        if before is not None and self._fields.isAncestorOf(before):
            self._draft.keep()

    def _typed(self) -> dict[str, Any]:
        return {key: _typed_in(part) for key, part in self._parts().items()}

    def _parts(self) -> dict[str, QWidget]:
        """The fields in their order; the number tells two of one name apart."""
        parts = [each for each in self._fields.findChildren(QWidget) if isinstance(each, LineField | TextArea | Choice | ChipChoice)]
        return {f"{number} {each.accessibleName()}": each for number, each in enumerate(parts)}


def _signals(part: QWidget) -> list[Any]:
    if isinstance(part, LineField):
        return [part.textChanged]
    return [part.textChanged] if isinstance(part, TextArea) else [part.chosen] if isinstance(part, Choice | ChipChoice) else []


def _typed_in(part: QWidget) -> Any:
    if isinstance(part, LineField):
        return part.text()
    if isinstance(part, TextArea):
        return part.words()
    return part.value() if isinstance(part, Choice) else list(part.values()) if isinstance(part, ChipChoice) else None


def _put(part: QWidget, typed: Any) -> None:
    if isinstance(part, LineField):
        part.setText(str(typed))
    elif isinstance(part, TextArea):
        part.set_words(str(typed))
    elif isinstance(part, Choice):
        part.choose(str(typed))
    elif isinstance(part, ChipChoice):
        part.choose(*typed)
