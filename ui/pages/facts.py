"""Small facts under their labels: "Now", "Aim", "Measured by"."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from ui.pages.columns import Columns
from ui.widgets import STRETCH, Text, col, holder, note


def facts(*pairs: tuple[str, str | None]) -> QWidget:
    """Label and words side by side, below each other where the room is short. What has no words is left out."""
    parts = [(holder(col(note(label), Text(words, "ui", wrap=True), STRETCH, gap=0)), 1) for label, words in pairs if words]
    return Columns(*parts, gap=16, narrow=130 * max(1, len(parts)))


def told(pairs: Iterable[tuple[str, str | None]]) -> QWidget:
    """Label and words below each other, for what is read and not written."""
    parts: list[QWidget | int] = []
    for label, words in pairs:
        if words:
            parts += [Text(label, "ui", "muted", weight=600), Text(words, "body", wrap=True), 6]
    return holder(col(*parts, gap=2))
