"""A copy of everything that the record holds of one pupil, for whoever may ask for one (UK GDPR article 15; domain.md 7).

A request is noted, the program asks about what may be somebody else's, a person decides, and the copy is made from what is
left: a PDF to read, a JSON file for other programs, and the files themselves. The decisions stay with the request.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.access import (
    EVERYWHERE,
    FILE,
    AnswerBy,
    Earlier,
    Question,
    Thing,
    answer_by,
    questions,
    redacted,
    undecided,
)
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.leaving import AccessRequest, Decision, Ground
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.plain import hints_of, texts_in, to_plain
from sencoapp.domain.record import KINDS, Amend, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.beginning import school
from sencoapp.services.cbds import school_names
from sencoapp.services.changes import filled, must_get
from sencoapp.services.documents import went_out
from sencoapp.services.others_in_record import others_in
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Documents, Session

FORM = "senco.record/1"
_OF_THE_SCHOOL = (
    "school crest staff_member bank_entry question_set staff_rate council_rate provision_staff provision_cost provision_slot "
    "catalogue_entry own_form erasure"
)
_NOT_ABOUT_A_PUPIL = frozenset(_OF_THE_SCHOOL.split())
_FILES = {"document": "blob", "photo": "blob", "pack": "pdf_blob"}
"""The sealed file of a kind that goes out as a file; what else is sealed is the program's own."""

NAMES: Mapping[str, Mapping[str, str]] = {
    "pupil": {
        "id": "localId",
        "upn": "UPN",
        "upn_unknown": "UPNunknown",
        "uln": "ULN",
        "legal_surname": "surname",
        "legal_forename": "forename",
        "middle_names": "middleNames",
        "preferred_surname": "preferredSurname",
        "preferred_forename": "preferredForename",
        "birth_date": "personBirthDate",
        "postcode": "postCode",
        "year": "ncYearActual",
        "reg_group": "regGroup",
        "entry_on": "entryDate",
    },
    "sen_status": {"code": "SENprovision", "starts_on": "start"},
    "sen_need": {"sen_type": "SENtype", "rank": "SENtypeRank", "starts_on": "start", "ends_on": "end"},
    "contact": {"parental_responsibility": "responsibility"},
}
"""The names of the DfE and the council where there are any (``services.cbds``); other fields keep their own."""


@dataclass(frozen=True)
class Review:
    """What a request would give out, and what is still to be decided."""

    request: AccessRequest
    things: tuple[Thing, ...]
    asked: tuple[Question, ...]
    open: tuple[Question, ...]
    answer_by: AnswerBy
    restricted: tuple[str, ...]
    """Contacts whom an order restricts, to be thought of before anything is given out."""


@dataclass(frozen=True)
class Copies:
    """The copy in its three forms; ``files`` is a ZIP, empty where no file goes out."""

    pdf: bytes
    json: bytes
    files: bytes


def begin(session: Session, pupil: str, ground: Ground, asked_by: str, received_on: date) -> tuple[AccessRequest, Saved]:
    """Notes that somebody asked. Raises ``Refusal``: ``access_needs_name``, ``access_in_the_future``, ``access_is_open_already``."""
    must_get(session.record, Pupil, pupil)
    name = filled(asked_by)
    if name is None:
        raise Refusal("access_needs_name", field="asked_by")
    if received_on > session.clock.today():
        raise Refusal("access_in_the_future", field="received_on")
    if any(each.is_open and each.ground == ground for each in session.record.find(AccessRequest, pupil=pupil)):
        raise Refusal("access_is_open_already")
    request = AccessRequest(session.ids.new(), pupil, ground, name, received_on)
    return request, session.record.save([New(request)], action="begin_access", actor=session.actor)


def extend(session: Session, request: str, because: str) -> Saved:
    """Two further months for a complex request; the person who asked is told why. Raises ``Refusal("access_needs_reason")``."""
    return _change(session, request, "extended_because", because, "extend_access")


def close_without(session: Session, request: str, because: str) -> Saved:
    """Closed without a copy: withdrawn, or not theirs to ask. Raises ``Refusal("access_needs_reason")``."""
    return _change(session, request, "closed_because", because, "close_access")


def _change(session: Session, request: str, field: str, because: str, action: str) -> Saved:
    said = filled(because)
    if said is None:
        raise Refusal("access_needs_reason", field="reason")
    _open_request(session, request)
    return session.record.save([Amend(AccessRequest, request, {field: said})], action=action, actor=session.actor)


def requests_of(session: Session, pupil: str) -> list[AccessRequest]:
    """Newest first."""
    return sorted(session.record.find(AccessRequest, pupil=pupil), key=lambda each: (each.received_on, each.id), reverse=True)


def decide(session: Session, request: str, decisions: Iterable[Decision]) -> Saved:
    """Keeps decisions beside those that are there; one for the same item takes the place of the earlier one.

    Raises ``Refusal("access_needs_exemption")`` for something held back without a reason of ``access.json``.
    """
    kept = _open_request(session, request)
    known = {each["id"] for each in reference.data("rules", "access.json")["exemptions"]}
    made = {each.item: each for each in kept.decisions}
    for each in decisions:
        if each.action != "keep" and each.exemption not in known:
            raise Refusal("access_needs_exemption", field="exemption")
        made[each.item] = each
    values = {"decisions": tuple(made.values())}
    return session.record.save([Amend(AccessRequest, request, values)], action="decide_access", actor=session.actor)


def _open_request(session: Session, request: str) -> AccessRequest:
    found = must_get(session.record, AccessRequest, request)
    if not found.is_open:
        raise Refusal("access_is_closed")
    return found


def review(session: Session, request: str) -> Review:
    """Everything of the pupil, and what a person is asked about."""
    found = must_get(session.record, AccessRequest, request)
    things = everything_of(session, found.pupil)
    _note_reading(session, found.pupil, things)
    asked = questions(things, others_in(session, found.pupil))
    contacts = session.record.find(Contact, pupil=found.pupil)
    return Review(
        request=found,
        things=tuple(things),
        asked=tuple(asked),
        open=tuple(undecided(asked, found.decisions)),
        answer_by=due(session, found.ground, found.received_on, extended=bool(found.extended_because)),
        restricted=tuple(each.name for each in contacts if each.order_restriction),
    )


def _note_reading(session: Session, pupil: str, things: Iterable[Thing]) -> None:
    """Who goes through the whole record reads what is confidential too: that is noted, once a day."""
    if not any(each.values.get("confidential") for each in things):
        return
    last = session.record.trail(what=("read_for_copy",), pupil=pupil, limit=1)
    today = session.clock.now().date()
    if not any((each.by, each.at.date()) == (session.actor.id, today) for each in last):
        session.record.note("read_for_copy", actor=session.actor, pupil=pupil)


def due(session: Session, ground: str, on: date, *, extended: bool = False) -> AnswerBy:
    """By when a copy, a record or a file must be there, with the rule that says so."""
    rules, england = reference.data("rules", "access.json"), reference.data("rules", "england.json")
    days = SchoolDays.of(school(session.record).terms)
    return answer_by(rules["grounds"][ground], on, days, england["bank_holidays"], extended=extended)


def everything_of(session: Session, pupil: str) -> list[Thing]:
    """Every thing of a pupil, removed ones and earlier values included, and the school's things that they point to.

    It comes from the log and from ``KINDS``, so that no kind can be forgotten.
    """
    record = session.record
    written: dict[tuple[str, str], list[Earlier]] = {}
    for save in record.stream(pupil):
        for kind, entity, field, value, _ in save.writes:
            fields: Mapping[str, Any] = value if field == "*" else {field: value}
            for name, value_then in fields.items():
                written.setdefault((kind, entity), []).append(Earlier(name, value_then, save.at, save.by["name"]))
    order = list(KINDS)
    things = [_thing(session, kind, entity, writes) for (kind, entity), writes in written.items() if kind in KINDS]
    named = {text for thing in things for text in texts_in(thing.values)}
    for kind, of in KINDS.items():
        if "pupil" not in hints_of(of) and kind not in ("pupil", *_NOT_ABOUT_A_PUPIL):
            kept: list[Any] = record.find(of)
            things += [_of_school(kind, each) for each in kept if each.id in named]
    return sorted(things, key=lambda each: (order.index(each.kind), day_of_thing(each.values), each.id))


TELLING_DAYS = ("happened_on", "given_on", "starts_on", "document_on", "started_on", "received_on", "added_at", "made_at", "at", "by_on")


def day_of_thing(values: Mapping[str, Any]) -> str:
    """The day that a thing tells of, as ISO text; empty where it has none."""
    return next((str(values[each])[:10] for each in TELLING_DAYS if values.get(each)), "")


def _thing(session: Session, kind: str, entity: str, writes: list[Earlier]) -> Thing:
    of = KINDS[kind]
    present = session.record.get(of, entity)
    last = {each.field: each.value for each in writes}
    values = to_plain(present) if present is not None else {"id": entity, **last}
    blob = values.get(_FILES.get(kind, ""))
    shown = {name: value for name, value in values.items() if value not in (None, []) and _is_told(kind, name)}
    earlier = tuple(
        each for each in writes if _is_told(kind, each.field) and each.value not in (None, []) and each.value != values.get(each.field)
    )
    return Thing(kind, entity, shown, present is None, earlier, _file_name(kind, values) if blob else None)


def _of_school(kind: str, entity: Any) -> Thing:
    plain = to_plain(entity)
    return Thing(kind, entity.id, {name: value for name, value in plain.items() if value not in (None, [])})


def _is_told(kind: str, name: str) -> bool:
    """Not the name of a sealed file, which holds its key; not what repeats words that are held back or withheld."""
    repeats = (("access_request", "decisions"), ("redaction", "words_beneath"))
    return name in hints_of(KINDS[kind]) and not (name == "blob" or name.endswith("_blob") or (kind, name) in repeats)


def _file_name(kind: str, values: Mapping[str, Any]) -> str:
    pack = "papers for an appeal" if values.get("council_case") else "request"
    endings = {"photo": "photo.jpg", "pack": f"{pack} {values.get('version', '')}.pdf"}
    name = str(values.get("filename") or endings.get(kind, kind)).replace("/", "_").replace("\\", "_")
    return f"{str(values['id'])[-6:]} {name}"


def copies(session: Session, documents: Documents, request: str) -> Copies:
    """The copy as it goes out; nothing of what is held back is in it. Saves nothing: see ``answer``.

    Raises ``Refusal("access_undecided")`` while something is still to be decided, ``Fault`` where a sealed file is damaged.
    """
    must_be_allowed(session, "give_whole_record")
    seen = review(session, request)
    if seen.open:
        raise Refusal("access_undecided", count=len(seen.open))
    mark = reference.say("access.blacked_out")
    kept = [each for each in (redacted(thing, seen.request.decisions, mark) for thing in seen.things) if each is not None]
    content = record_content(session, kept, seen)
    files = {each.file: _open_file(session, each) for each in kept if each.file}
    return Copies(
        pdf=documents.record_copy(content),
        json=json.dumps(as_json(content), ensure_ascii=False, indent=2).encode(),
        files=documents.bundle(files) if files else b"",
    )


def _open_file(session: Session, thing: Thing) -> bytes:
    entity: Any = must_get(session.record, KINDS[thing.kind], thing.id) if not thing.removed else None
    if entity is not None:
        return session.blobs.read(getattr(entity, _FILES[thing.kind]))
    written = [value for save in session.record.stream(str(thing.values["pupil"])) for value in _values_of(save.writes, thing)]
    return session.blobs.read(written[-1])


def _values_of(writes: Iterable[Sequence[Any]], thing: Thing) -> list[str]:
    field = _FILES[thing.kind]
    found = [
        value.get(field) if name == "*" else value for _, entity, name, value, _ in writes if entity == thing.id and name in ("*", field)
    ]
    return [str(each) for each in found if each]


def record_content(session: Session, things: Sequence[Thing], seen: Review | None = None) -> dict[str, Any]:
    """What a copy says, as plain values for a document. Without a review it is the record as it stands, for a hand-over."""
    home, rules = school(session.record), reference.data("rules", "access.json")
    pupil = next((each.values for each in things if each.kind == "pupil"), {})
    decisions = seen.request.decisions if seen else ()
    reasons = {each["id"]: each for each in rules["exemptions"]}
    held = [each for each in decisions if each.action != "keep"]
    return {
        "format": FORM,
        "made_on": session.clock.today().isoformat(),
        "made_by": session.actor.name,
        "school": school_names(home),
        "demo": home.demo,
        "name": _name(pupil),
        "upn": pupil.get("upn"),
        "ground": seen.answer_by.label if seen else "",
        "citation": seen.answer_by.citation if seen else "",
        "asked_by": seen.request.asked_by if seen else "",
        "received_on": to_plain(seen.request.received_on) if seen else "",
        "due": to_plain(seen.answer_by.due) if seen else "",
        "things": [
            {
                "kind": each.kind,
                "id": each.id,
                "values": dict(each.values),
                "removed": each.removed,
                "file": each.file,
                "earlier": [to_plain(before) for before in each.earlier],
            }
            for each in things
        ],
        "held_back": [
            {
                "kind": "" if each.item == EVERYWHERE else each.item.split("/")[0],
                "action": each.action,
                "part": "file" if each.item.endswith("/" + FILE) else "",
                "label": reasons[each.exemption or ""]["label"],
                "citation": reasons[each.exemption or ""]["citation"],
            }
            for each in held
        ],
    }


def _name(pupil: Mapping[str, Any]) -> str:
    parts = (pupil.get("preferred_forename") or pupil.get("legal_forename"), pupil.get("preferred_surname") or pupil.get("legal_surname"))
    return " ".join(each for each in parts if each)


def as_json(content: Mapping[str, Any]) -> dict[str, Any]:
    """The published form: ``resources/schemas/record.schema.json``."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for thing in content["things"]:
        names = {"id": "id", **NAMES.get(thing["kind"], {})}
        told = {names.get(name, name): value for name, value in thing["values"].items()}
        if thing["removed"]:
            told["removed"] = True
        if thing["file"]:
            told["file"] = thing["file"]
        if thing["earlier"]:
            told["earlier"] = [{**each, "field": names.get(each["field"], each["field"])} for each in thing["earlier"]]
        by_kind.setdefault(thing["kind"], []).append(told)
    return {
        "format": content["format"],
        "madeOn": content["made_on"],
        "madeBy": content["made_by"],
        "school": content["school"],
        "ground": content["ground"] or None,
        "citation": content["citation"] or None,
        "record": by_kind,
        "heldBack": content["held_back"],
    }


def answer(session: Session, request: str, made: Copies, recipient: str = "") -> Saved:
    """The copy was given, to whoever asked or to a named recipient: the request is answered, what left is noted (rule 4)."""
    found = _open_request(session, request)
    name = filled(recipient) or filled(found.asked_by)
    if name is None:
        raise Refusal("access_needs_name", field="recipient")
    purpose = reference.data("rules", "access.json")["grounds"][found.ground]["label"]
    parts = {"access.part_pdf": made.pdf, "access.part_json": made.json, "access.part_files": made.files}
    disclosures = [
        went_out(session, reference.say(what), content, recipient=name, purpose=purpose, pupil=found.pupil)
        for what, content in parts.items()
        if content
    ]
    done = Amend(AccessRequest, request, {"answered_on": session.clock.today()})
    saved = session.record.save([*disclosures, done], action="answer_access", actor=session.actor)
    session.record.note(
        "record_copied",
        actor=session.actor,
        pupil=found.pupil,
        request=request,
        held_back=sum(each.action != "keep" for each in found.decisions),
    )
    return saved
