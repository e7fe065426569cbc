"""Spell-check in British English: what is unknown is underlined by a wave, and the keyboard reaches suggestions (Ctrl+.).

The dictionary is loaded away from the window when the first text of an open record gets the focus, never at the start. Without
the library there is no underline, and Settings says so.
"""

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from sencoapp import reference
from ui.theme import theme
from ui.widgets.announce import announce

if TYPE_CHECKING:
    from ui.room import Room

_WORD = re.compile(r"(?<![\w@./\\])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@/\\]|\.\w)")
_MOST_SUGGESTIONS = 6
_MARKED = "spelling"


def is_there() -> bool:
    """Whether the library that knows the dictionary is installed."""
    return find_spec("hunspell") is not None


class Spelling(QObject):
    """One for the program; it knows a record's words only while the record is open."""

    changed = Signal()
    """What counts as a mistake has changed: texts are looked over again."""

    def __init__(self) -> None:
        super().__init__()
        self._room: Room | None = None
        self._dictionary: Any = None
        self._asked = False
        self._known: frozenset[str] = frozenset()

    def open(self, room: "Room") -> None:
        """A record was opened. Nothing is loaded yet."""
        self._room, self._asked = room, False

    def close(self) -> None:
        """The record locks: its names and words are let go of."""
        self._room, self._known = None, frozenset()

    def look_over(self, text: QTextEdit) -> None:
        """A text gets the focus: its mistakes are marked from now on."""
        if self._room is None or text.isReadOnly() or not is_there():
            return
        if text.document().findChild(Marks) is None:
            Marks(text, self)
        if not self._asked:
            self._asked = True
            self._load(self._room)

    def is_ready(self) -> bool:
        return self._room is not None and self._dictionary is not None

    def is_right(self, word: str) -> bool:
        plain = word.replace("’", "'")
        owned = plain.removesuffix("'s")
        if plain.isupper() or plain.casefold() in self._known or owned.casefold() in self._known:
            return True
        return bool(self._dictionary.spell(plain)) or all(self._is_known(part) for part in plain.split("-"))

    def suggestions(self, word: str) -> Sequence[str]:
        """The likeliest first; about fifty milliseconds."""
        return tuple(self._dictionary.suggest(word.replace("’", "'")))[:_MOST_SUGGESTIONS]

    def add(self, word: str, owner: QObject) -> None:
        """Keeps a word in the personal dictionary, in the record."""
        room = self._room
        if room is None:
            return
        from sencoapp.services.spelling import add_word

        room.do(owner, lambda place: add_word(place.session, word.replace("’", "'")), lambda _: self.read_again())
        room.ways.toast(reference.say("spelling.added", word=word))

    def read_again(self) -> None:
        """The personal dictionary has changed."""
        if self._room is not None and self._asked:
            self._ask_words(self._room)

    def _is_known(self, part: str) -> bool:
        return part.casefold() in self._known or bool(self._dictionary.spell(part))

    def _load(self, room: "Room") -> None:
        self._ask_words(room)
        if self._dictionary is None:
            room.aside(self, _dictionary, self._loaded)

    def _loaded(self, dictionary: Any) -> None:
        self._dictionary = dictionary
        self.changed.emit()

    def _ask_words(self, room: "Room") -> None:
        from sencoapp.services.spelling import names_known, own_words

        room.ask(self, lambda place: [*own_words(place.session), *names_known(place.session)], self._know, replace="words")

    def _know(self, words: Sequence[str]) -> None:
        if self._room is not None:
            self._known = frozenset(each.casefold() for each in (*words, *_school_words()))
            self.changed.emit()


def _dictionary() -> Any:
    return import_module("hunspell").Hunspell("en_GB", hunspell_data_dir=str(reference.path_of("spelling")))


def _school_words() -> list[str]:
    return reference.path_of("spelling", "school_words.txt").read_text("utf-8").split()


class Marks(QSyntaxHighlighter):
    """The waves below the unknown words of one text. The word that is being typed is left alone until it is finished."""

    def __init__(self, text: QTextEdit, spelling: Spelling) -> None:
        self._text, self._spelling = text, spelling
        before = text.blockSignals(True)  # marking is no writing: whatever keeps what is typed must not hear of it
        super().__init__(text.document())
        QCoreApplication.sendPostedEvents(self)  # Qt wants to look at the whole text a little later: it does so now
        text.blockSignals(before)
        spelling.changed.connect(self.look_again)
        theme().changed.connect(self.look_again)

    def look_again(self) -> None:
        """Marks anew; nothing that follows what is typed hears of it."""
        before = self._text.blockSignals(True)
        self.rehighlight()
        self._text.blockSignals(before)

    def highlightBlock(self, words: str) -> None:
        if not self._spelling.is_ready():
            return
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(theme().colour("danger"))
        cursor = self._text.textCursor()
        typed = cursor.positionInBlock() if self._text.hasFocus() and cursor.block() == self.currentBlock() else -1
        for start, word in mistakes(words, self._spelling):
            if start + len(word) != typed:
                self.setFormat(start, len(word), wave)


def mistakes(words: str, spelling: Spelling) -> Iterator[tuple[int, str]]:
    """Where the unknown words of a text begin, and what they are."""
    for found in _WORD.finditer(words):
        if len(found.group()) > 1 and not spelling.is_right(found.group()):
            yield found.start(), found.group()


_spelling: list[Spelling] = []


def spelling() -> Spelling:
    """The one of this program."""
    if not _spelling:
        _spelling.append(Spelling())
    return _spelling[0]


# ---- what a person does with an unknown word -----------------------------------------------------------------------------------


def mistake_at(text: QTextEdit, position: int, *, or_next: bool = False) -> QTextCursor | None:
    """The unknown word at a place of a text, selected; with ``or_next`` the next one, round to the beginning."""
    if not spelling().is_ready():
        return None
    found = list(mistakes(text.toPlainText(), spelling()))
    here = [each for each in found if each[0] <= position <= each[0] + len(each[1])]
    after = [each for each in found if each[0] > position] or found
    chosen = (here or (after if or_next else []))[:1]
    if not chosen:
        return None
    cursor = QTextCursor(text.document())
    cursor.setPosition(chosen[0][0])
    cursor.setPosition(chosen[0][0] + len(chosen[0][1]), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def offer(text: QTextEdit, cursor: QTextCursor, menu: QMenu) -> None:
    """Puts the suggestions for the selected word at the top of a menu, and the way into the personal dictionary."""
    word, first = cursor.selectedText(), menu.actions()[0] if menu.actions() else None
    made = []
    for each in spelling().suggestions(word):
        action = menu.addAction(each)
        action.triggered.connect(lambda _=False, each=each: cursor.insertText(each))
        made.append(action)
    if not made:
        none = menu.addAction(reference.say("spelling.no_suggestion"))
        none.setEnabled(False)
        made.append(none)
    own = menu.addAction(reference.say("spelling.add", word=word))
    own.triggered.connect(lambda: spelling().add(word, text))
    if first is not None:
        for action in (*made, own):
            menu.insertAction(first, action)
        menu.insertSeparator(first)


def open_suggestions(text: QTextEdit) -> QMenu | None:
    """For the keyboard: goes to the unknown word at or after the cursor and lays its suggestions below it."""
    cursor = mistake_at(text, text.textCursor().position(), or_next=True)
    if cursor is None:
        announce(reference.say("spelling.none_unknown"), text)
        return None
    text.setTextCursor(cursor)
    menu = QMenu(text)
    offer(text, cursor, menu)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(text.viewport().mapToGlobal(text.cursorRect(cursor).bottomLeft()))
    menu.setActiveAction(menu.actions()[0])
    return menu
