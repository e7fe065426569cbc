"""Erasing a pupil's record in two steps: what it is, then the name typed, a reason, and the certificate."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved, Touched
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.services import erasing
from sencoapp.services.record_words import kind_words
from ui.files import ask_to_save
from ui.pages.facts import told
from ui.pages.save_out import write_out
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button, ChipChoice, Choice, Field, Form, LineField, Notice, Sheet, TextArea

say = reference.say
ask_where = ask_to_save
"""What asks where the certificate goes; tests put something else here."""


def open_erasing(room: Room, owner: QWidget, pupil: str) -> None:
    """The first step: what would go."""
    room.ask(
        owner,
        lambda place: (erasing.review(place.session, pupil), place.session.clock.today(), place.backups.left_aside()),
        lambda found: room.ways.show_sheet(EraseSheet(room, found[0], found[0].retained.is_due(found[1]), found[2])),
        replace="erasing",
    )


class EraseSheet(Sheet):
    def __init__(self, room: Room, seen: erasing.ErasureReview, due: bool, aside: Sequence[Path] = ()) -> None:
        self._room, self._seen, self._left_aside = room, seen, {str(each): each for each in aside}
        self._busy = False
        self.form = Form()
        span = ""
        if seen.first_on and seen.last_on:
            span = say("leaving_page.span", first=full_date(seen.first_on), last=full_date(seen.last_on))
        counts = ", ".join(f"{kind_words(kind)}: {count}" for kind, count in seen.kinds)
        self.form.add_widget(
            told(
                (
                    (say("leaving_page.would_go"), say("leaving_page.things", things=seen.things, saves=seen.saves, files=seen.files)),
                    (say("leaving_page.of_the_time"), span),
                    (say("leaving_page.of_kinds"), counts),
                )
            )
        )
        if seen.mentions:
            self.form.add_widget(Notice("info", say("leaving_page.mentions", count=seen.mentions)))
        self.next_button = Button(say("leaving_page.go_on"), "danger", press=self.go_on)
        self.erase_button = Button(say("leaving_page.erase_now"), "danger", press=self.erase)
        self.erase_button.hide()
        if seen.refused:
            held = "; ".join(each.reason for each in seen.retained.holds)
            self.form.add_widget(Notice("warning", say(f"refusals.{seen.refused}", name=seen.pupil.name, reason=held)))
            self.next_button.hide()
        rules = reference.data("rules", "retention.json")
        reasons = [(seen.retained.rule.id, seen.retained.rule.label)] if due else []
        reasons += [(each["id"], each["label"]) for each in rules["other_reasons"]]
        self.rule = Choice(say("leaving_page.rule"), reasons)
        self.reason = TextArea(say("leaving_page.why"), lines=2)
        self.name = LineField()
        self._second: list[QWidget] = [
            self.form.add("rule", Field(say("leaving_page.rule"), self.rule)),
            self.form.add("reason", Field(say("leaving_page.why"), self.reason, hint=say("leaving_page.reason_hint"))),
            self.form.add("name", Field(say("leaving_page.type_name", name=seen.pupil.name), self.name)),
        ]
        if aside:
            self._second.append(self._ask_of_copies())
        warning = Notice("danger", say("leaving_page.for_good"))
        self.form.add_widget(warning)
        self._second.append(warning)
        for each in self._second:
            each.hide()
        self.form.end()
        title = say("leaving_page.erase_title", name=seen.pupil.name)
        super().__init__(title, SheetBody(title, self.form, self.next_button, self.erase_button))

    def _ask_of_copies(self) -> QWidget:
        """Older copies of the record that lie aside: which go too, and whether that is meant."""
        self.aside = ChipChoice(say("leaving_page.aside"), [(path, each.name) for path, each in self._left_aside.items()], several=True)
        self.aside_sure = ChipChoice(say("leaving_page.aside_sure"), [("sure", say("leaving_page.aside_yes"))], several=True)
        sure = Field(say("leaving_page.aside_sure"), self.aside_sure)
        sure.hide()
        self.aside.chosen.connect(lambda: sure.setVisible(bool(self.aside.values())))
        which = Field(say("leaving_page.aside"), self.aside, hint=say("leaving_page.aside_why"))
        self.form.add("aside", which)
        self.form.add("aside_sure", sure)
        return which

    def _copies_to_delete(self) -> list[Path]:
        """Raises ``Refusal("erasing_copies_unsure")`` where nobody has said that it is meant."""
        chosen = [self._left_aside[each] for each in self.aside.values()] if self._left_aside else []
        if chosen and not self.aside_sure.values():
            raise Refusal("erasing_copies_unsure", field="aside_sure")
        return chosen

    def go_on(self) -> None:
        """The second step."""
        for each in self._second:
            each.show()
        self.next_button.hide()
        self.erase_button.show()
        self.rule.setFocus()

    def erase(self) -> None:
        if self._busy:
            return
        self.form.clear_problems()
        try:
            aside = self._copies_to_delete()
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        self._busy = True
        job = Job(say("leaving_page.erasing"))
        pupil, typed, rule, reason = self._seen.pupil.id, self.name.text(), self.rule.value(), self.reason.words()

        def work(place: Workplace) -> tuple[bytes, Saved]:
            session = place.session
            made = erasing.erase(
                session,
                pupil,
                typed_name=typed,
                rule=rule,
                reason=reason,
                backups=place.backups.that_hold(session.clock.today(), without=aside),
                copies=place.copies,
                clear_aside=lambda: place.backups.delete_aside(aside),
                progress=job.progress,
                cancelled=job.cancelled,
            )
            pdf = place.documents.erasure_certificate(erasing.certificate_content(session.record, made.id))
            return pdf, Saved(session.record.position(), frozenset({Touched("pupil", pupil, pupil), Touched("erasure", made.id, None)}))

        self._room.do(self, work, lambda found: self._erased(found[0]), self._refused, job=job)

    def _erased(self, certificate: bytes) -> None:
        room = self._room
        self.close_sheet()
        room.ways.go("settings", section="keeping")
        room.ways.toast(say("leaving_page.erased"))
        save_certificate(self.window(), room, certificate)

    def _refused(self, message: PlainMessage) -> None:
        self._busy = False
        self.form.refuse(message)


def save_certificate(owner: QWidget, room: Room, certificate: bytes) -> None:
    """Asks where, and saves it whole. It can be made again from Settings at any time."""

    def save(path: Path) -> None:
        said = say("leaving_page.certificate_saved", file=path.name)
        write_out(room.desk, room.place, owner, {path: certificate}, lambda _: None, lambda _: room.ways.toast(said))

    ask_where(owner, say("leaving_page.where_certificate"), say("leaving_page.certificate_name"), say("lists.file_pdf"), save)
