"""Importing pupils: choose a file or drop it here, see what it would do, then save it or not. Reading is done away from the window."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.arrivals import PupilImport, ReadFile
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Fault, PlainMessage, Refusal
from sencoapp.services import imports, mappings
from sencoapp.services.imports import ImportPlan
from sencoapp.services.mappings import RememberedMappings
from sencoapp.services.permissions import may_save
from ui.files import ask_for_file
from ui.page import Page
from ui.pages.import_past import PastImports, open_undo_sheet
from ui.pages.import_preview import ImportPreview
from ui.room import Room
from ui.tasks import Job
from ui.widgets import STRETCH, Button, Faces, Icon, Notice, Surface, Text, col, heading, holder, row
from ui.widgets.announce import announce

READ_AT_MOST_MB = 60


def make_import_page(room: Room) -> Page:
    """The page "Import pupils". It may get the arg ``file``, a path."""
    return ImportPage(room)


class ImportPage(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._file: tuple[str, bytes] | None = None
        self._read: ReadFile | None = None
        self._said: Mapping[int, str] | None = None
        """What a person said about the columns of this file; remembered once it is saved."""
        self._remembered = RememberedMappings({})
        self._plan: ImportPlan | None = None
        self._last_import = ""
        self._last_pupils: Mapping[str, Any] = {}
        """Whom the import that was just saved was about, as the register is asked for them."""
        self._job: Job | None = None
        self.setAcceptDrops(True)
        self.say_columns = Button(reference.say("import_page.say_columns"), press=lambda: self.read_again({}))
        self.say_columns.hide()
        self.notice = Notice("danger", "", self.say_columns)
        self._notice_place = holder(col(self.notice, margins=(24, 12, 24, 0)))
        self._notice_place.hide()
        self.preview = ImportPreview()
        self.preview.save_wanted.connect(self.save)
        self.preview.other_wanted.connect(self.begin_anew)
        self.preview.reread_wanted.connect(self.read_again)
        self.preview.forget_wanted.connect(self.forget_columns)
        self._stack = Faces()
        self._choosing, self._reading, self._done = self._make_choosing(), self._make_reading(), self._make_done()
        for each in (self._choosing, self._reading, self.preview, self._done):
            self._stack.addWidget(each)
        self.setLayout(col(self._notice_place, (self._stack, 1), gap=0))
        self.set_heading(reference.say("welcome.page_import"), reference.say("import_page.nothing_saved_yet"))

    # ---- the page ---------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self.past.ask()
        if "file" in args:
            self.read(Path(str(args["file"])))

    def refresh(self, saved: Saved) -> None:
        if saved.touches("pupil_import"):
            self.past.ask()

    def panes(self) -> Sequence[QWidget]:
        shown = self._stack.currentWidget()
        return (shown,) if shown is not None else ()

    def first_focus(self) -> QWidget | None:
        return self.choose_button if self._stack.currentWidget() is self._choosing else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()
            self.drop_place.become("chosen")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_place.become("sunken")

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_place.become("sunken")
        event.acceptProposedAction()
        self.read(Path(event.mimeData().urls()[0].toLocalFile()))

    # ---- a file -----------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        ask_for_file(self, reference.say("import_page.choose"), reference.say("import_page.kinds"), self.read)

    def read(self, path: Path) -> None:
        """Reads a file and shows what it would do. Nothing is saved."""
        job = self._start(reference.say("import_page.reading", file=path.name))
        self._said = None
        self.room.aside(self, lambda: _read_bytes(path), lambda content: self._keep(job, path.name, content), self._refused)

    def read_again(self, mapping: Mapping[int, str]) -> None:
        """Reads the same file with what a person says about its columns; with an empty mapping, so that they can say it."""
        if self._file is not None:
            self._said = mapping
            self._understand(self._start(reference.say("import_page.reading", file=self._file[0])))

    def forget_columns(self) -> None:
        """Reads the same file by its headings alone, now and in future."""
        headings = self._plan.headings if self._plan else ()
        self._said = None
        job = self._start(reference.say("import_page.reading", file=self._file[0] if self._file else ""))

        def forget(place: Workplace) -> RememberedMappings:
            mappings.forget_mapping(place.session, headings)
            return mappings.remembered_mappings(place.session.record)

        self.room.ask(self, forget, lambda found: self._know(job, found), self._refused)

    def _keep(self, job: Job, name: str, content: bytes) -> None:
        if job is not self._job:
            return
        self._file = (name, content)
        self.room.ask(
            self, lambda place: mappings.remembered_mappings(place.session.record), lambda found: self._know(job, found), self._refused
        )

    def _know(self, job: Job, remembered: RememberedMappings) -> None:
        self._remembered = remembered
        if job is self._job:
            self._understand(job)

    def _understand(self, job: Job) -> None:
        assert self._file is not None
        name, content = self._file
        place, today, said, remembered = self.room.place, self.room.app.clock.today, self._said, self._remembered

        def understand() -> ReadFile:
            return place.pupil_files.read(
                name, content, today=today(), mapping=said, remembered=remembered.columns_for, cancelled=job.cancelled
            )

        def refused(message: PlainMessage) -> None:
            if job is self._job:
                self._refused(message)

        self.room.aside(self, understand, lambda read: self._compare(job, read), refused)

    def _compare(self, job: Job, read: ReadFile) -> None:
        if job is not self._job:
            return
        self._read = read

        def compare(place: Workplace) -> ImportPlan | None:
            return imports.plan_import(place.session, read, progress=job.progress, cancelled=job.cancelled)

        self.room.ask(self, compare, self._compared, self._refused, replace="compare", job=job)

    def _compared(self, plan: ImportPlan | None) -> None:
        self._job = None
        if plan is None:
            self.begin_anew()
            return
        self._plan = plan
        self.preview.be_busy(False)
        self.preview.show_plan(plan, self._remembered.find(plan.headings))
        self._stack.setCurrentWidget(self.preview)
        if self._file is not None:
            source = reference.say(f"import_page.source_{plan.source}")
            self.set_heading(reference.say("welcome.page_import"), f"{self._file[0]} · {source}")
        announce(self.preview.told, self)
        self.preview.take_focus()

    def _refused(self, message: PlainMessage) -> None:
        self._job = None
        self.preview.be_busy(False)
        file = self._file
        if self._plan is None or self._stack.currentWidget() is self._reading:
            self.begin_anew()
        self._file = file if message.key == "pupil_table_no_headings" else self._file
        self.say_columns.setVisible(message.key == "pupil_table_no_headings" and file is not None)
        self.notice.say(reference.explain(message))
        self._notice_place.show()

    # ---- saving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Saves all of the plan, or nothing of it."""
        if self._plan is None or self._file is None:
            return
        self._notice_place.hide()
        self.preview.be_busy(True)
        plan, taken, (name, content) = self.preview.plan(), self.preview.taken(), self._file
        read = self._read if self._said else None
        job = Job(reference.say("import_page.saving"))

        def carry_out(place: Workplace) -> tuple[Saved | None, str]:
            saved = imports.carry_out_import(
                place.session, plan, taken=taken, filename=name, content=content, progress=job.progress, cancelled=job.cancelled
            )
            if saved is not None and read is not None:
                mappings.remember_mapping(place.session, read)
            return saved, next((each.id for each in saved.touched if each.kind == "pupil_import"), "") if saved else ""

        self.room.do(self, carry_out, lambda answer: self._saved(plan, taken, *answer), self._refused, job=job)

    def _saved(self, plan: ImportPlan, taken: frozenset[str], saved: Saved | None, key: str) -> None:
        if saved is None:
            self.preview.be_busy(False)
            self.room.ways.toast(reference.say("import_page.stopped"))
            return
        changed = sum(bool(each.edits(taken)) for each in plan.changed)
        alone = len(plan.unchanged) + len(plan.changed) - changed
        words = reference.say(
            "import_page.done_one" if len(plan.added) == 1 else "import_page.done",
            added=f"{len(plan.added):,}",
            changed=f"{changed:,}",
            unchanged=f"{alone:,}",
        )
        self._last_pupils = {"among": tuple(sorted(saved.pupils())), "of": self._file[0] if self._file else ""}
        self._plan, self._file, self._last_import = None, None, key
        self.result.setText(words)
        may_undo = may_save(self.room.place.session.actor, PupilImport, "change")
        self.undo_button.setVisible(bool(key) and may_undo)
        self._stack.setCurrentWidget(self._done)
        self.set_heading(reference.say("welcome.page_import"))
        self.see_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(words, self)

    def _see(self) -> None:
        """The register with those of the import only: most pupils of a school have no SEN status, and it begins without them."""
        self.room.ways.go("pupils", **self._last_pupils)

    def undo_last(self) -> None:
        """Says what undoing the import that was just saved would do, with the button that does it."""
        self._undo(self._last_import)

    def _undo(self, key: str) -> None:
        open_undo_sheet(self.room, self, key, self._undone)

    def _undone(self) -> None:
        if self._stack.currentWidget() is self._done:
            self.begin_anew()

    # ---- the four faces of the page ---------------------------------------------------------------------------------

    def begin_anew(self) -> None:
        """Back to choosing a file; what was read is forgotten."""
        self._plan, self._file, self._job, self._read = None, None, None, None
        self._notice_place.hide()
        self._stack.setCurrentWidget(self._choosing)
        self.set_heading(reference.say("welcome.page_import"), reference.say("import_page.nothing_saved_yet"))
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self, words: str) -> Job:
        self._notice_place.hide()
        self._job = Job(words)
        self._reading_words.setText(words)
        self._stack.setCurrentWidget(self._reading)
        self._stop_button.setEnabled(True)
        return self._job

    def stop(self) -> None:
        """Stops reading. Nothing has been saved by then."""
        if self._job is not None:
            self._job.stop()
            self._job = None
        self.begin_anew()

    def _make_choosing(self) -> QWidget:
        self.choose_button = Button(reference.say("import_page.choose"), "primary", large=True, press=self.choose_file)
        middle = Qt.AlignmentFlag.AlignHCenter
        inner = col(STRETCH, gap=10, margins=32)
        inner.addWidget(Icon("download", "muted", 40), 0, middle)
        inner.addWidget(Text(reference.say("import_page.drop"), "heading", side="centre", wrap=True))
        inner.addWidget(self.choose_button, 0, middle)
        inner.addStretch(1)
        self.drop_place = Surface("sunken", inner, height=200)
        self.drop_place.setAccessibleName(reference.say("import_page.drop"))
        told = col(heading(reference.say("import_page.what_can_be_read")), gap=6)
        for each in ("ctf", "table", "same_twice"):
            told.addLayout(
                row(Icon("check", "success", 18), (Text(reference.say(f"import_page.can_{each}"), "body", wrap=True), 1), gap=10)
            )
        self.past = PastImports(self.room)
        self.past.undo_wanted.connect(self._undo)
        return holder(col(self.drop_place, 8, told, 8, self.past, STRETCH, gap=12, margins=(24, 16, 24, 16)))

    def _make_reading(self) -> QWidget:
        self._reading_words = Text("", "heading", side="centre", wrap=True)
        self._stop_button = Button(reference.say("shell.stop"), press=self.stop)
        inner = col(STRETCH, self._reading_words, gap=14, margins=24)
        inner.addWidget(self._stop_button, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(2)
        return holder(inner)

    def _make_done(self) -> QWidget:
        self.result = Text("", "heading", side="centre", wrap=True)
        self.see_button = Button(reference.say("import_page.see_pupils"), "primary", press=self._see)
        self.undo_button = Button(reference.say("import_page.undo_this"), icon="undo-2", press=self.undo_last)
        again = Button(reference.say("import_page.another"), press=self.begin_anew)
        inner = col(STRETCH, gap=14, margins=24)
        inner.addWidget(Icon("circle-check", "success", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self.result)
        inner.addLayout(row(STRETCH, self.see_button, self.undo_button, again, STRETCH, gap=12))
        inner.addStretch(2)
        return holder(inner)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > READ_AT_MOST_MB * 1024 * 1024:
            raise Refusal("file_is_too_large", file=path.name, most=READ_AT_MOST_MB)
        return path.read_bytes()
    except OSError:
        raise Fault("file_not_found", file=path.name) from None
