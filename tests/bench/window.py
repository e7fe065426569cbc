"""One window, started in a process of its own: says when it was usable and how much memory it holds.

``python -m tests.bench.window bare|unlock|today PROFILE``: a bare PySide6 window; ours at the unlock screen; ours with Today
shown after the passphrase. The record's key derivation is light (``tests.bench.data``).
"""

import json
import sys
import time
from pathlib import Path


def tell() -> None:
    at = time.clock_gettime(time.CLOCK_MONOTONIC)
    status = Path("/proc/self/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
    sys.stdout.write(json.dumps({"at": at, "rss": resident}) + "\n")
    sys.stdout.flush()


def bare() -> None:
    """As little as a window can be: shown, painted, and the event loop idle."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("bare"))
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: (tell(), application.quit())))
    application.exec()


def ours(profile: Path, *, to_today: bool) -> None:
    """The program's own way in, with the profile that is named."""
    from ui import quick_start

    quick_start.rest()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.theme import prefer_fusion

    prefer_fusion()
    application = QApplication(sys.argv[:1])
    from ui.application import Application
    from ui.gate import Gate

    def light() -> object:
        from tests.bench.data import app

        return app()

    keeper = Application(application, Gate(profile, make_app=light))  # type: ignore[arg-type]
    if to_today:
        from tests.places import PASSPHRASE

        keeper.start()
        keeper.desk.query(keeper, lambda: keeper.gate.unlock(PASSPHRASE), keeper.enter)
        keeper.desk.became_idle.connect(lambda: QTimer.singleShot(0, done) if keeper.shell else None)
    else:
        keeper.door.show_first()
        keeper.door.show()
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: done()))

    def done() -> None:
        tell()
        application.quit()

    application.exec()
    keeper.leave()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]), to_today=sys.argv[1] == "today")
