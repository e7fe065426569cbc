"""A picture of a person, or the place kept for one."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import theme


class Picture(QLabel):
    """``show_picture(bytes)`` shows a JPEG or PNG within a square of ``size`` design pixels; None shows an icon in its place."""

    def __init__(self, name: str, *, size: int = 96, icon: str = "user-round") -> None:
        super().__init__()
        self._size, self._icon = size, icon
        self._image = QImage()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_picture(self, content: bytes | None) -> None:
        self._image = QImage.fromData(content) if content else QImage()
        self.restyle()

    def has_picture(self) -> bool:
        return not self._image.isNull()

    def restyle(self) -> None:
        look = theme()
        side = look.px(self._size)
        self.setFixedSize(side, side)
        if self._image.isNull():
            self.setPixmap(look.pixmap(self._icon, "muted", self._size * 2 // 3))
            return
        ratio = self.devicePixelRatioF()
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = QPixmap.fromImage(self._image.scaled(QSize(side, side) * ratio, Qt.AspectRatioMode.KeepAspectRatio, smooth))
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)
