"""What this laptop remembers about how a person likes the window. Nothing about pupils: the file is not encrypted."""

from PySide6.QtCore import QByteArray, QSettings

from ui.theme import Scheme


class Preferences:
    """Theme, text size, where the window stood. ``settings`` may lie anywhere; tests give a file of their own."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "sencoapp", "window")

    @property
    def scheme(self) -> Scheme:
        kept = str(self._settings.value("theme", Scheme.SYSTEM.value))
        return Scheme(kept) if kept in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._settings.setValue("theme", scheme.value)

    @property
    def text_size(self) -> float:
        try:
            return float(str(self._settings.value("text_size", 1.0)))
        except ValueError:
            return 1.0

    @text_size.setter
    def text_size(self, size: float) -> None:
        self._settings.setValue("text_size", size)

    @property
    def rail_collapsed(self) -> bool:
        return str(self._settings.value("rail_collapsed", "false")) == "true"

    @rail_collapsed.setter
    def rail_collapsed(self, collapsed: bool) -> None:
        self._settings.setValue("rail_collapsed", "true" if collapsed else "false")

    @property
    def reminders(self) -> bool:
        """Whether a sentence beside the clock says each morning how much is due."""
        return str(self._settings.value("reminders", "true")) == "true"

    @reminders.setter
    def reminders(self, wanted: bool) -> None:
        self._settings.setValue("reminders", "true" if wanted else "false")

    @property
    def last_record(self) -> str:
        """The name of the folder of the record that was unlocked last: an id."""
        return str(self._settings.value("last_record", ""))

    @last_record.setter
    def last_record(self, name: str) -> None:
        self._settings.setValue("last_record", name)

    @property
    def geometry(self) -> QByteArray:
        kept = self._settings.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    def keep(self) -> None:
        """Writes it to the disk now."""
        self._settings.sync()
