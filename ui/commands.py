"""Commands: each a ``QAction`` with a name, a shortcut that its tip shows, and other words by which it is found."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from sencoapp.domain.words import folded

if TYPE_CHECKING:
    from ui.widgets.suggestions import Suggestion


def command(
    owner: QWidget, words: str, run: Callable[[], object], *keys: str, icon: str = "", also: str = "", everywhere: bool = False
) -> QAction:
    """Makes a command and adds it to ``owner``.

    ``keys`` such as "Ctrl+N" ("Ctrl" is Command on a Mac); ``also`` are other words for it ("IEP" for Plans). It works while
    the focus is within ``owner``, or anywhere in the window with ``everywhere``.
    """
    action = QAction(words, owner)
    action.setShortcuts([QKeySequence(each) for each in keys])
    scope = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(scope)
    action.setProperty("icon_name", icon)
    action.setProperty("also", also)
    action.setToolTip(with_shortcut(words, action))
    action.triggered.connect(lambda: run())
    owner.addAction(action)
    return action


def shortcut_words(action: QAction) -> str:
    """ "Ctrl+N", or nothing."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def with_shortcut(words: str, action: QAction) -> str:
    """ "New observation (Ctrl+N)", for a tip."""
    keys = shortcut_words(action)
    return f"{words} ({keys})" if keys else words


def matching(actions: Sequence[QAction], typed: str, unavailable: str) -> "list[Suggestion]":
    """The commands whose words begin with all that was typed, best first; a disabled one says why in its status tip."""
    wanted = folded(typed).split()
    found: list[tuple[int, int, Suggestion]] = []
    for number, action in enumerate(actions):
        words = action.text().replace("&", "")
        own, other = folded(words).split(), folded(str(action.property("also") or "")).split()
        if all(any(each.startswith(part) for each in own + other) for part in wanted):
            place = bool(action.property("place")) and any(each.startswith(wanted[0]) for each in own[2:]) if wanted else False
            rank = 0 if place else 1 if wanted and own and own[0].startswith(wanted[0]) else 2
            found.append((rank, number, _suggestion(action, words, unavailable)))
    return [each for _, _, each in sorted(found, key=lambda each: each[:2])]


def _suggestion(action: QAction, words: str, unavailable: str) -> "Suggestion":
    from ui.widgets.suggestions import Suggestion  # only the palette needs it, and the first screen has none

    return Suggestion(
        id="",
        words=words,
        detail="" if action.isEnabled() else action.statusTip() or unavailable,
        icon=str(action.property("icon_name") or "") or "arrow-right",
        shortcut=shortcut_words(action),
        enabled=action.isEnabled(),
        carries=action,
    )
