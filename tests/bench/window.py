"""One window, started in a process of its own: says when it was usable and how much memory it holds.

``python -m tests.bench.window bare|unlock|today|pupils PROFILE``: a bare PySide6 window; ours at the unlock screen; ours with Today
or the register shown after the passphrase. ``took`` is the time from the key to that page. The
record's key derivation is light (``tests.bench.data``).
"""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sencoapp.domain.refusals import PlainMessage


PATIENCE_MS = 120_000


def tell(took: float = 0.0) -> None:
    at = time.clock_gettime(time.CLOCK_MONOTONIC)
    status = Path("/proc/self/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
    sys.stdout.write(json.dumps({"at": at, "rss": resident, "took": took}) + "\n")
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


def ours(profile: Path, page: str) -> None:
    """The program's own way in, with the profile that is named, up to the unlock screen or to a page."""
    from ui import quick_start

    quick_start.rest()
    quick_start.load_qt()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.theme import prefer_fusion

    prefer_fusion()
    application = QApplication(sys.argv[:1])
    from sencoapp import reference
    from ui.application import Application
    from ui.gate import Gate

    def light() -> object:
        from tests.bench.data import app

        return app()

    keeper = Application(application, Gate(profile, make_app=light))  # type: ignore[arg-type]
    began = 0.0

    def unlock() -> None:
        """What a person's passphrase sets going, once what unlocking needs is loaded; the key derivation is light."""
        nonlocal began
        from tests.places import PASSPHRASE

        began = time.clock_gettime(time.CLOCK_MONOTONIC)
        keeper.desk.query(keeper, lambda: keeper.gate.unlock(PASSPHRASE), lambda opened: keeper.enter(opened, page), refused)
        keeper.desk.became_idle.connect(lambda: QTimer.singleShot(0, done) if keeper.shell else None)

    def refused(message: "PlainMessage") -> None:
        give_up(f"The record did not open: {reference.explain(message)}")

    def give_up(why: str) -> None:
        """The bench fails with a sentence, and does not wait for a page that never comes."""
        sys.stderr.write(f"{why}\n")
        application.exit(1)

    def done() -> None:
        tell(time.clock_gettime(time.CLOCK_MONOTONIC) - began)
        application.quit()

    if page == "unlock":
        keeper.door.show_first()
        keeper.door.show()
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, done))
    else:
        keeper.start()
        keeper.desk.query(keeper, lambda: None, lambda _: unlock())
    QTimer.singleShot(PATIENCE_MS, lambda: give_up(f"The page {page} was not shown within {PATIENCE_MS // 1000} seconds."))
    failed = application.exec()
    keeper.leave()
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]), sys.argv[1])
