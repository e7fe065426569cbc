"""The sheets for what happens between a request and the council outside this program: how it went there, and what was decided."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import SENT_BY, Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.reference import case_kind, explain, say
from sencoapp.services.documents import AboutDocument, documents_of, keep_document
from sencoapp.services.ports import Session, TakenIn
from sencoapp.services.request_cases import council_decided, must_be_decidable
from sencoapp.services.sent_otherwise import Sending, record_sent
from ui.files import ask_for_file
from ui.incoming import kinds_taken, read_file
from ui.pages.ask_form import Ask, AskRow
from ui.pages.record_sheet import Entry, open_entry
from ui.pages.request_content import RequestContent
from ui.room import Room
from ui.widgets import STRETCH, Button, Text, col, row


def open_sent_sheet(room: Room, owner: QObject, content: RequestContent) -> None:
    """How, when and to whom a request went; told again, it is corrected."""
    request, standing, packs = content.request, content.standing, content.page.packs
    service = content.page.council.get("service") or {}
    hint = say("request_page.sent_to_hint", address=service["email"]) if service.get("email") else ""
    told: list[str] = []
    rows: list[AskRow] = [
        Text(say("request_page.went_note"), "ui", "muted", wrap=True),
        Ask("how", say("request_page.how_it_went"), "one", [(each, say(f"request_page.by_{each}")) for each in SENT_BY]),
        (
            Ask("sent_on", say("request_page.sent_on"), "day", what=say("request_page.sent_on_what"), towards="past", past=True),
            Ask(
                "received_on",
                say("request_page.received_on"),
                "day",
                what=say("request_page.received_on_what"),
                towards="past",
                past=True,
                optional=True,
            ),
        ),
        Text(say("request_page.received_on_hint"), "ui", "muted", wrap=True),
        Ask("sent_to", say("request_page.sent_to"), optional=True, hint=hint),
        Ask("number", say("cases.reference"), optional=True),
    ]
    if len(packs) > 1:
        versions = [(each.id, say("request_page.version_of", version=each.version, day=full_date(each.made_at.date()))) for each in packs]
        rows.append(Ask("pack", say("request_page.which_version"), "choice", list(reversed(versions))))
    sent = standing.sent
    values = {
        "how": sent.how if sent else "email",
        "sent_on": standing.sent_on or content.today,
        "received_on": standing.received_on,
        "sent_to": sent.sent_to if sent else None,
        "number": standing.case.reference if standing.case else None,
        "pack": (sent.pack if sent else None) or (packs[-1].id if packs else None),
    }

    def write(session: Session, typed: Mapping[str, Any]) -> Saved:
        if typed["sent_on"] is None:
            raise Refusal("sent_day_missing", field="sent_on")
        about: dict[str, Any] = {name: typed.get(name) for name in ("received_on", "sent_to", "number", "pack")}
        sending = Sending(typed["sent_on"], typed["how"], **about)
        _, joined, saved = record_sent(session, request.id, sending)
        told.append(joined.how if joined else "no_case")
        return saved

    entry = Entry(
        title=say("request_page.went_title"),
        save_words=say("request_page.went_save"),
        rows=rows,
        values=values,
        draft=f"request_went.{request.id}",
        write=write,
        said=lambda _: say(f"request_page.went_{told[-1]}"),
    )
    open_entry(room, owner, entry, content.today)


def open_decided_sheet(room: Room, owner: QWidget, case: CouncilCase) -> None:
    """What the council decided, with the day and the letter."""

    def ask(answer: tuple[list[tuple[str, str]], Any]) -> None:
        papers, today = answer
        letter = LetterFile(room)
        decisions = [(each["id"], each["label"]) for each in case_kind(case.kind)["decisions"]]
        rows: list[AskRow] = [
            Ask("decision", say("cases.what_decided"), "chips", decisions),
            Ask("on", say("cases.day_of_letter"), "day", what=say("cases.the_day"), towards="past", past=True),
        ]
        if papers:
            rows.append(Ask("letter", say("cases.the_letter"), "choice", [("", say("cases.no_letter")), *papers], optional=True))
        rows.append(letter)

        def write(session: Session, typed: Mapping[str, Any]) -> Saved:
            if not typed["decision"]:
                raise Refusal("decision_not_known", field="decision")
            if typed["on"] is None:
                raise Refusal("decision_day_missing", field="on")
            must_be_decidable(session, case.id, typed["decision"], typed["on"])
            paper = _kept(session, case.pupil, letter.taken, typed["on"]) if letter.taken else typed.get("letter")
            return council_decided(session, case.id, typed["decision"], typed["on"], letter=paper)

        entry = Entry(
            title=say("cases.council_decided"),
            save_words=say("cases.save"),
            rows=rows,
            values={"decision": case.decision, "on": case.decided_on or today},
            draft=f"case_decided.{case.id}",
            write=write,
            said=lambda _: say("cases.decision_kept"),
        )
        open_entry(room, owner, entry, today)

    def read(place: Any) -> tuple[list[tuple[str, str]], Any]:
        papers = [(each.id, each.title) for each in documents_of(place.session.record, case.pupil) if not each.confidential]
        return papers, place.session.clock.today()

    room.ask(owner, read, ask, replace="letters of a case")


def _kept(session: Session, pupil: str, taken: TakenIn, on: date) -> str:
    """The letter as a document of the pupil: the one that is there already, or else a new one."""
    there = session.record.find(Document, pupil=pupil, sha256=hashlib.sha256(taken.content).hexdigest())
    if there:
        return there[0].id
    about = AboutDocument(title=say("cases.letter_of_decision"), kind="letter", document_on=on, for_requests=False)
    return keep_document(session, pupil, taken, **about)[0].id


class LetterFile(QWidget):
    """The council's letter as a file, which becomes a document of the pupil when the sheet is saved."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.taken: TakenIn | None = None
        self.choose = Button(say("cases.letter_file"), "secondary", icon="plus", press=self._ask)
        self._name = Text("", "ui", "muted", wrap=True)
        self._name.hide()
        self.setLayout(col(row(self.choose, STRETCH), self._name, gap=6))

    def _ask(self) -> None:
        ask_for_file(self, say("cases.letter_file"), kinds_taken(), lambda path: self.take_in(path.name, lambda: read_file(path)))

    def take_in(self, filename: str, read: Any) -> None:
        """Looks at the file away from the window's thread; one that is not taken in gets its sentence."""
        rooms = self._room.place.documents

        def kept(taken: TakenIn) -> None:
            self.taken = taken
            self._say(say("cases.letter_chosen", file=taken.filename))

        self._room.aside(self, lambda: rooms.take_in(filename, read()), kept, self._refused)

    def _refused(self, message: PlainMessage) -> None:
        self._say(explain(message))

    def _say(self, words: str) -> None:
        self._name.setText(words)
        self._name.show()
