"""The ``Record`` port with the table of permissions around it: what every service gets, whoever sits at the laptop.

Reading goes through ``Record.within``, which answers in SQL as if what a person may not see were not there. Saving is
checked edit by edit. For a role without limits there is nothing to check, and nothing is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sencoapp import reference
from sencoapp.domain.activity import Activity, ActivityQuery, Mark
from sencoapp.domain.casework import Document
from sencoapp.domain.golden_thread import PupilThread
from sencoapp.domain.leaving import Erasure
from sencoapp.domain.people import Pupil, SenNeed, SenStatus, StaffMember
from sencoapp.domain.permissions import (
    CONFIDENTIAL,
    Permissions,
    Sight,
    sight_of,
    without_hidden,
)
from sencoapp.domain.plan import EvidenceLink, Observation
from sencoapp.domain.record import KINDS, Actor, Edit, Saved, Touched, kind_name
from sencoapp.domain.redaction import Redaction
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import ReportMark
from sencoapp.domain.retention import KeptPupil
from sencoapp.domain.saves import HiddenThing, KeptSave, LogEntry, SaveLine, Stamp, WrittenThing
from sencoapp.services.edit_guard import EditGuard
from sencoapp.services.map_port import GuardedMap
from sencoapp.services.open_to_all import OpenToAll
from sencoapp.services.permissions import not_for_this_role
from sencoapp.services.ports import (
    Belonging,
    Cancelled,
    Entry,
    NoteFound,
    Progress,
    Record,
    RegisterQuery,
    RegisterRow,
    ReviewDue,
    TrailEntry,
)

E = TypeVar("E")

_ALL = 1_000_000
_WORDS_OF: Mapping[str, tuple[type, str]] = {"status": (SenStatus, "reason"), "need": (SenNeed, "description")}
"""Entries of a chronology whose words are a field that not every role sees."""

ME = "me"
"""The setting that says whose profile this is. Only the composition root writes it."""


def guarded(record: Record, person: StaffMember) -> Record:
    """The record as this person may use it."""
    table = reference.permissions()
    if table.is_without_limits(person.role):
        return record
    return GuardedRecord(record, person, table)


class GuardedRecord(OpenToAll, GuardedMap):
    """A record that shows and saves what the table allows one person, and refuses the rest in a sentence."""

    _seen: Record

    def __init__(self, record: Record, person: StaffMember, table: Permissions) -> None:
        sight = sight_of(table, person)
        self._whole = record
        self._seen = record if sight is None else record.within(sight)
        self._person = person
        self._table = table

    def _look_anew(self, saved: Saved) -> Saved:
        """Who changed their own classes sees those pupils from now on. Their role is another one from the next unlocking on."""
        there, before = self._whole.get(StaffMember, self._person.id), {each.id for each in self._seen.find(Pupil)}
        self._person = replace(self._person, classes=there.classes if there else ())
        sight = sight_of(self._table, self._person)
        self._seen = self._whole if sight is None else self._whole.within(sight)
        moved = before ^ {each.id for each in self._seen.find(Pupil)}  # pages show them, or no longer
        return replace(saved, touched=saved.touched | {Touched("pupil", each, each) for each in moved})

    # ---- seeing -----------------------------------------------------------------------------------------------------

    def within(self, sight: Sight) -> Record:
        raise TypeError(f"this record is as far as {self._person.role} sees, and not as {sight.reader} does")

    def whose(self, kind: type, id: str) -> Belonging | None:
        return self._whole.whose(kind, id) if self._seen.get(kind, id) is not None else None

    def get(self, kind: type[E], id: str) -> E | None:
        found = self._seen.get(kind, id)
        return None if found is None else self._shown(found)

    def find(self, kind: type[E], /, **equals: Any) -> list[E]:
        return [] if self._asks_for_hidden(kind, equals) else [self._shown(each) for each in self._seen.find(kind, **equals)]

    def count(self, kind: type, /, **equals: Any) -> int:
        return 0 if self._asks_for_hidden(kind, equals) else self._seen.count(kind, **equals)

    def register(self, query: RegisterQuery, *, limit: int = 200, offset: int = 0) -> list[RegisterRow]:
        rows = [] if self._searches_for_hidden(query) else self._seen.register(query, limit=limit, offset=offset)
        return rows if self._sees_field(Pupil, "upn") else [replace(each, upn=None) for each in rows]

    def register_count(self, query: RegisterQuery) -> int:
        return 0 if self._searches_for_hidden(query) else self._seen.register_count(query)

    def reviews_due(self, query: RegisterQuery, *, limit: int = 500) -> list[ReviewDue]:
        return [] if self._searches_for_hidden(query) else self._seen.reviews_due(query, limit=limit)

    def threads(self, today: date, *, pupil: str | None = None) -> list[PupilThread]:
        return self._seen.threads(today, pupil=pupil)

    def looks(self, pupil: str) -> Mapping[str, Any]:
        return self._seen.looks(pupil)

    def keep_look(self, document: str, pupil: str, sha256: str, content: Mapping[str, Any]) -> None:
        """Of a document that this person may read; of any other nothing is kept."""
        if self._seen.get(Document, document) is not None:
            self._whole.keep_look(document, pupil, sha256, content)

    def register_choices(self) -> Mapping[str, Sequence[str]]:
        return self._seen.register_choices()

    def status_counts(self) -> Mapping[str, int]:
        return self._seen.status_counts()

    def find_notes(self, text: str, *, pupil: str | None = None, limit: int = 30) -> list[NoteFound]:
        return self._seen.find_notes(text, pupil=pupil, limit=limit)

    def notes_since(self, day: date) -> int:
        return self._seen.notes_since(day)

    def chronology(
        self,
        pupil: str,
        *,
        kinds: Sequence[str] = (),
        area: str = "",
        who: str = "",
        text: str = "",
        limit: int = 50,
        before: Entry | None = None,
    ) -> list[Entry]:
        silent = {kind for kind, (thing, field) in _WORDS_OF.items() if not self._sees_field(thing, field)}
        hide = silent if text else set()  # a search must not tell by what it finds what is not shown
        asked = _ALL if hide else limit
        entries = self._seen.chronology(pupil, kinds=kinds, area=area, who=who, text=text, limit=asked, before=before)
        entries = [each for each in entries if each.kind not in hide][:limit]
        return [replace(each, text="") if each.kind in silent else each for each in entries]

    def chronology_counts(self, pupil: str) -> Mapping[str, int]:
        return self._seen.chronology_counts(pupil)

    def chronology_authors(self, pupil: str) -> Sequence[str]:
        return self._seen.chronology_authors(pupil)

    def get_hidden(self, kind: type[E], id: str) -> E | None:
        found = self._whole.get_hidden(kind, id)
        return self._shown(found) if found is not None and self._may_see(found) else None

    def hidden(self, *, limit: int = 200) -> list[HiddenThing]:
        most = limit
        while True:  # what is not seen must not take the place of what is
            found = self._whole.hidden(limit=most)
            seen = [replace(each, thing=self._shown(each.thing)) for each in found if self._may_see(each.thing)]
            if len(seen) >= limit or len(found) < most:
                return seen[:limit]
            most *= 4

    def kept_pupils(self, pupil: str | None = None) -> list[KeptPupil]:
        kept = (each for each in self._whole.kept_pupils(pupil) if self._may_see(each.pupil))
        return [
            replace(each, pupil=self._shown(each.pupil), holds=tuple(hold for hold in each.holds if self._may_see(hold))) for each in kept
        ]

    def made_in(self, kind: str, id: str) -> int:
        return self._whole.made_in(kind, id) if self.get_hidden(KINDS[kind], id) is not None else 0

    def unchosen(self, id: str) -> Mapping[str, tuple[int, ...]]:
        seen = self._fields_of_thing(id)
        return {field: numbers for field, numbers in self._whole.unchosen(id).items() if seen is None or field in seen}

    def history(self, kind: type, id: str, *, limit: int = 1_000_000, before: int | None = None) -> list[LogEntry]:
        if self.get_hidden(kind, id) is None:
            return []
        entries = self._whole.history(kind, id, limit=limit, before=before)
        seen = self._fields(kind)
        if seen is None:
            return entries
        return [replace(each, writes=tuple(write for write in each.writes if write[2] in seen)) for each in entries]

    def writers(self, things: Sequence[str]) -> Mapping[tuple[str, str], Stamp]:
        seen = {each: self._fields_of_thing(each) for each in things}
        told = self._whole.writers([each for each in things if seen[each] != frozenset()])
        return {(id, name): stamp for (id, name), stamp in told.items() if (fields := seen[id]) is None or name in fields}

    def whole_save(self, kind: type, id: str) -> list[WrittenThing]:
        """For a whole import: only for those who may take one back."""
        may = self._table.scope(self._person.role, kind_name(kind), "change") == "all"
        return self._whole.whole_save(kind, id) if may else []

    def save_of(self, save: str) -> list[LogEntry]:
        """Whole saves are shown to the person who made them: another's may hold what this one does not see."""
        return [each for each in self._whole.save_of(save) if each.by == self._person.id]

    def saves(self, *, after: int = 0, by: str | None = None) -> Iterator[SaveLine]:
        return self._whole.saves(after=after, by=self._person.id) if by in (None, self._person.id) else iter(())

    def streams_since(self, position: int) -> frozenset[str]:
        return frozenset(
            each for each in self._whole.streams_since(position) if each == "school" or self._seen.get(Pupil, each) is not None
        )

    def stream(self, pupil: str) -> list[KeptSave]:
        self._must("give_whole_record")
        return self._whole.stream(pupil)

    def trail(self, *, what: Sequence[str] = (), pupil: str | None = None, limit: int = 100, before: int | None = None) -> list[TrailEntry]:
        if not self._table.may(self._person.role, "read_trail"):
            return []
        return self._whole.trail(what=what, pupil=pupil, limit=limit, before=before)

    def activity(self, query: ActivityQuery, *, limit: int = 100, before: Mark | None = None) -> list[Activity]:
        if not self._table.may(self._person.role, "read_trail"):
            return []
        return self._whole.activity(query, limit=limit, before=before)

    # ---- saving -----------------------------------------------------------------------------------------------------

    def save(
        self,
        edits: Sequence[Edit],
        *,
        action: str,
        actor: Actor,
        as_of: int | None = None,
        undoes: str | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Saved:
        if actor.id != self._person.id:
            raise Refusal("saves_are_made_by_oneself")
        self._guard().check(edits, undoes)
        saved = self._whole.save(edits, action=action, actor=actor, as_of=as_of, undoes=undoes, progress=progress, cancelled=cancelled)
        return self._look_anew(saved) if any(each.id == self._person.id for each in saved.touched) else saved

    def allowed(self, edits: Sequence[Edit]) -> list[Edit]:
        return self._guard().allowed(edits)

    def _guard(self) -> EditGuard:
        return EditGuard(self._whole, self._seen, self._person, self._table)

    # ---- what is done beside saving -------------------------------------------------------------------------------------

    def receive(self, saves: Sequence[KeptSave], stream: str, edits: Sequence[Edit], *, action: str, actor: Actor) -> Saved:
        self._must("take_in_record")
        return self._whole.receive(saves, stream, edits, action=action, actor=actor)

    def erase(
        self,
        pupil: str,
        certificate: Erasure,
        *,
        names: Sequence[str],
        actor: Actor,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Erasure:
        self._must("erase")
        return self._whole.erase(pupil, certificate, names=names, actor=actor, progress=progress, cancelled=cancelled)

    def set_setting(self, name: str, value: Any) -> None:
        if name == ME:
            raise Refusal("profile_is_one_persons")
        self._whole.set_setting(name, value)

    def rebuild(self) -> int:
        self._must("rebuild")
        return self._whole.rebuild()

    # ---- within -----------------------------------------------------------------------------------------------------

    def _must(self, deed: str) -> None:
        if not self._table.may(self._person.role, deed):
            raise not_for_this_role(self._table, deed)

    def _fields(self, kind: type) -> frozenset[str] | None:
        return self._table.fields_seen.get((self._person.role, kind_name(kind)))

    def _fields_of_thing(self, id: str) -> frozenset[str] | None:
        """The fields that this person sees of a thing of whatever kind: None for all of them, none of what is not seen at all."""
        kinds = (Pupil, *(each for each in KINDS.values() if each is not Pupil))  # most questions are about pupils
        kind = next((each for each in kinds if self._whole.whose(each, id) is not None), None)
        return frozenset() if kind is None or self.get_hidden(kind, id) is None else self._fields(kind)

    def _sees_field(self, kind: type, field: str) -> bool:
        seen = self._fields(kind)
        return seen is None or field in seen

    def _searches_for_hidden(self, query: RegisterQuery) -> bool:
        """Whether the words are those of a UPN, which the register finds pupils by. No name has a digit in it."""
        return not self._sees_field(Pupil, "upn") and any(each.isdigit() for each in query.text)

    def _shown(self, entity: E) -> E:
        seen = self._fields(type(entity))
        return entity if seen is None else without_hidden(entity, seen)

    def _may_see(self, thing: Any) -> bool:
        """As ``Record.within`` answers in SQL, for one thing that is in hand, shown or hidden."""
        name = kind_name(type(thing))
        scope = self._table.scope(self._person.role, name, "see")
        if scope == "none" or not self._guard().reaches(scope, thing):
            return False
        if self._person.role in self._table.all_confidential:
            return True
        if isinstance(thing, Document) and thing.observation:
            note = self._whole.get_hidden(Observation, thing.observation)
            return note is not None and self._may_see(note)
        if isinstance(thing, EvidenceLink):
            source: Any = self._whole.get_hidden(KINDS[thing.source_kind], thing.source)
            return not getattr(source, "confidential", False) or self._may_see(source)
        if isinstance(thing, ReportMark | Redaction):
            paper = self._whole.get_hidden(Document, thing.document)
            return paper is None or self._may_see(paper)
        if name not in CONFIDENTIAL:
            return True
        if self._person.id in (*thing.readers, getattr(thing, "author", None)):
            return True
        return not thing.confidential and (scope != "shared" or thing.shared)

    def _asks_for_hidden(self, kind: type, equals: Mapping[str, Any]) -> bool:
        """A question about a field that is not seen must not give it away."""
        seen = self._fields(kind)
        return seen is not None and not set(equals) - {"id"} <= seen
