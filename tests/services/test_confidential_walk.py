"""What an insider tries: every question of the record and every reading service, asked by somebody who is no reader.

Neither the words of something confidential nor what it is about comes back, whichever way somebody asks.
"""

import inspect
from dataclasses import replace
from datetime import date

import pytest

from sencoapp.domain.activity import ActivityQuery
from sencoapp.domain.casework import Disclosure, Document
from sencoapp.domain.leaving import AccessRequest, Decision
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation, ToldSenco, View
from sencoapp.domain.provision_map import MapQuery, Period
from sencoapp.domain.record import KINDS, Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import ReportMark
from sencoapp.services import (
    access,
    concerns,
    confidential,
    documents,
    drafts,
    exports,
    history,
    lending,
    plans,
    professionals,
    pupils,
    requests,
    signing_off,
    teaching,
    today,
    trail,
    undoing,
)
from sencoapp.services.observations import remove_observations
from sencoapp.services.ports import Record, RegisterQuery
from tests.services.people_of_the_school import TwoClasses, a_thing

NO_READERS = ("teacher", "teaching_assistant", "head_teacher", "office")
CANARY = "zebrafinch"
WRITING = {
    *("save", "receive", "erase", "note", "keep_draft", "drop_draft", "set_setting", "rebuild", "verify", "within"),
    *("position", "keep_look", "log_hash", "knows", "setting", "draft", "drafts"),
}
"""What of the port asks nothing of things: drafts and settings are the laptop's own person's."""


class Kept:
    """A note, a document and two views that nobody but the SENCO and the deputy reads, and all that hangs on them."""

    def __init__(self, place) -> None:
        self.school = school = TwoClasses(place)
        self.place, pupil, senco = place, school.own, school.staff["senco"].id
        self.cycle = a_thing(Cycle, place, pupil, number=1, starts_on=date(2026, 9, 7), review_due_on=date(2026, 12, 1))
        said = {"text": f"{CANARY} said", "setting": f"{CANARY} hall", "author": senco, "confidential": True}
        self.note = a_thing(Observation, place, pupil, **said)
        self.removed = a_thing(Observation, place, pupil, **said)
        blob = place.session.blobs.put(b"paper")
        named = {"title": f"{CANARY} plan", "filename": f"{CANARY}.pdf", "organisation": CANARY, "blob": blob, "shared": True, "pages": 1}
        self.paper = a_thing(Document, place, pupil, **named, for_requests=True, confidential=True)
        self.view = a_thing(
            View, place, pupil, cycle=self.cycle.id, whose="pupil", text=f"{CANARY} told", said_by=CANARY, confidential=True
        )
        self.told = a_thing(ToldSenco, place, pupil, observation=self.note.id)
        links = [
            EvidenceLink(place.session.ids.new(), pupil.id, self.cycle.id, kind, thing.id)
            for kind, thing in (("observation", self.note), ("document", self.paper))
        ]
        copied = a_thing(AccessRequest, place, pupil, decisions=(Decision(f"observation/{self.note.id}/text", "black_out", (CANARY,)),))
        school.save(self.cycle, self.note, self.removed, self.paper, self.view, self.told, *links, copied)
        school.record.save([Amend(View, self.view.id, {"text": f"{CANARY} told again"})], action="change", actor=place.session.actor)
        remove_observations(place.session, [self.removed.id])
        place.session.record.keep_look(self.paper.id, pupil.id, self.paper.sha256, {"pages": []})
        quoted = a_thing(ReportMark, place, pupil, document=self.paper.id, what="need", quote=f"{CANARY} is quoted")
        school.save(quoted)
        self.request, _ = requests.start_request(place.session, pupil.id)
        requests.change_request(place.session, self.request, replace(self.request, evidence=(self.paper.id,)))
        documents.record_disclosure(place.session, documents.name_outside(self.paper), b"paper", recipient="x", purpose="y", pupil=pupil.id)

    def things(self):
        return ((Observation, self.note), (Observation, self.removed), (Document, self.paper), (View, self.view))

    def ids(self):
        return {each.id for _, each in self.things()}


@pytest.fixture
def kept(place):
    return Kept(place)


def questions(kept, record):
    """Every question of the port, in every way that could lead to what is kept, by the name of the method."""
    pupil, day = kept.school.own.id, date(2026, 9, 1)
    saves = [each.save for each in kept.place.session.record.saves()]
    both = [(kind, each.id) for kind, each in kept.things()]
    names = [(name, id) for name in ("observation", "document", "view") for id in kept.ids()]
    yield "whose", [record.whose(*each) for each in both]
    yield "get", [record.get(*each) for each in both]
    yield "get_hidden", [record.get_hidden(*each) for each in both]
    yield "find", [record.find(each) for each in KINDS.values()]
    yield "count", [record.count(Observation, text=kept.note.text), record.count(View, pupil=pupil), record.count(Document)]
    yield "allowed", record.allowed([])
    yield "register", record.register(RegisterQuery(text=CANARY))
    yield "register_count", record.register_count(RegisterQuery(text=CANARY))
    yield "reviews_due", [each.views for each in record.reviews_due(RegisterQuery())]
    yield "register_choices", record.register_choices()
    yield "status_counts", record.status_counts()
    yield "find_notes", [record.find_notes(CANARY), record.find_notes(""), record.find_notes("", pupil=pupil)]
    yield "notes_since", record.notes_since(day)
    yield "chronology", [record.chronology(pupil), record.chronology(pupil, text=CANARY)]
    yield "chronology_authors", record.chronology_authors(pupil)
    yield "threads", record.threads(date(2026, 11, 24))
    yield "erased_streams", record.erased_streams()
    yield "kept_pupils", record.kept_pupils()
    yield (
        "chronology_counts",
        {name: n for name, n in record.chronology_counts(pupil).items() if name in ("observation", "document", "view")},
    )
    school_year = Period(date(2026, 9, 1), date(2027, 8, 31))
    yield "map_facts", record.map_facts(MapQuery(school_year), {})
    yield "map_choices", record.map_choices(school_year)
    yield "looks", record.looks(pupil)
    yield "history", [record.history(*each) for each in both]
    yield "save_of", [record.save_of(each) for each in saves]
    yield "made_in", [record.made_in(*each) for each in names]
    yield "saves", list(record.saves())
    yield "streams_since", record.streams_since(0)
    yield "unchosen", [record.unchosen(each) for each in kept.ids()]
    yield "hidden", record.hidden()
    yield "writers", record.writers(sorted(kept.ids()))
    yield "whole_save", [record.whole_save(*each) for each in both]
    yield "trail", [each.facts for each in record.trail()]
    yield "activity", [each.facts for each in record.activity(ActivityQuery())]
    try:
        yield "stream", record.stream(pupil)
    except Refusal:
        yield "stream", []


@pytest.mark.parametrize("role", NO_READERS)
def test_no_question_of_the_record_gives_it_to_who_is_no_reader(kept, role):
    asked = dict(questions(kept, kept.school.session(role).record))
    told = {name: repr(answer) for name, answer in asked.items() if CANARY in repr(answer)}
    assert told == {}
    named = {name for name, answer in asked.items() if name not in ("trail", "activity") and any(id in repr(answer) for id in kept.ids())}
    assert named <= {"find"}, named  # a request names its evidence by id
    assert asked["chronology_counts"] == {"observation": 0, "document": 0, "view": 0}
    assert asked["notes_since"] == 0
    assert asked["count"] == [0, 0, 0]
    assert not any(asked["made_in"])


def test_the_walk_asks_every_question_there_is(kept):
    there = {name for name, _ in inspect.getmembers(Record, inspect.isfunction) if not name.startswith("_")}
    assert {name for name, _ in questions(kept, kept.school.session("teacher").record)} == there - WRITING


def services(kept, session):
    """Every reading service, as lists of what to call."""
    record, pupil, request = session.record, kept.school.own.id, kept.request.id
    day = session.clock.today()
    yield from (lambda each=each: history.history_of(session, each[0], each[1].id) for each in _named(kept))
    yield lambda: history.recently_deleted(record)
    yield lambda: drafts.kept_drafts(record)
    yield lambda: today.today_page(session)
    yield lambda: teaching.teaching_page(record, pupil, day)
    yield lambda: pupils.pupil_page(record, pupil, day)
    yield lambda: plans.plan_page(record, kept.cycle.id)
    yield lambda: plans.open_plans(record)
    yield lambda: requests.request_page(session, request)
    yield lambda: requests.snapshot_of(session, kept.request, 1)
    yield lambda: requests.check_readiness(session, kept.request)
    yield lambda: requests.readiness_of_pupil(session, pupil)
    yield lambda: requests.draft_pack(session, request).snapshot
    yield lambda: signing_off.waiting_for_sign_off(session)
    yield lambda: concerns.open_concerns(session)
    yield lambda: concerns.read_concern(session, kept.told.id)
    yield lambda: professionals.help_for(record, pupil, day)
    yield lambda: lending.out_now(session, kept.place.copies)
    yield lambda: documents.documents_of(record, pupil)
    yield lambda: documents.read_document(session, kept.paper.id)
    yield from (lambda each=each: confidential.read_confidential(session, *each) for each in ((k, t.id) for k, t in kept.things()))
    yield from (
        lambda name=name: exports.list_content(session, name, RegisterQuery(), CANARY) for name in ("notes", "register", "contacts")
    )
    yield lambda: exports.list_content(session, "notes", RegisterQuery())
    yield lambda: exports.transfer_content(session, RegisterQuery(), pupil=pupil)
    yield lambda: trail.activity(session, ActivityQuery())
    yield lambda: access.requests_of(session, pupil)
    yield lambda: [access.review(session, each.id) for each in record.find(AccessRequest)]
    yield lambda: access.everything_of(session, pupil)
    yield lambda: undoing.undo(session, next(kept.place.session.record.saves()).save)


def _named(kept):
    names = {kind: name for name, kind in KINDS.items()}
    return [(names[kind], thing) for kind, thing in kept.things()]


@pytest.mark.parametrize("role", NO_READERS)
def test_no_service_gives_it_to_who_is_no_reader(kept, role):
    session = kept.school.session(role)
    for number, ask in enumerate(services(kept, session)):
        try:
            answer = repr(ask())
        except Refusal as refusal:
            answer = repr(refusal.__dict__)
        assert CANARY not in answer, (role, number)


@pytest.mark.parametrize("role", ["senco", "deputy_senco"])
def test_who_reads_everything_does_so_only_where_it_is_noted(kept, role):
    """Lists, pages and picks show that something is there; its words come with an entry in the trail."""
    session = kept.school.session(role)
    record, pupil, day = session.record, kept.school.own.id, session.clock.today()
    lists = (
        history.recently_deleted(record),
        today.today_page(session),
        teaching.teaching_page(record, pupil, day),
        [(each.text, each.said_by) for each in plans.plan_page(record, kept.cycle.id).views],
        [(each.text,) for _, each in plans.plan_page(record, kept.cycle.id).evidence if each.kind == "observation"],
        [(each.text, each.said_by) for each in plans.views_of(record, pupil)],
        requests.snapshot_of(session, kept.request, 1)["views"],
        exports.list_content(session, "notes", RegisterQuery()),
        trail.activity(session, ActivityQuery()),
    )
    assert [each for each in lists if CANARY in repr(each)] == []
    assert [each for each in record.trail(what=("viewed_confidential",)) if each.by == session.actor.id] == []
    for name, thing in _named(kept):
        assert CANARY in repr(history.history_of(session, name, thing.id))
    noted = [each.facts["id"] for each in record.trail(what=("viewed_confidential",)) if each.by == session.actor.id]
    assert set(noted) == kept.ids()


def test_reading_the_history_of_something_open_is_not_noted(kept):
    session = kept.place.session
    history.history_of(session, "cycle", kept.cycle.id)
    assert session.record.trail(what=("viewed_confidential",)) == []


def test_going_through_a_copy_of_the_whole_record_is_noted(kept):
    session = kept.place.session
    [request] = session.record.find(AccessRequest)
    session.record.save([Amend(AccessRequest, request.id, {"answered_on": None, "closed_because": None})], action="x", actor=session.actor)
    access.review(session, request.id)
    assert [each.pupil for each in session.record.trail(what=("read_for_copy",))] == [kept.school.own.id]
    access.review(session, request.id)
    assert len(session.record.trail(what=("read_for_copy",))) == 1, "once a day is enough"


def test_a_copy_of_a_confidential_document_is_told_without_its_title(kept):
    [went] = kept.place.session.record.find(Disclosure)
    assert went.what == "A confidential document"
