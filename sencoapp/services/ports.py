"""What the services need from outside. ``sencoapp.app`` fits the real things in; tests may fit in others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from sencoapp.domain.activity import Activity, ActivityQuery, Mark
from sencoapp.domain.leaving import Erasure
from sencoapp.domain.permissions import Sight
from sencoapp.domain.record import Actor, Edit, Saved
from sencoapp.domain.retention import KeptPupil
from sencoapp.domain.saves import HiddenThing, KeptSave, LogEntry, SaveLine, Stamp, WrittenThing
from sencoapp.services.council_port import Council as Council
from sencoapp.services.council_port import CouncilReply as CouncilReply
from sencoapp.services.council_port import Receipt as Receipt
from sencoapp.services.documents_port import Documents as Documents
from sencoapp.services.documents_port import ReadForm as ReadForm
from sencoapp.services.documents_port import RenderedPack as RenderedPack
from sencoapp.services.documents_port import TakenIn as TakenIn
from sencoapp.services.exchange_port import PupilFiles as PupilFiles
from sencoapp.services.files_port import Files as Files
from sencoapp.services.going_on import Cancelled as Cancelled
from sencoapp.services.going_on import Progress as Progress
from sencoapp.services.looks_port import KeepsLooks
from sencoapp.services.map_port import MapReading
from sencoapp.services.notes_port import Entry as Entry
from sencoapp.services.notes_port import NoteFound as NoteFound
from sencoapp.services.thread_port import ReadsThreads as ReadsThreads

E = TypeVar("E")


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, aware, in UTC."""

    def today(self) -> date:
        """The day at the school."""


class Ids(Protocol):
    def new(self) -> str:
        """A UUIDv7 as 32 hex digits: made here, sortable by time."""


@dataclass(frozen=True)
class RegisterQuery:
    """What the register is asked for. An empty tuple means any; ``text`` matches the beginnings of words of a name or a UPN."""

    text: str = ""
    statuses: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    sen_types: tuple[str, ...] = ()
    review_due_by: date | None = None
    or_begun_by: date | None = None
    """With ``review_due_by``: those as well whose plan began on this day or earlier, whenever its review is due."""
    among: tuple[str, ...] = ()
    """Only these pupils, by their ids: those of an import."""
    order: str = "name"
    """``name``, ``year``, ``status``, ``need``, ``last_observation`` or ``next_review``; a leading ``-`` turns it round."""


@dataclass(frozen=True)
class RegisterRow:
    """One pupil in the register, as a list shows it."""

    id: str
    name: str
    legal_name: str
    year: str | None
    reg_group: str | None
    status: str
    sen_type: str | None
    area: str | None
    last_observation_on: date | None
    next_review_on: date | None
    open_cycle: str | None
    upn: str | None
    plan_began_on: date | None = None
    """When the open cycle began: the last review was held then, if there was one."""


@dataclass(frozen=True)
class ReviewDue:
    """A cycle whose review comes up, with what the review has to look at."""

    pupil: str
    pupil_name: str
    year: str | None
    reg_group: str | None
    cycle: str
    number: int
    due_on: date
    began_on: date
    planned: bool
    outcomes: int
    views: frozenset[str]
    """Whose views are recorded: ``pupil``, ``parents``."""


@dataclass(frozen=True)
class Belonging:
    """Whose papers a thing is in, and who wrote it, where that is kept. Both are empty for what belongs to the school."""

    pupil: str | None
    author: str | None


Fact = str | int | bool | None
"""What an entry of the audit trail may hold: an id, a number, a code. Never a name or a text of anybody."""


@dataclass(frozen=True)
class TrailEntry:
    """One thing that was done with the record beside saving in it."""

    n: int
    at: datetime
    by: str
    by_name: str
    what: str
    pupil: str | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Finding:
    """What ``verify`` has to say about one part of the record."""

    part: str
    sound: bool
    sentence: str


class Record(ReadsThreads, MapReading, KeepsLooks, Protocol):
    """The encrypted record on this laptop: a log of saves and the tables that follow from it."""

    def within(self, sight: Sight) -> "Record":
        """The same record, as far as somebody sees: every question is answered in SQL as if the rest were not there."""

    def whose(self, kind: type, id: str) -> Belonging | None:
        """Whose a thing is, shown or hidden, whatever the sight; None where there never was one."""

    def position(self) -> int:
        """Where the log stands. A form remembers it when it opens and hands it back as ``as_of``."""

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
        """One save by a person, in one transaction: all of it is kept, or none.

        ``undoes`` names the save that this one takes back (``services.undoing``).
        ``as_of`` is the position that the form showed; values written by others since then are kept beside ours.
        A large save tells its ``progress``; where ``cancelled`` says so it keeps nothing and raises ``Fault("save_stopped")``.
        Raises ``Refusal("cycle_is_closed")`` and its kind for what is frozen, ``Fault`` for what the world does.
        """

    def allowed(self, edits: Sequence[Edit]) -> list[Edit]:
        """Those of the edits that this person may save, with only the fields that they may write."""

    def get(self, kind: type[E], id: str) -> E | None:
        """The thing, or None where there is none, or it was removed, or the pupil whose it is was removed."""

    def get_hidden(self, kind: type[E], id: str) -> E | None:
        """The thing, removed or not."""

    def find(self, kind: type[E], /, **equals: Any) -> list[E]:
        """All of a kind with these field values, in the order in which they were made."""

    def count(self, kind: type, /, **equals: Any) -> int:
        """How many of a kind have these field values."""

    def register(self, query: RegisterQuery, *, limit: int = 200, offset: int = 0) -> list[RegisterRow]: ...

    def register_count(self, query: RegisterQuery) -> int: ...

    def reviews_due(self, query: RegisterQuery, *, limit: int = 500) -> list[ReviewDue]:
        """The open cycles of the pupils that the register would show for this query, the review that is due first at the top."""

    def register_choices(self) -> Mapping[str, Sequence[str]]:
        """The years, classes, statuses and SEN types that pupils on roll have, for filters."""

    def status_counts(self) -> Mapping[str, int]:
        """How many pupils on roll are N, K and E."""

    def find_notes(self, text: str, *, pupil: str | None = None, limit: int = 30) -> list[NoteFound]: ...

    def notes_since(self, day: date) -> int:
        """How many observations tell of something that happened on this day or later."""

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
        """Newest first; ``before`` is the last entry already shown.

        ``area`` of need and ``who`` (a name) are those of the entry; every word of ``text`` must begin a word of it.
        """

    def chronology_counts(self, pupil: str) -> Mapping[str, int]: ...

    def chronology_authors(self, pupil: str) -> Sequence[str]:
        """The people named in a pupil's chronology."""

    def history(self, kind: type, id: str, *, limit: int = 1_000_000, before: int | None = None) -> list[LogEntry]:
        """The saves that wrote this thing, oldest first; with ``limit`` the newest of those before the number ``before``."""

    def save_of(self, save: str) -> list[LogEntry]:
        """The change-sets of one save, in the order of the log; none where there is no such save."""

    def made_in(self, kind: str, id: str) -> int:
        """The number of the change-set that made this thing, 0 where there is none."""

    def saves(self, *, after: int = 0, by: str | None = None) -> Iterator[SaveLine]:
        """The saves made since the position ``after``, newest first, of one author or of all. Ask for no more than is needed."""

    def streams_since(self, position: int) -> frozenset[str]:
        """The pupils in whose record something was saved after this position; ``school`` for what belongs to the school."""

    def unchosen(self, id: str) -> Mapping[str, tuple[int, ...]]:
        """Fields of a thing that several people wrote at the same time: the numbers of the change-sets, none of them chosen yet."""

    def hidden(self, *, limit: int = 200) -> list[HiddenThing]:
        """What was removed, the newest removal first, without what is hidden only for belonging to a removed pupil."""

    def kept_pupils(self, pupil: str | None = None) -> list[KeptPupil]:
        """What decides how long records are kept: of every pupil or of one, those who were removed from the lists too."""

    def stream(self, pupil: str) -> list[KeptSave]:
        """Every save about a pupil, oldest first, without those that were erased."""

    def receive(self, saves: Sequence[KeptSave], stream: str, edits: Sequence[Edit], *, action: str, actor: Actor) -> Saved:
        """Takes in saves that another record made, those that are here already left out, and our own edits beside them.

        All of it or none. Raises ``Fault("pack_damaged")`` for what cannot be carried out.
        """

    def knows(self, saves: Iterable[str]) -> frozenset[str]:
        """Those of these ids of change-sets that are in the log already, erased ones too."""

    def erased_streams(self) -> frozenset[str]:
        """The ids of the pupils who were erased: nothing else is known of them."""

    def log_hash(self, n: int) -> str:
        """The hash of a save: it stands for the whole log up to there."""

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
        """Erases a pupil for good (sync.md 2) and keeps the certificate, completed with what proves the erasure.

        ``names`` are taken out of what belongs to the school. Where ``cancelled`` says so in time, nothing is erased, and it
        raises ``Fault("save_stopped")``. Who may do it, and when, is for ``services.erasing``.
        """

    def writers(self, things: Sequence[str]) -> Mapping[tuple[str, str], Stamp]:
        """For things by their id: thing and field to who wrote what the field shows. Fields that never had a value are left out.

        A value that an undo put back is its first writer's.
        """

    def whole_save(self, kind: type, id: str) -> list[WrittenThing]:
        """Everything that was written by the save that made this thing, and what has become of it."""

    def note(self, what: str, *, actor: Actor, pupil: str | None = None, **facts: Fact) -> None:
        """Appends to the audit trail, such as ``note("exported", actor=…, list="register", format="xlsx", rows=12)``.

        For what is done with the record beside saving in it: sign-ins, views of confidential things, exports, prints. A save
        is in the log already. ``what`` and the names of facts are in ``resources/wording/trail.toml``, where each has its
        sentence. Facts are ids, numbers and codes, never a name or a text: what is erased must not live on here.
        """

    def trail(self, *, what: Sequence[str] = (), pupil: str | None = None, limit: int = 100, before: int | None = None) -> list[TrailEntry]:
        """The audit trail, newest first; ``before`` is the number of the last entry already shown."""

    def activity(self, query: ActivityQuery, *, limit: int = 100, before: Mark | None = None) -> list[Activity]:
        """The trail and the saves of consequence in one order of time, newest first; ``before`` is the mark of the last one shown."""

    def drafts(self) -> list[tuple[str, datetime, Mapping[str, Any]]]:
        """Every draft that is kept: its form, when it was kept, and its content."""

    def draft(self, form: str) -> Mapping[str, Any] | None: ...

    def keep_draft(self, form: str, content: Mapping[str, Any]) -> None: ...

    def drop_draft(self, form: str) -> None: ...

    def setting(self, name: str) -> Any: ...

    def set_setting(self, name: str, value: Any) -> None: ...

    def verify(self, progress: Progress | None = None) -> list[Finding]: ...

    def rebuild(self) -> int:
        """Makes the tables again from the log; returns how many change-sets were read."""


class Blobs(Files, Protocol):
    """Files kept encrypted beside the record. A name is the SHA-256 of the first sealed chunk's list; opaque to callers."""

    def put(self, content: bytes | Iterable[bytes]) -> str: ...

    def read(self, name: str) -> bytes: ...

    def missing(self, names: Iterable[str]) -> list[str]: ...

    def chunks(self, name: str) -> Mapping[str, bytes]:
        """The sealed chunks of a file, by their digests, just as they lie on the disk. Raises ``Fault("file_missing")``."""

    def keep_chunk(self, content: bytes) -> str:
        """Keeps a sealed chunk that came from another record; returns its digest."""


@dataclass(frozen=True)
class Session:
    """An unlocked record and the person at it."""

    record: Record
    blobs: Blobs
    clock: Clock
    ids: Ids
    actor: Actor
