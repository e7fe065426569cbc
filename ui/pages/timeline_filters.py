"""What of a timeline is shown: a search, an area of need, a person, and the chips of what kind."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.services.chronology import GROUPS, ChronologyFilter
from ui.pages.columns import Columns
from ui.widgets import ChipChoice, Choice, SearchField, area_words, col, holder, row

_PAUSE_MS = 150
_NARROW = 720
_AREAS = ("ci", "cl", "semh", "sp")


class TimelineFilters(QWidget):
    """``changed`` is sent 150 ms after the last key of a search, and at every choice. ``wanted`` says what is shown."""

    changed = Signal()

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        say = reference.say
        self._counts: Mapping[str, int] = {}
        self.search = SearchField(say("chronology.search"))
        self.search.setMinimumWidth(160)
        self.area = Choice(
            say("chronology.column_area"), [("", say("chronology.any_area")), *((each, area_words(each)) for each in _AREAS)]
        )
        self.who = Choice(say("chronology.column_who"), [("", say("chronology.anybody"))], width=150)
        self.chips = ChipChoice(say("pupil.timeline_show"), [("", say("pupil.timeline_all"))], none_allowed=False)
        choices = holder(row((self.area, 1), (self.who, 1), *buttons, gap=8))
        line = Columns((self.search, 1), (choices, 0), gap=8, narrow=_NARROW)
        self.setLayout(col(line, self.chips, gap=8, margins=(24, 12, 16, 6)))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.search.searched.connect(lambda _: self._pause.start())
        for choice in (self.area, self.who):
            choice.chosen.connect(lambda _: self.changed.emit())
        self.chips.chosen.connect(self.changed)

    def wanted(self) -> ChronologyFilter:
        return ChronologyFilter(self.chips.value(), self.area.value(), self.who.value(), self.search.text().strip())

    def clear(self) -> None:
        """Everything again, without sending ``changed``."""
        for part in (self.search, self.area):
            part.blockSignals(True)
        self.search.clear()
        self.area.choose("")
        for part in (self.search, self.area):
            part.blockSignals(False)
        self._pause.stop()
        self.offer({}, ())
        self.chips.choose("")

    def offer(self, counts: Mapping[str, int], people: Sequence[str]) -> None:
        """The kinds that there are, with how many of each, and the people who are named."""
        here, who = self.chips.value(), self.who.value()
        options = [("", _chip("pupil.timeline_all", sum(counts.values())))]
        for group, kinds in GROUPS.items():
            count = sum(counts.get(each, 0) for each in kinds)
            if count or group == here:
                options.append((group, _chip(f"chronology.group_{group}", count)))
        self.chips.offer(options)
        self.chips.choose(here)
        named = [*people, *([who] if who and who not in people else [])]
        self.who.offer([("", reference.say("chronology.anybody")), *((each, each) for each in named)], who)


def _chip(key: str, count: int) -> str:
    return f"{reference.say(key)} · {count:,}" if count else reference.say(key)
