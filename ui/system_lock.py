"""The computer locks its screen or goes to sleep: the record locks with it.

Linux is told over D-Bus (logind, and the screen savers of the desktops), Windows by messages to the window, macOS by its distributed
notifications. Only Linux was tried; where a system says nothing, locking by hand and after ten minutes remain.
"""

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

LOGIND = "org.freedesktop.login1"
LOGIND_SERVICE = LOGIND
SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")

_SYSTEM_BUS = Path("/run/dbus/system_bus_socket")

# Win32: wtsapi32.h and winuser.h.
SESSION_CHANGE, SESSION_LOCK = 0x02B1, 0x7
POWER_BROADCAST, SUSPENDING = 0x0218, 0x4

# macOS: not documented by Apple, but stable since 10.7.
SCREEN_IS_LOCKED = "com.apple.screenIsLocked"


def _slot(name: str) -> Any:
    # A string is what is taken; the type stubs of PySide6 6.11 say bytes, which are refused.
    return SLOT(name)


class SystemLock(QObject):
    """``locked`` is sent when the computer locks or falls asleep, and again when it wakes: it may have slept before it could be said."""

    locked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._filter: SessionMessages | None = None
        self._kept: Any = None
        if sys.platform.startswith("linux"):
            self._listen_on_buses()
        elif sys.platform == "win32":
            self._listen_to_windows(window)
        elif sys.platform == "darwin":
            self._kept = _observe_macos(self.locked.emit)

    def stop(self) -> None:
        """Hears nothing any more."""
        if self._filter is not None:
            application = QCoreApplication.instance()
            if application is not None:
                application.removeNativeEventFilter(self._filter)
            self._filter = None
        if sys.platform.startswith("linux"):
            self._listen_on_buses(listen=False)
        elif sys.platform == "darwin" and self._kept is not None:
            self._kept()
            self._kept = None

    # ---- Linux ------------------------------------------------------------------------------------------------------

    def _listen_on_buses(self, *, listen: bool = True) -> None:
        from PySide6.QtDBus import QDBusConnection

        # A computer without a bus has no screen saver either: Qt would only write about it on stderr.
        if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            session = QDBusConnection.sessionBus()
            act = session.connect if listen else session.disconnect
            for name in SCREEN_SAVERS:
                act("", "", name, "ActiveChanged", self, _slot("active_changed(bool)"))
        if os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM_BUS.exists():
            system = QDBusConnection.systemBus()
            act = system.connect if listen else system.disconnect
            act(LOGIND_SERVICE, "", f"{LOGIND}.Manager", "PrepareForSleep", self, _slot("sleeping(bool)"))
            act(LOGIND_SERVICE, "", f"{LOGIND}.Session", "Lock", self, _slot("session_locked()"))

    @Slot(bool)
    def active_changed(self, active: bool) -> None:
        """A screen saver has come or gone."""
        if active:
            self.locked.emit()

    @Slot(bool)
    def sleeping(self, _before: bool) -> None:
        """The computer is about to sleep, or has woken."""
        self.locked.emit()

    @Slot()
    def session_locked(self) -> None:
        """logind was asked to lock a session. If it is that of somebody else, this record locks too early, and loses nothing."""
        self.locked.emit()

    # ---- Windows ----------------------------------------------------------------------------------------------------

    def _listen_to_windows(self, window: QWidget) -> None:
        import ctypes

        application = QCoreApplication.instance()
        if application is None:
            return
        self._filter = SessionMessages(self.locked.emit)
        application.installNativeEventFilter(self._filter)
        try:
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)  # type: ignore[attr-defined]
        except (AttributeError, OSError):
            return  # sleep is still heard of


class SessionMessages(QAbstractNativeEventFilter):
    """Reads the messages that Windows sends to its windows."""

    def __init__(self, tell: Any) -> None:
        super().__init__()
        self._tell = tell

    def nativeEventFilter(self, kind: Any, message: Any) -> Any:
        if bytes(kind) == b"windows_generic_MSG" and tells_of_a_lock(int(message)):
            self._tell()
        return False, 0


def tells_of_a_lock(address: int) -> bool:
    """Whether the ``MSG`` at this address says that the session locks or the computer falls asleep."""
    from ctypes import wintypes

    message = wintypes.MSG.from_address(address)
    return (message.message, message.wParam) in ((SESSION_CHANGE, SESSION_LOCK), (POWER_BROADCAST, SUSPENDING))


def _observe_macos(tell: Any) -> Any:
    """Has ``tell`` called when the screen locks; returns what ends it. CoreFoundation by ctypes, so that no package is needed."""
    import ctypes
    from ctypes import util

    path = util.find_library("CoreFoundation")
    if path is None:
        return None
    foundation = ctypes.CDLL(path)
    pointer = ctypes.c_void_p
    heard = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, pointer)(lambda *_: tell())
    foundation.CFNotificationCenterGetDistributedCenter.restype = pointer
    foundation.CFStringCreateWithCString.restype = pointer
    foundation.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    foundation.CFNotificationCenterAddObserver.argtypes = [pointer, pointer, type(heard), pointer, pointer, ctypes.c_long]
    foundation.CFNotificationCenterAddObserver.restype = None
    foundation.CFNotificationCenterRemoveEveryObserver.argtypes = [pointer, pointer]
    foundation.CFNotificationCenterRemoveEveryObserver.restype = None
    center = foundation.CFNotificationCenterGetDistributedCenter()
    utf8, deliver_at_once = 0x08000100, 4
    name = foundation.CFStringCreateWithCString(None, SCREEN_IS_LOCKED.encode(), utf8)
    observer = ctypes.cast(heard, pointer)
    foundation.CFNotificationCenterAddObserver(center, observer, heard, name, None, deliver_at_once)
    return lambda _kept=heard: foundation.CFNotificationCenterRemoveEveryObserver(center, observer)
