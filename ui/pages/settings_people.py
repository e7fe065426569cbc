"""The staff of the school: who works here, in which role, with which classes. The SENCO changes it; everyone may read it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Role, StaffMember
from sencoapp.domain.permissions import ROLES
from sencoapp.domain.record import Saved
from sencoapp.services import staff
from sencoapp.services.permissions import may, may_save, why_not
from ui.allowed import only_for
from ui.commands import command
from ui.pages.form_draft import DraftOf
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Choice,
    Column,
    Field,
    Form,
    LineField,
    Notice,
    RecordTable,
    Sheet,
    TableRow,
    Text,
    col,
    note,
    panel,
    row,
)


class PeoplePart(QWidget):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._staff: dict[str, StaffMember] = {}
        self.table = RecordTable(
            reference.say("people.staff"),
            (
                Column(reference.say("people.name"), 0),
                Column(reference.say("people.role"), 190),
                Column(reference.say("people.classes"), 220, keep=False),
            ),
        )
        self.table.setMinimumHeight(0)
        self.table.opened.connect(self.change)
        allowed = may(room.actor, "change_roles")
        self.add_button = Button(reference.say("people.add_staff"), "primary", icon="plus", press=lambda: self.change(""))
        self.change_button = Button(
            reference.say("people.change_staff"), icon="pencil", press=lambda: self.change(self.table.current_key())
        )
        only_for(room.actor, "change_roles", self.add_button, self.change_button)
        self.own_button = Button(reference.say("people.change_own_classes"), icon="pencil", press=self.change_own)
        self._teaches = not allowed and may_save(room.actor, StaffMember, "change")
        told = None if allowed else Notice("info", why_not("change_roles"))
        self.setLayout(
            col(
                Text(reference.say("people.staff_why"), "body", wrap=True),
                told,
                row(self.add_button, self.change_button, self.own_button, STRETCH, gap=12),
                panel(self.table, margins=1),
                note(reference.say("people.no_sync_yet"), wrap=True),
                gap=16,
            )
        )
        self.own_button.setVisible(self._teaches)  # once it has its place: before, it would open as a window of its own

    def ask(self) -> None:
        self.room.ask(self, lambda place: staff.staff_of(place.session.record, place.session.clock.today()), self._show, replace="staff")

    def change(self, key: str) -> None:
        """The sheet of one member of staff, or of a new one."""
        if self._teaches and key == self.room.actor.id:
            self.change_own()
            return
        if not may(self.room.actor, "change_roles"):
            self.room.ways.toast(why_not("change_roles"))
            return
        person = self._staff.get(key)
        body = StaffForm(self.room, person)
        sheet = Sheet(reference.say("people.change_staff" if person else "people.add_staff"), body)
        body.done.connect(sheet.close_sheet)
        self.room.ways.show_sheet(sheet)

    def change_own(self) -> None:
        """The sheet for the classes that the person at the laptop teaches."""
        me = self._staff.get(self.room.actor.id)
        if me is None:
            return
        body = OwnClassesForm(self.room, me)
        sheet = Sheet(reference.say("people.change_own_classes"), body)
        body.done.connect(sheet.close_sheet)
        self.room.ways.show_sheet(sheet)

    def _show(self, people: list[StaffMember]) -> None:
        self._staff = {each.id: each for each in people}
        self.table.show_rows([self._row(each) for each in people])
        self.own_button.setEnabled(self.room.actor.id in self._staff)
        if not self.table.current_key():
            self.table.choose_first()
        self._fit()

    def _row(self, person: StaffMember) -> TableRow:
        you = reference.say("people.you") if person.id == self.room.actor.id else person.job_title or ""
        name = Cell(f"{person.name} ({you})" if you else person.name, bold=person.id == self.room.actor.id)
        return TableRow(person.id, (name, Cell(reference.say(f"people.role_{person.role}")), Cell(", ".join(person.classes))))

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        # By the theme, and not by the table: it may not have followed a new text size yet.
        self.table.setFixedHeight(theme().px(34) + theme().px(40) * max(1, len(self._staff)) + 4)


class StaffForm(SheetBody):
    """Name, role, classes. A name is written once: notes and the audit trail carry it."""

    done = Signal()

    def __init__(self, room: Room, person: StaffMember | None) -> None:
        self.room, self.person = room, person
        self.form = Form(wide=True)
        self.name = LineField() if person is None else None
        if self.name is not None:
            self.form.add("name", Field(reference.say("people.name"), self.name))
        elif person is not None:
            self.form.add_widget(Text(person.name, "body", weight=600, wrap=True))
        roles = [(each, reference.say(f"people.role_{each}")) for each in ROLES]
        self.role = Choice(reference.say("people.role"), roles, value=person.role if person else "teacher")
        self.form.add("role", Field(reference.say("people.role"), self.role, hint=reference.say("people.role_hint")))
        self.classes = LineField()
        self.classes.setText(", ".join(person.classes) if person else "")
        self.form.add(
            "classes", Field(reference.say("people.classes"), self.classes, hint=reference.say("people.classes_hint"), optional=True)
        )
        self.save = Button(reference.say("people.save_staff"), "primary", icon="check", press=self.submit)
        self.leave = Button(reference.say("people.leaves_today"), "danger", press=self._leave) if person else None
        cancel = Button(reference.say("people.cancel"), "quiet", press=lambda: self.done.emit())
        buttons = [each for each in (self.save, cancel, self.leave) if each is not None]
        self.draft = DraftOf(room, self.form, f"staff.{person.id if person else ''}")
        super().__init__(reference.say("people.staff"), self.form, *buttons, above=self.draft.notice)
        self.draft.began()
        self.setFocusProxy(self.name or self.role)
        command(self, reference.say("people.save_staff"), self.submit, "Ctrl+Return", "Ctrl+Enter")

    def submit(self) -> None:
        name = self.name.text() if self.name is not None else ""
        role, classes = self._role(), self.classes.text().split(",")
        person = self.person

        def keep(place: Workplace) -> Saved:
            if person is None:
                return staff.add_staff(place.session, name, role, classes=classes)[1]
            return staff.change_role(place.session, person.id, role, classes)

        self.form.clear_problems()
        self.room.do(self, keep, lambda _: self._kept(), self.form.refuse, once=True)

    def _leave(self) -> None:
        person = self.person
        assert person is not None

        def go(place: Workplace) -> Saved:
            return staff.staff_leaves(place.session, person.id, place.session.clock.today())

        self.form.clear_problems()
        self.room.do(self, go, lambda _: self._kept(), self.form.refuse)

    def _kept(self) -> None:
        self.draft.saved()
        self.done.emit()

    def _role(self) -> Role:
        return next(each for each in ROLES if each == self.role.value())


class OwnClassesForm(SheetBody):
    """The classes of the person at the laptop, who needs nobody to change them; that they were changed is told in Activity."""

    done = Signal()

    def __init__(self, room: Room, me: StaffMember) -> None:
        self.room = room
        self.form = Form(wide=True)
        self.classes = LineField()
        self.classes.setText(", ".join(me.classes))
        self.form.add("classes", Field(reference.say("people.classes"), self.classes, hint=reference.say("people.own_classes_hint")))
        self.save = Button(reference.say("people.save_staff"), "primary", icon="check", press=self.submit)
        cancel = Button(reference.say("people.cancel"), "quiet", press=lambda: self.done.emit())
        self.draft = DraftOf(room, self.form, f"staff.{me.id}")
        super().__init__(reference.say("people.change_own_classes"), self.form, self.save, cancel, above=self.draft.notice)
        self.draft.began()
        self.setFocusProxy(self.classes)
        command(self, reference.say("people.save_staff"), self.submit, "Ctrl+Return", "Ctrl+Enter")

    def submit(self) -> None:
        classes = self.classes.text().split(",")

        def kept(saved: Saved) -> None:
            self.draft.saved()
            self.done.emit()
            self.room.ways.toast(reference.say("people.own_classes_kept"), saved)

        self.form.clear_problems()
        self.room.do(self, lambda place: staff.change_own_classes(place.session, classes), kept, self.form.refuse, once=True)
