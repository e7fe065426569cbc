"""What happens to one pupil's record as a whole: copies, the way to another school, how long it is kept, and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.access import AnswerBy
from sencoapp.domain.dates import full_date
from sencoapp.domain.leaving import AccessRequest, Arrival, Erasure, HandOver, LegalHold
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import access, erasing, hand_over, retention
from sencoapp.services.ports import Session
from ui.page import Page
from ui.pages.ask_form import Ask
from ui.pages.entry_panel import EntryPanel, Line
from ui.pages.leaving_copy import give_copy, open_decisions
from ui.pages.leaving_erase import open_erasing
from ui.pages.leaving_hand_over import open_hand_over
from ui.pages.pupil_words import joined
from ui.pages.record_sheet import Entry, open_entry
from ui.room import Room
from ui.widgets import STRETCH, Button, Notice, Scroll, Text, col, heading, panel, row

say = reference.say
GROUNDS = ("subject_access", "educational_record")
_OURS = ("pupil", "access_request", "legal_hold", "hand_over", "arrival", "sen_status", "sen_need")


@dataclass(frozen=True)
class Whole:
    """What the page shows."""

    pupil: Pupil
    today: date
    reviews: tuple[access.Review, ...]
    closed: tuple[AccessRequest, ...]
    went: tuple[HandOver, ...]
    came: tuple[Arrival, ...]
    hand_over_by: AnswerBy
    retained: retention.Retained
    holds: tuple[LegalHold, ...]
    may_erase: bool
    earlier: Erasure | None
    """An earlier record of this pupil was erased: they left and came back."""


def make_leaving_page(room: Room) -> Page:
    """The page of one pupil's record as a whole. Its arg is ``pupil``."""
    return LeavingPage(room)


class LeavingPage(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._whole: Whole | None = None
        self.copies = EntryPanel(
            say("leaving_page.copies"), say("leaving_page.note_request"), self.note_request, say("leaving_page.no_request"), self._copy
        )
        self.leaves = EntryPanel(
            say("leaving_page.leaves"), say("leaving_page.hand_over"), self.hand_over, say("leaving_page.never_went"), self._went
        )
        self.kept = EntryPanel(say("leaving_page.kept"), say("leaving_page.place_hold"), self.place_hold, "", self._hold)
        self.erase_button = Button(say("leaving_page.erase"), "danger", press=self.erase)
        self.ends = panel(
            heading(say("leaving_page.ends")),
            Text(say("leaving_page.ends_why"), "body", wrap=True),
            row(self.erase_button, STRETCH),
            gap=12,
            margins=16,
        )
        self.removed = Notice("info", say("leaving_page.removed"))
        self._back = back = Button(say("leaving_page.to_pupil"), "link", press=lambda: room.ways.go("pupil", pupil=self._pupil))
        inner = col(
            row(back, STRETCH), self.removed, self.copies, self.leaves, self.kept, self.ends, STRETCH, gap=16, margins=(24, 16, 20, 24)
        )
        self._body = Scroll(inner, say("leaving_page.title"))
        self._body.hide()
        self.setLayout(col(self._body, gap=0))

    # ---- the page -----------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._pupil = str(args.get("pupil", self._pupil))
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil in saved.pupils() and saved.touches(*_OURS):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self._body,)

    def first_focus(self) -> QWidget | None:
        return self._back

    def observation_args(self) -> Mapping[str, Any]:
        return {"pupil": self._pupil, "name": self._whole.pupil.name} if self._whole else {}

    def _ask(self) -> None:
        pupil = self._pupil
        self.room.ask(self, lambda place: _whole(place, pupil), self._show, self._gone, replace="whole")

    def _gone(self, message: PlainMessage) -> None:
        self._body.hide()
        self.set_heading(say("leaving_page.title"), reference.explain(message))

    def _show(self, whole: Whole) -> None:
        self._whole = whole
        there = not whole.retained.removed
        self.removed.setVisible(not there)
        for each in (self.copies, self.leaves, self._back):
            each.setVisible(there)
        self.set_heading(whole.pupil.name, say("leaving_page.title"))
        self.copies.show_lines([*(_open_line(each) for each in whole.reviews), *(_closed_line(each) for each in whole.closed)])
        self.leaves.show_lines([*(_went_line(each, whole.hand_over_by) for each in whole.went), *(_came_line(each) for each in whole.came)])
        earlier = [_earlier_line(whole.earlier)] if whole.earlier else []
        self.kept.show_lines([_rule_line(whole), *earlier, *(_hold_line(each, whole.today) for each in whole.holds)])
        self.ends.setVisible(whole.may_erase)
        self._body.show()

    # ---- copies -------------------------------------------------------------------------------------------------------

    def note_request(self) -> None:
        """Somebody asked for a copy."""
        if self._whole is None:
            return
        pupil, today = self._whole.pupil, self._whole.today
        grounds = [(each, say(f"leaving_page.ground_{each}")) for each in GROUNDS]
        entry = Entry(
            title=say("leaving_page.request_of", name=pupil.name),
            save_words=say("leaving_page.save_request"),
            rows=[
                Ask("ground", say("leaving_page.ground"), "one", grounds),
                Ask("asked_by", say("leaving_page.asked_by")),
                Ask(
                    "received_on", say("leaving_page.received_on"), "day", what=say("leaving_page.received_day"), towards="past", past=True
                ),
            ],
            values={"ground": "subject_access", "received_on": today},
            draft=f"access.{pupil.id}",
            write=lambda session, values: _begin(session, pupil.id, values, today),
            said=lambda _: say("leaving_page.request_noted"),
        )
        open_entry(self.room, self, entry, today)

    def _copy(self, action: str, request: str) -> None:
        if action == "decide":
            open_decisions(self.room, self, request)
        elif action == "give":
            give_copy(self.room, self, request, self._refused)
        elif action == "extend":
            self._because(request, "extend", lambda session, words: access.extend(session, request, words))
        else:
            self._because(request, "close", lambda session, words: access.close_without(session, request, words))

    def _because(self, id: str, name: str, write: Any) -> None:
        entry = Entry(
            title=say(f"leaving_page.{name}_title"),
            save_words=say(f"leaving_page.{name}_save"),
            rows=[Ask("reason", say("leaving_page.why"), "words")],
            values={},
            draft=f"{name}.{id}",
            write=lambda session, values: write(session, values["reason"] or ""),
            said=lambda _: say("leaving_page.noted"),
        )
        if self._whole is not None:
            open_entry(self.room, self, entry, self._whole.today)

    # ---- leaving ------------------------------------------------------------------------------------------------------

    def hand_over(self) -> None:
        if self._whole is not None:
            open_hand_over(self.room, self, self._whole.pupil, self._whole.today)

    def _went(self, action: str, id: str) -> None:
        if self._whole is None or action != "receipt":
            return
        entry = Entry(
            title=say("leaving_page.receipt_title"),
            save_words=say("leaving_page.receipt_save"),
            rows=[
                Ask("by", say("leaving_page.receipt_by")),
                Ask("on", say("leaving_page.receipt_on"), "day", what=say("leaving_page.receipt_day"), towards="past", past=True),
            ],
            values={"on": self._whole.today},
            draft=f"receipt.{id}",
            write=lambda session, values: hand_over.receipt_came(session, id, values["on"] or session.clock.today(), values["by"] or ""),
            said=lambda _: say("leaving_page.noted"),
        )
        open_entry(self.room, self, entry, self._whole.today)

    # ---- keeping and ending -----------------------------------------------------------------------------------------

    def place_hold(self) -> None:
        """Nothing is erased while it stands."""
        if self._whole is None:
            return
        pupil = self._whole.pupil
        entry = Entry(
            title=say("leaving_page.hold_title", name=pupil.name),
            save_words=say("leaving_page.hold_save"),
            rows=[
                Ask("reason", say("leaving_page.why"), "words"),
                Ask("until", say("leaving_page.hold_until"), "day", what=say("leaving_page.hold_day"), towards="future", optional=True),
            ],
            values={},
            draft=f"hold.{pupil.id}",
            write=lambda session, values: retention.place_hold(session, pupil.id, values["reason"] or "", values["until"]),
            said=lambda _: say("leaving_page.held"),
        )
        open_entry(self.room, self, entry, self._whole.today)

    def _hold(self, _action: str, hold: str) -> None:
        self._because(hold, "lift", lambda session, words: retention.lift_hold(session, hold, words))

    def erase(self) -> None:
        if self._whole is not None:
            open_erasing(self.room, self, self._whole.pupil.id)

    def _refused(self, message: PlainMessage) -> None:
        self.room.ways.toast(reference.explain(message))


def _whole(place: Workplace, pupil: str) -> Whole:
    session = place.session
    record, today = session.record, session.clock.today()
    kept = retention.retained(record, pupil, today)
    found = kept.pupil
    requests = access.requests_of(session, pupil)
    return Whole(
        pupil=found,
        today=today,
        reviews=tuple(access.review(session, each.id) for each in requests if each.is_open),
        closed=tuple(each for each in requests if not each.is_open),
        went=tuple(hand_over.hand_overs_of(session, pupil)),
        came=tuple(record.find(Arrival, pupil=pupil)),
        hand_over_by=access.due(session, "hand_over", found.left_on or today),
        retained=kept,
        holds=tuple(retention.holds_of(record, pupil)),
        may_erase=session.actor.role == "senco",
        earlier=next(iter(erasing.erased_before(record, (found.upn, found.former_upn)).values()), None),
    )


def _begin(session: Session, pupil: str, values: Mapping[str, Any], today: date) -> Saved:
    return access.begin(session, pupil, values["ground"], values["asked_by"] or "", values["received_on"] or today)[1]


def _open_line(review: access.Review) -> Line:
    request, by = review.request, review.answer_by
    due = say("leaving_page.to_give_by", day=full_date(by.due)) if by.due else say("leaving_page.due_unknown")
    open_places = say("leaving_page.to_decide", count=len(review.open)) if review.open else say("leaving_page.all_decided")
    restricted = say("leaving_page.restricted", names=", ".join(review.restricted)) if review.restricted else ""
    actions = [("decide", say("leaving_page.decide"))]
    if not review.open:
        actions.append(("give", say("leaving_page.give")))
    if request.ground == "subject_access" and not request.extended_because:
        actions.append(("extend", say("leaving_page.extend")))
    actions.append(("close", say("leaving_page.close")))
    return Line(
        request.id,
        joined(say(f"leaving_page.ground_{request.ground}"), request.asked_by),
        joined(say("leaving_page.received", day=full_date(request.received_on)), due, by.citation),
        " ".join(each for each in (open_places, restricted) if each),
        actions=tuple(actions),
    )


def _closed_line(request: AccessRequest) -> Line:
    done = say("leaving_page.answered", day=full_date(request.answered_on)) if request.answered_on else request.closed_because or ""
    return Line(
        request.id,
        joined(say(f"leaving_page.ground_{request.ground}"), request.asked_by),
        joined(say("leaving_page.received", day=full_date(request.received_on)), done),
    )


def _went_line(went: HandOver, by: AnswerBy) -> Line:
    signed = ""
    if went.receipt_on and went.receipt_by:
        signed = say("leaving_page.signed", day=full_date(went.receipt_on), name=went.receipt_by)
    made = say("leaving_page.went_on", day=full_date(went.made_at.date()), person=went.made_by)
    due = say("leaving_page.to_give_by", day=full_date(by.due)) if by.due else ""
    actions = () if signed else (("receipt", say("leaving_page.receipt")),)
    return Line(went.id, say("leaving_page.went_to", school=went.school), joined(made, due, by.citation), signed, actions=actions)


def _came_line(came: Arrival) -> Line:
    made = say("leaving_page.came_on", day=full_date(came.received_at.date()), person=came.received_by)
    return Line(
        came.id,
        say("leaving_page.came_from", school=came.school),
        joined(made, say("leaving_page.came_fingerprint", words=came.fingerprint)),
    )


def _rule_line(whole: Whole) -> Line:
    rule, due = whole.retained.rule, whole.retained.due_on
    until = say("leaving_page.kept_until", day=full_date(due)) if due else say("leaving_page.kept_unknown")
    return Line("rule", joined(rule.label, until), rule.citation)


def _earlier_line(erased: Erasure) -> Line:
    return Line("earlier", say("leaving_page.erased_before"), say("leaving_page.erased_before_on", day=full_date(erased.at.date())))


def _hold_line(hold: LegalHold, today: date) -> Line:
    placed = say("leaving_page.hold_placed", day=full_date(hold.placed_on), person=hold.placed_by)
    until = say("leaving_page.hold_ends", day=full_date(hold.until)) if hold.until else ""
    lifted = say("leaving_page.hold_lifted", day=full_date(hold.lifted_on), why=hold.lifted_because or "") if hold.lifted_on else ""
    actions = (("lift", say("leaving_page.lift")),) if hold.stands_on(today) else ()
    return Line(hold.id, say("leaving_page.hold"), joined(placed, until, lifted), hold.reason, actions=actions)
