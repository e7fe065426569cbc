"""What the shell expects of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.domain.record import Saved


@dataclass(frozen=True)
class Place:
    """Somewhere to go: a page, and what it is to show, such as ``Place("pupil", {"pupil": id})``."""

    page: str
    args: Mapping[str, Any] = field(default_factory=dict)


class Page(QWidget):
    """One screen. The shell builds it when it is first opened, and keeps it.

    A page adds its commands with ``addAction`` (``ui.commands.command`` makes them): they are then found in the palette. It asks
    the record through the desk only, and shows anew in ``refresh`` what a save has touched.
    """

    heading_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.note = ""
        self._beside: tuple[QWidget, ...] = ()

    def set_heading(self, title: str, note: str = "", *beside: QWidget) -> None:
        """What the bar at the top says: the title, a line below it, and chips beside it."""
        for old in self._beside:
            if old not in beside:
                old.hide()
                old.deleteLater()
        self.title, self.note, self._beside = title, note, beside
        self.heading_changed.emit()

    def beside_title(self) -> tuple[QWidget, ...]:
        return self._beside

    def show_for(self, args: Mapping[str, Any]) -> None:
        """The page is opened, or opened for something else; ``args`` are those of its ``Place``."""

    def refresh(self, saved: Saved) -> None:
        """The record has changed. Called while the page is in sight; what happened meanwhile comes joined when it is shown again."""

    def be_narrow(self, narrow: bool) -> None:
        """There is room for the essentials only, or for all again (look.md, "Density and size"): details close, filters fold up."""

    def panes(self) -> Sequence[QWidget]:
        """Where F6 stops within the page."""
        return (self,)

    def first_focus(self) -> QWidget | None:
        """Where the focus goes when the page opens."""
        return None

    def search(self) -> QWidget | None:
        """The field for Ctrl+F."""
        return None

    def observation_args(self) -> Mapping[str, Any]:
        """What a new observation begins with here, such as ``{"pupil": id, "name": name}``."""
        return {}
