"""Pictures of the kit in every theme and at two text sizes: ``python -m tests.ui.gallery OUT``. Beside them lie look/*.png."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QSettings
from PySide6.QtWidgets import QApplication

from tests.ui.sample_page import EmptyPage, FormPage, RegisterPage, TodayPage
from ui.preferences import Preferences
from ui.shell import Shell
from ui.tasks import Desk
from ui.theme import Scheme, set_up, theme
from ui.widgets import STRETCH, Button, Field, PupilPicker, Sheet, TextArea, col, holder, row

STATES = (("light", Scheme.LIGHT, 1.0), ("dark", Scheme.DARK, 1.0), ("contrast", Scheme.HIGH_CONTRAST, 1.0), ("200", Scheme.LIGHT, 2.0))


def sample_shell(desk: Desk, preferences: Preferences) -> Shell:
    shell = Shell(desk, preferences, school="Tannersfield Primary", person="Ruth Adeyemi, SENCO", demo=True)
    shell.register("today", "sun", "Today", TodayPage)
    shell.register("pupils", "users", "Pupils", RegisterPage, also="register list SEN")
    shell.register("observations", "notebook-pen", "Observations", EmptyPage)
    shell.register("plans", "repeat", "Plans", EmptyPage, also="IEP cycle")
    shell.register("provision", "layout-grid", "Provision map", EmptyPage)
    shell.register("requests", "file-stack", "Requests", EmptyPage, also="EHCP EHCNA")
    shell.register("pupil", "", "Pupil", lambda: FormPage(desk), rail=False, under="pupils")
    shell.register("settings", "settings", "Settings", EmptyPage)
    shell.set_count("today", "7")
    shell.say_sync("refresh-cw", "Synced 10:42")
    return shell


def sample_sheet(desk: Desk) -> Sheet:
    buttons = row(STRETCH, Button("Save and next"), Button("Save", "primary"))
    fields = col(
        Field("Pupil", PupilPicker(desk, lambda _: [], "Pupil")), Field("What happened", TextArea("What happened", lines=4)), buttons
    )
    return Sheet("New observation", holder(fields))


def take(out: Path) -> None:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    set_up(application, Scheme.LIGHT)
    desk = Desk()
    settings = QSettings(str(Path(tempfile.mkdtemp()) / "window.ini"), QSettings.Format.IniFormat)
    shell = sample_shell(desk, Preferences(settings))
    shell.resize(1366, 768)
    shell.show()
    for name, scheme, size in STATES:
        theme().use(scheme, size)
        for page in ("today", "pupils", "pupil", "requests"):
            shell.open(page)
            settle()
            shell.grab().save(str(out / f"{page}-{name}.png"))
    theme().use(Scheme.LIGHT, 1.0)
    form = shell.open("pupil")
    assert isinstance(form, FormPage)
    form.form.show_problems({"happened_on": "Enter the day", "text": "Enter what happened"})
    shell.toast("Observation about Kian Osei saved", lambda: None)
    settle()
    shell.grab().save(str(out / "problems.png"))
    form.form.clear_problems()
    shell.open("pupils")
    shell.show_sheet(sample_sheet(desk))
    settle()
    shell.grab().save(str(out / "sheet.png"))
    shell.palette_sheet.open("p")
    settle()
    shell.grab(shell.rect().translated(QPoint(0, 0))).save(str(out / "palette.png"))
    shell.close()
    desk.shut_down()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    take(folder)
    sys.stdout.write(f"{folder}\n")
