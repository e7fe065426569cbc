"""The history of a thing, field by field, in plain words; earlier values restored; what was removed, and brought back."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sencoapp import reference
from sencoapp.domain.people import Pupil
from sencoapp.domain.plain import to_plain
from sencoapp.domain.provision import Provision
from sencoapp.domain.record import KINDS, WHOLE, Amend, Edit, Restore, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.saves import HiddenThing, LogEntry
from sencoapp.services.confidential import is_confidential, note_reading
from sencoapp.services.ports import Record, Session
from sencoapp.services.record_words import NOT_FOR_PEOPLE, REMOVED, field_words, thing_words, value_words
from sencoapp.services.undoing import Left, is_without

MOST_READ = 1_000
"""Saves of one thing that are read at once; earlier ones are asked for with ``before``."""

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Change:
    """One field as one save changed it."""

    n: int
    save: str
    action: str
    by_name: str
    at: datetime
    field: str
    label: str
    before: str
    after: str
    by: str
    """The id of who saved it."""
    can_restore: bool
    """Whether an earlier value can be had again by a save: it is not the present one, and the field can be edited."""


@dataclass(frozen=True)
class Candidate:
    """One of several values that people wrote at the same time."""

    n: int
    by_name: str
    at: datetime
    words: str


@dataclass(frozen=True)
class Choice:
    """A field with several values between which nobody has chosen. The later one is shown meanwhile."""

    field: str
    label: str
    candidates: tuple[Candidate, ...]
    can_join: bool
    """Whether both can be kept in one text."""


@dataclass(frozen=True)
class History:
    """What happened to one thing, newest first."""

    kind: str
    id: str
    name: str
    changes: tuple[Change, ...]
    choices: tuple[Choice, ...]
    earlier: int | None
    """Where the history goes on, for ``before``; None at its beginning."""
    position: int


@dataclass(frozen=True)
class Deleted:
    """What one save removed and is still hidden."""

    save: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    """Of each of those, what it is."""
    by_name: str
    at: datetime
    pupil: str | None = None
    """The pupil, where it is one who was taken out of the lists."""
    may_return: bool = True
    """Whether whoever asks may bring all of it back."""


def history_of(session: Session, kind: str, id: str, *, field: str = "", before: int | None = None) -> History:
    """Every change of a thing, or of one of its fields; for a confidential one the trail notes that this person read it.

    Raises ``Refusal("no_longer_there")`` for a thing that never was.
    """
    record = session.record
    thing: Any = record.get_hidden(KINDS[kind], id)
    if thing is None:
        raise Refusal("no_longer_there")
    note_reading(session, thing)
    position = record.position()
    entries = record.history(KINDS[kind], id, limit=MOST_READ, before=before)
    changes = [each for entry in entries for each in _changes(kind, entry, entries, field)]
    present = {each.field: each.n for each in changes}  # the last one of each field
    for name, numbers in record.unchosen(id).items():
        present[name] = max((each for each in entries if each.n in numbers), key=lambda each: (each.at, each.id)).n
    shown = tuple(
        _restorable(each, editable=kind not in WHOLE and before is None and each.n != present.get(each.field)) for each in reversed(changes)
    )
    earlier = entries[0].n if len(entries) == MOST_READ else None
    return History(kind, id, name_of(kind, thing), shown, _choices(record, kind, id, entries), earlier, position)


def restore_value(session: Session, kind: str, id: str, field: str, n: int, *, as_of: int | None = None) -> Saved:
    """Gives a field the value that the change-set ``n`` wrote; what stands there now stays in the history."""
    return _write(session, kind, id, field, _value_at(session.record, kind, id, field, n), "restore_value", as_of)


def choose(session: Session, kind: str, id: str, field: str, n: int, *, as_of: int | None = None) -> Saved:
    """Of several values written at the same time, the one of the change-set ``n`` stands from now on."""
    return _write(session, kind, id, field, _value_at(session.record, kind, id, field, n), "choose", as_of)


def keep_both(session: Session, kind: str, id: str, field: str, *, as_of: int | None = None) -> Saved:
    """Every text that was written at the same time, in one, the earliest first."""
    numbers = session.record.unchosen(id).get(field, ())
    texts = [str(_value_at(session.record, kind, id, field, n) or "") for n in numbers]
    both = "\n\n".join(dict.fromkeys(filter(None, texts)))
    return _write(session, kind, id, field, both, "keep_both", as_of)


def recently_deleted(record: Record, limit: int = 500) -> list[Deleted]:
    """What is hidden, one entry for each save that hid something, newest first."""
    found = []
    for save, things in groupby(record.hidden(limit=limit), key=lambda each: each.save):
        together = list(things)
        names = tuple(_name_with_pupil(record, each) for each in reversed(together))
        pupil = next((each.id for each in together if each.kind == "pupil"), None)
        edits = [Restore(KINDS[each.kind], each.id) for each in together]
        may_return = len(record.allowed(edits)) == len(edits)
        kinds = tuple(each.kind for each in reversed(together))
        found.append(Deleted(save, names, kinds, together[0].by_name, together[0].at, pupil, may_return))
    return found


def bring_back(session: Session, save: str) -> Saved:
    """Shows again what a save hid. Raises ``Refusal``: ``save_not_found``, ``owner_is_removed``."""
    hidden = [each for each in session.record.hidden(limit=1_000_000) if each.save == save]
    if not hidden:
        raise Refusal("save_not_found")
    together = {each.id for each in hidden}
    for each in hidden:
        owner = is_without(session.record, each.kind, each.id, together)
        if owner is not None:
            raise Refusal("owner_is_removed", what=name_of(owner[0], session.record.get_hidden(KINDS[owner[0]], owner[1])))
    edits: list[Edit] = [Restore(KINDS[each.kind], each.id) for each in hidden]
    return session.record.save(edits, action="bring_back", actor=session.actor)


def action_words(action: str) -> str:
    """ "Note written" for observe."""
    try:
        return reference.say(f"history.action_{action}")
    except KeyError:
        return reference.say("history.action_other")


def left_words(left: Sequence[Left]) -> str:
    """Why an undo left some of it: "Strengths: Mr Bell has changed it since"."""
    lines = []
    for each in left:
        what = field_words(each.field) if each.field else thing_words(each.kind)
        lines.append(reference.say(f"history.left_{each.why}", what=what, name=each.by_name))
    return "; ".join(dict.fromkeys(lines))


def name_of(kind: str, thing: Any) -> str:
    """ "Contact: Mrs Osei": the kind and what tells it from others, cut where it is long; nothing of what is confidential."""
    if is_confidential(thing):
        return reference.say("history.thing", kind=thing_words(kind), name=reference.say("confidential.mark"))
    names = (getattr(thing, each, None) for each in ("name", "title", "text", "what", "reason", "absent_because", "filename", "value"))
    codes = ((each, getattr(thing, each, None)) for each in ("sen_type", "code", "whose", "number", "staff_role", "starts_on"))
    name = next((str(each) for each in names if each), "") or next(
        (value_words(kind, field, to_plain(value)) for field, value in codes if value), ""
    )
    words = textwrap.shorten(name, _LONGEST_NAME, placeholder="…") or name[:_LONGEST_NAME]
    return reference.say("history.thing", kind=thing_words(kind), name=words) if words else thing_words(kind)


def _name_with_pupil(record: Record, hidden: HiddenThing) -> str:
    words = name_of(hidden.kind, hidden.thing)
    of = getattr(hidden.thing, "provision", None)
    provision = record.get_hidden(Provision, of) if of and words == thing_words(hidden.kind) else None
    if provision:  # a place has no name of its own
        words = reference.say("history.thing", kind=words, name=provision.title)
    pupil = record.get_hidden(Pupil, hidden.pupil) if hidden.pupil and hidden.kind != "pupil" else None
    return f"{words} ({pupil.name})" if pupil else words


def _changes(kind: str, entry: LogEntry, entries: Sequence[LogEntry], field: str) -> list[Change]:
    known = {each.id: each for each in entries}
    found = []
    for _, _, name, value, replaces in entry.writes:
        if name in NOT_FOR_PEOPLE or (field and name != field):
            continue
        befores = [_value(known[each], name) for each in replaces if each in known]
        after = value_words(kind, name, value)
        before = " / ".join(value_words(kind, name, each) for each in befores) or value_words(
            kind, name, False if name == REMOVED else None
        )
        if before != after:
            found.append(
                Change(entry.n, entry.save, entry.action, entry.by_name, entry.at, name, field_words(name), before, after, entry.by, False)
            )
    return found


def _restorable(change: Change, *, editable: bool) -> Change:
    return replace(change, can_restore=editable and change.field != REMOVED)


def _choices(record: Record, kind: str, id: str, entries: Sequence[LogEntry]) -> tuple[Choice, ...]:
    found = []
    for name, numbers in record.unchosen(id).items():
        written = [each for each in entries if each.n in numbers]
        values = [_value(each, name) for each in written]
        words = [value_words(kind, name, each) for each in values]
        candidates = tuple(Candidate(each.n, each.by_name, each.at, said) for each, said in zip(written, words, strict=True))
        can_join = all(isinstance(each, str) for each in values) and any(" " in str(each) for each in values)
        found.append(Choice(name, field_words(name), candidates, can_join))
    return tuple(found)


def _write(session: Session, kind: str, id: str, field: str, value: Any, action: str, as_of: int | None) -> Saved:
    return session.record.save([Amend(KINDS[kind], id, {field: value})], action=action, actor=session.actor, as_of=as_of)


def _value_at(record: Record, kind: str, id: str, field: str, n: int) -> Any:
    for each in record.history(KINDS[kind], id, limit=1, before=n + 1):
        if each.n == n and any(written[2] == field for written in each.writes):
            return _value(each, field)
    raise Refusal("save_not_found")


def _value(entry: LogEntry, name: str) -> Any:
    return next((written[3] for written in reversed(entry.writes) if written[2] == name), None)
