"""How the application looks: colours, type and measures from ``resources/look/tokens.json``.

One ``Theme`` belongs to the application. Widgets ask it when they paint, and those that keep a font, a margin or
a fixed size take them in ``restyle()``, which the theme calls again whenever the theme or the text size changes.
"""

import os
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Literal, Protocol, runtime_checkable

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QImage, QImageReader, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QLayout, QToolTip, QWidget

from sencoapp import reference
from ui.stylesheet import style_sheet

FontRole = Literal["display", "title", "heading", "body", "ui", "small", "child"]


class Scheme(StrEnum):
    """The three looks, and the wish to follow the computer."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@runtime_checkable
class Restyled(Protocol):
    """A widget or layout that keeps something taken from the theme."""

    def restyle(self) -> None: ...


class Theme(QObject):
    """The look in use. ``changed`` is sent after every widget has taken a new theme or text size."""

    changed = Signal()

    def __init__(self, application: QApplication, scheme: Scheme = Scheme.SYSTEM, text_size: float = 1.0) -> None:
        super().__init__(application)
        self._application = application
        self._tokens = reference.data("look", "tokens.json")
        self._wanted = scheme
        self._text_size = self._within_limits(text_size)
        self._name = ""
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int, bool, bool], QFont] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._hints = application.styleHints()
        if os.environ.get(_STYLE) != "fusion":
            application.setStyle("fusion")
        for weight in ("Regular", "Medium", "SemiBold"):
            load_font(weight)
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._take_up()

    # ---- what a person chooses --------------------------------------------------------------------------------------

    @property
    def scheme(self) -> Scheme:
        """What the person chose: a theme, or to follow the computer."""
        return self._wanted

    @property
    def name(self) -> str:
        """The theme in use: ``light``, ``dark`` or ``high_contrast``."""
        return self._name

    @property
    def text_size(self) -> float:
        """1.0 is 100 %."""
        return self._text_size

    def use(self, scheme: Scheme | None = None, text_size: float | None = None) -> None:
        """Changes the theme or the text size (kept within 0.9 and 2.0) in every open window, at once."""
        wanted = self._wanted if scheme is None else scheme
        size = self._text_size if text_size is None else self._within_limits(text_size)
        if wanted == self._wanted and size == self._text_size and self._name == self._resolved():
            return
        self._wanted, self._text_size = wanted, size
        self._take_up()
        sizes = {window: window.size() for window in self._application.topLevelWidgets() if window.isVisible()}
        self._restyle_everything()
        self.changed.emit()
        self._keep_sizes(sizes)

    # ---- what widgets ask -------------------------------------------------------------------------------------------

    def px(self, length: float) -> int:
        """A length of the design (pixels at 100 %) at the present text size."""
        return round(length * self._text_size)

    def token(self, *path: str) -> Any:
        """A value of ``tokens.json``, such as ``token("area", "ci", "label")``."""
        found = self._tokens
        for step in path:
            found = found[step]
        return found

    def colour(self, role: str) -> QColor:
        """The colour of a role (look.md, "Colour roles"). Raises ``KeyError`` for a role that is not in the tokens."""
        return self._colours[role]

    def font(self, role: FontRole = "ui", weight: int | None = None, *, italic: bool = False, figures: bool = False) -> QFont:
        """A font of the scale; ``figures`` gives all digits the same width, for columns of numbers."""
        spec = self._tokens["type"][role]
        strength = weight or int(spec["weight"])
        key = (role, strength, italic, figures)
        if key not in self._fonts:
            self._fonts[key] = self._made_font(int(spec["size"]), strength, italic, figures)
        return QFont(self._fonts[key])

    def pixmap(self, name: str, role: str = "text", size: float = 20) -> QPixmap:
        """An icon of ``resources/look/icons`` in the colour of a role, ``size`` design pixels wide."""
        ratio = self._application.devicePixelRatio()
        key = (name, role, self.px(size), ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._tinted(name, self.colour(role), self.px(size), ratio)
        return self._pixmaps[key]

    def icon(self, name: str, role: str = "text", size: float = 20) -> QIcon:
        return QIcon(self.pixmap(name, role, size))

    def is_narrow(self, width: int) -> bool:
        """Whether a window ``width`` pixels wide has room only for the essentials (look.md, "Density and size")."""
        return width / self._text_size < float(self._tokens["text_size"]["narrow_below"])

    # ---- within -----------------------------------------------------------------------------------------------------

    def _within_limits(self, size: float) -> float:
        limits = self._tokens["text_size"]
        return round(min(max(size, float(limits["min"])), float(limits["max"])), 2)

    def _resolved(self) -> str:
        if self._wanted is not Scheme.SYSTEM:
            return self._wanted.value
        hints = self._hints.accessibility()
        if hints is not None and hints.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return Scheme.HIGH_CONTRAST.value
        dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        return (Scheme.DARK if dark else Scheme.LIGHT).value

    def _take_up(self) -> None:
        name = self._resolved()
        if name != self._name:
            self._name = name
            self._colours = {role: QColor(value) for role, value in self._tokens["themes"][name].items()}
        self._fonts.clear()
        self._pixmaps.clear()
        palette = self._palette()
        self._application.setPalette(palette)
        self._application.setFont(self.font("ui"))
        QToolTip.setPalette(palette)
        QToolTip.setFont(self.font("small"))
        self._application.setStyleSheet(style_sheet(self))

    def _restyle_everything(self) -> None:
        for widget in self._application.allWidgets():
            restyle_tree(widget)

    def _keep_sizes(self, sizes: Mapping[QWidget, QSize]) -> None:
        """While parts are measured one after the other a window may be asked to grow; what it comes to in the end fits.

        That is so once those who follow ``changed`` have folded away what there is no room for.
        """
        for _ in range(2):
            self._application.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for window, size in sizes.items():
            if not window.isMaximized() and not window.isFullScreen():
                window.resize(size)

    def _system_changed(self) -> None:
        if self._wanted is Scheme.SYSTEM:
            self.use()

    def _made_font(self, size: int, weight: int, italic: bool, figures: bool) -> QFont:
        if weight >= QFont.Weight.Bold:
            load_font("Bold")
        if italic:
            load_font("Italic")
        families = self._tokens["font"]
        font = QFont([families["family"], *families["fallback"]])
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setItalic(italic)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if figures:
            font.setFeature(QFont.Tag(families["features"]["figures_in_tables"]), 1)
        return font

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("muted"))
        return palette

    @staticmethod
    def _tinted(name: str, colour: QColor, side: int, ratio: float) -> QPixmap:
        buffer = QBuffer()
        buffer.setData(_svg(name).replace("currentColor", colour.name()).encode())
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer, b"svg")
        reader.setScaledSize(QSize(round(side * ratio), round(side * ratio)))
        image: QImage = reader.read()
        if image.isNull():
            raise ValueError(f"the icon {name} cannot be drawn: {reader.errorString()}")
        image.setDevicePixelRatio(ratio)
        return QPixmap.fromImage(image)


_Role = QPalette.ColorRole
_PALETTE = {
    _Role.Window: "background",
    _Role.Base: "raised",
    _Role.AlternateBase: "surface",
    _Role.Button: "raised",
    _Role.WindowText: "text",
    _Role.Text: "text",
    _Role.ButtonText: "text",
    _Role.BrightText: "text",
    _Role.Highlight: "selection",
    _Role.HighlightedText: "text",
    _Role.PlaceholderText: "muted",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.ToolTipBase: "raised",
    _Role.ToolTipText: "text",
    _Role.Light: "raised",
    _Role.Midlight: "surface",
    _Role.Mid: "border",
    _Role.Dark: "border",
    _Role.Shadow: "border",
    _Role.Accent: "accent",
}

_STYLE = "QT_STYLE_OVERRIDE"

_in_use: Theme | None = None


def prefer_fusion() -> None:
    """Has Qt start in the Fusion style. Called before the application is made, it saves the 16 ms of changing the style afterwards."""
    os.environ[_STYLE] = "fusion"


def set_up(application: QApplication, scheme: Scheme = Scheme.SYSTEM, text_size: float = 1.0) -> Theme:
    """Gives the application its look. Called once, before the first widget is made; later calls change the look."""
    global _in_use
    if _in_use is None or _in_use.parent() is not application:
        _in_use = Theme(application, scheme, text_size)
    else:
        _in_use.use(scheme, text_size)
    return _in_use


def theme() -> Theme:
    """The look of this application. ``set_up`` comes first."""
    if _in_use is None:
        raise RuntimeError("ui.theme.set_up comes before the first widget")
    return _in_use


def restyle_tree(part: QObject) -> None:
    """Has a widget and the layouts within it take their fonts and measures again; child widgets are not visited."""
    if isinstance(part, Restyled):
        part.restyle()
    for layout in part.findChildren(QLayout, options=Qt.FindChildOption.FindDirectChildrenOnly):
        restyle_tree(layout)
    if isinstance(part, QWidget):
        part.update()


@cache
def load_font(weight: str) -> None:
    """Registers one file of Atkinson Hyperlegible Next, such as ``Regular``; once."""
    QFontDatabase.addApplicationFont(str(reference.path_of("fonts", f"AtkinsonHyperlegibleNext-{weight}.ttf")))


@cache
def _svg(name: str) -> str:
    return reference.path_of("look", "icons", f"{name}.svg").read_text("utf-8")
