"""The ``Record`` port on SQLCipher: the log, the tables that follow from it, and what is asked of them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sencoapp.domain.activity import Activity, ActivityQuery, Mark
from sencoapp.domain.golden_thread import PupilThread
from sencoapp.domain.leaving import Erasure
from sencoapp.domain.permissions import Sight
from sencoapp.domain.record import Actor, Edit, Saved, kind_name
from sencoapp.domain.refusals import Fault
from sencoapp.domain.retention import KeptPupil
from sencoapp.domain.saves import HiddenThing, KeptSave, LogEntry, SaveLine, Stamp, WrittenThing
from sencoapp.services.ports import (
    Belonging,
    Cancelled,
    Clock,
    Entry,
    Fact,
    Finding,
    Ids,
    NoteFound,
    Progress,
    RegisterQuery,
    RegisterRow,
    ReviewDue,
    TrailEntry,
)
from sencoapp.storage import erasing, leftovers
from sencoapp.storage.activity import Activities
from sencoapp.storage.blobs import SealedFiles
from sencoapp.storage.chronology import Chronology
from sencoapp.storage.copying import copy_database, held_still
from sencoapp.storage.drafts import KeepsDrafts
from sencoapp.storage.engine import Database, faults_of_the_world, one_transaction
from sencoapp.storage.file_looks import KeepsLooks
from sencoapp.storage.log import Log
from sencoapp.storage.notes import Notes
from sencoapp.storage.past import Past
from sencoapp.storage.projections import entity_of
from sencoapp.storage.reads_map import ReadsMap
from sencoapp.storage.receiving import receive
from sencoapp.storage.register import Register
from sencoapp.storage.retention import kept_pupils
from sencoapp.storage.saves import Saves
from sencoapp.storage.sight import Seen
from sencoapp.storage.threads import Threads
from sencoapp.storage.trail import Trail
from sencoapp.storage.verify import findings

E = TypeVar("E")


class SealedRecord(ReadsMap, KeepsLooks, KeepsDrafts):
    """One profile's record, open. Used by one thread at a time. Every question may raise ``Fault`` for what the disk does."""

    def __init__(self, db: Database, files: SealedFiles, clock: Clock, ids: Ids) -> None:
        self._db = db
        self._files = files
        self._clock = clock
        self._ids = ids
        self._closed = False
        self._log = Log(db, clock, ids)
        self._tables = self._log.projections
        self._look(Seen())
        self._saves = Saves(db, self._log)
        self._trail = Trail(db, clock)
        self._activities = Activities(db)
        self._past = Past(db, self._log)
        self._summarised_on: date | None = None
        self._catch_up()
        self.device = self._meta("device") or self.become_another_device()
        erasing.finish(db, files)
        erasing.sweep(db)

    def within(self, sight: Sight) -> "SealedRecord":
        """The same open record, as far as somebody sees."""
        seen = copy(self)
        seen._look(Seen(sight))
        return seen

    @faults_of_the_world()
    def whose(self, kind: type, id: str) -> Belonging | None:
        name = kind_name(kind)
        row = self._tables.row(name, id)
        if row is None:
            return None
        return Belonging(id if name == "pupil" else row.get("pupil"), row.get("author"))

    @faults_of_the_world()
    def position(self) -> int:
        return self._log.position()

    @faults_of_the_world()
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
        self._catch_up()
        return self._log.save(edits, action=action, actor=actor, as_of=as_of, undoes=undoes, progress=progress, cancelled=cancelled)

    def allowed(self, edits: Sequence[Edit]) -> list[Edit]:
        """All of them: what somebody may not is for ``services.guarded_record``."""
        return list(edits)

    @faults_of_the_world()
    def get(self, kind: type[E], id: str) -> E | None:
        return self._tables.get(kind, id, self._seen)

    @faults_of_the_world()
    def get_hidden(self, kind: type[E], id: str) -> E | None:
        row = self._tables.row(kind_name(kind), id)
        return None if row is None else entity_of(kind, row)

    @faults_of_the_world()
    def find(self, kind: type[E], /, **equals: Any) -> list[E]:
        return self._tables.find(kind, equals, self._seen)

    @faults_of_the_world()
    def count(self, kind: type, /, **equals: Any) -> int:
        return self._tables.count(kind, equals, self._seen)

    @faults_of_the_world()
    def register(self, query: RegisterQuery, *, limit: int = 200, offset: int = 0) -> list[RegisterRow]:
        self._catch_up()
        return self._register.rows(query, limit, offset)

    @faults_of_the_world()
    def register_count(self, query: RegisterQuery) -> int:
        self._catch_up()
        return self._register.count(query)

    @faults_of_the_world()
    def reviews_due(self, query: RegisterQuery, *, limit: int = 500) -> list[ReviewDue]:
        self._catch_up()
        return self._register.reviews(query, limit)

    @faults_of_the_world()
    def threads(self, today: date, *, pupil: str | None = None) -> list[PupilThread]:
        self._catch_up()
        return self._threads.read(today, pupil)

    @faults_of_the_world()
    def register_choices(self) -> Mapping[str, Sequence[str]]:
        self._catch_up()
        return self._register.choices()

    @faults_of_the_world()
    def status_counts(self) -> Mapping[str, int]:
        self._catch_up()
        return self._register.status_counts()

    @faults_of_the_world()
    def find_notes(self, text: str, *, pupil: str | None = None, limit: int = 30) -> list[NoteFound]:
        return self._notes.find(text, pupil, limit)

    @faults_of_the_world()
    def notes_since(self, day: date) -> int:
        return self._notes.count_since(day)

    @faults_of_the_world()
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
        return self._chronology.page(pupil, self._clock.today(), kinds, limit, before, area, who, text)

    @faults_of_the_world()
    def chronology_counts(self, pupil: str) -> Mapping[str, int]:
        return self._chronology.counts(pupil, self._clock.today())

    @faults_of_the_world()
    def chronology_authors(self, pupil: str) -> Sequence[str]:
        return self._chronology.authors(pupil, self._clock.today())

    @faults_of_the_world()
    def history(self, kind: type, id: str, *, limit: int = 1_000_000, before: int | None = None) -> list[LogEntry]:
        return self._past.of_thing(kind_name(kind), id, limit, before)

    @faults_of_the_world()
    def save_of(self, save: str) -> list[LogEntry]:
        return self._past.of_save(save)

    @faults_of_the_world()
    def made_in(self, kind: str, id: str) -> int:
        return self._past.made_in(kind, id)

    def saves(self, *, after: int = 0, by: str | None = None) -> Iterator[SaveLine]:
        with faults_of_the_world():
            yield from self._past.saves(after, by)

    @faults_of_the_world()
    def streams_since(self, position: int) -> frozenset[str]:
        return self._past.streams_since(position)

    @faults_of_the_world()
    def unchosen(self, id: str) -> Mapping[str, tuple[int, ...]]:
        return self._past.unchosen(id)

    @faults_of_the_world()
    def hidden(self, *, limit: int = 200) -> list[HiddenThing]:
        return self._past.hidden(limit)

    @faults_of_the_world()
    def kept_pupils(self, pupil: str | None = None) -> list[KeptPupil]:
        return kept_pupils(self._db, pupil)

    @faults_of_the_world()
    def note(self, what: str, *, actor: Actor, pupil: str | None = None, **facts: Fact) -> None:
        self._trail.note(what, actor, pupil, facts)

    @faults_of_the_world()
    def trail(self, *, what: Sequence[str] = (), pupil: str | None = None, limit: int = 100, before: int | None = None) -> list[TrailEntry]:
        return self._trail.entries(what, pupil, limit, before)

    @faults_of_the_world()
    def writers(self, things: Sequence[str]) -> Mapping[tuple[str, str], Stamp]:
        return self._saves.writers(things)

    @faults_of_the_world()
    def whole_save(self, kind: type, id: str) -> list[WrittenThing]:
        return self._saves.whole(kind_name(kind), id)

    @faults_of_the_world()
    def activity(self, query: ActivityQuery, *, limit: int = 100, before: Mark | None = None) -> list[Activity]:
        return self._activities.page(query, limit, before)

    @faults_of_the_world()
    def setting(self, name: str) -> Any:
        return self._meta(f"setting.{name}")

    @faults_of_the_world()
    def set_setting(self, name: str, value: Any) -> None:
        self._set_meta(f"setting.{name}", value)

    @faults_of_the_world()
    def verify(self, progress: Progress | None = None) -> list[Finding]:
        self._catch_up()
        return list(findings(self._db, self._log, self._trail, self._files, self._clock.today(), progress))

    @faults_of_the_world()
    def rebuild(self) -> int:
        self._catch_up()
        return self._log.rebuild()

    @faults_of_the_world()
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
        self._catch_up()
        made = erasing.erase(self._db, self._log, pupil, certificate, names, actor, progress, cancelled)
        erasing.finish(self._db, self._files)
        return made

    @faults_of_the_world()
    def receive(self, saves: Sequence[KeptSave], stream: str, edits: Sequence[Edit], *, action: str, actor: Actor) -> Saved:
        self._catch_up()
        return receive(self._db, self._log, saves, stream, edits, action=action, actor=actor)

    @faults_of_the_world()
    def knows(self, saves: Iterable[str]) -> frozenset[str]:
        return frozenset(each for each in saves if self._db.execute("SELECT 1 FROM change_set WHERE id = ?", (each,)).fetchone())

    @faults_of_the_world()
    def erased_streams(self) -> frozenset[str]:
        return frozenset(each for (each,) in self._db.execute("SELECT DISTINCT stream FROM change_set WHERE body = ''").fetchall())

    @faults_of_the_world()
    def log_hash(self, n: int) -> str:
        return str(self._db.execute("SELECT hash FROM change_set WHERE n = ?", (n,)).fetchone()[0])

    @faults_of_the_world()
    def stream(self, pupil: str) -> list[KeptSave]:
        return [
            KeptSave(each.id, each.save, each.at, each.action, each.by, [list(write) for write in each.writes])
            for each in self._log.read_stream(pupil)
            if each.writes
        ]

    @contextmanager
    def as_one_save(self) -> Iterator[None]:
        """All saves within are on the disk together at the end, or none is. For filling a record that nobody works in yet."""
        with one_transaction(self._db):
            yield

    @faults_of_the_world()
    def copy_to(self, path: Path, key: bytes) -> None:
        """A copy of the database under the same key, made while this one stays in use."""
        self.sweep()
        copy_database(self._db, path, key)

    def held_still(self, path: Path, copy: Path, key: bytes) -> AbstractContextManager[Path]:
        """A file with the whole database in it; see ``copying.held_still``."""
        self.sweep()
        return held_still(self._db, path, copy, key)

    @faults_of_the_world()
    def collect_leftovers(self, now: float | None = None) -> int:
        """Removes sealed files that nothing names any more; see ``storage.leftovers``."""
        return leftovers.collect(self._db, self._files, now)

    @faults_of_the_world()
    def sweep(self) -> None:
        """Writes the file anew where something was erased; see ``storage.erasing``."""
        erasing.sweep(self._db)

    @faults_of_the_world()
    def close(self) -> None:
        """Folds the write-ahead file into the database and lets go of it. Closing twice is no more than closing."""
        try:
            if not self._closed:
                with suppress(Fault):  # of a full disk: it is done at the next opening
                    self.sweep()
        finally:
            self._closed = True
            with faults_of_the_world():
                self._db.close()

    @property
    def devices_before(self) -> tuple[str, ...]:
        """The ids that this copy of the record had before it was restored from a backup, oldest first."""
        return tuple(self._meta("devices_before") or ())

    def become_another_device(self) -> str:
        """A new id for this copy of the record; the ids that it had before are kept.

        Two copies under one id would each hand out the numbers of saves that the other has handed out too (sync.md 1.1).
        """
        before = self._meta("device")
        with faults_of_the_world(), one_transaction(self._db):
            if before:
                self._set_meta("devices_before", [*self.devices_before, before])
            self.device = self._ids.new()
            self._set_meta("device", self.device)
        return self.device

    def _meta(self, name: str) -> Any:
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def _look(self, seen: Seen) -> None:
        self._seen = seen
        self._register = Register(self._db, seen)
        self._notes = Notes(self._db, seen)
        self._chronology = Chronology(self._db, seen)
        self._threads = Threads(self._db, seen)

    def _catch_up(self) -> None:
        """What was written ahead and has come true since the register was last looked at: another day may have begun."""
        today = self._clock.today()
        if today == self._summarised_on:
            return
        before = self._meta("summarised_on")
        if before != today.isoformat():
            with one_transaction(self._db):
                if before:
                    self._tables.refresh_started(before, today)
                self._set_meta("summarised_on", today.isoformat())
        self._summarised_on = today

    def _set_meta(self, name: str, value: Any) -> None:
        with one_transaction(self._db):
            self._db.execute(
                "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, json.dumps(value, ensure_ascii=False)),
            )
