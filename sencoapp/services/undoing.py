"""Undo and redo of what was saved: a further save that takes an earlier one back. Nothing leaves the log.

What was made is hidden, what was hidden is shown, and a field gets the value that it had before that save, but only
where nobody has written there since (sync.md 1.2, I7). The rest stays, and the person is told what and why.
A redo is the undo of an undo.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sencoapp.domain.record import KEPT, KINDS, REFERENCES, Amend, Edit, Remove, Restore, Saved, field_names
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.saves import LogEntry, SaveLine
from sencoapp.services.ports import Record, Session

REMOVED = "_removed"
SCHOOL = "school"
SOURCES = ("observation", "document")


@dataclass(frozen=True)
class Left:
    """What an undo did not touch, and why: somebody ``wrote`` there since, something ``depends`` on it, or its owner is ``gone``."""

    kind: str
    id: str
    field: str
    why: str
    by_name: str = ""


@dataclass(frozen=True)
class Undone:
    """One undo: the save that was taken back, and what was left as it is."""

    action: str
    """What the save had done that is undone, or now done again."""
    redo: bool
    left: tuple[Left, ...]


@dataclass
class _Found:
    """What of a save can be taken back."""

    edits: list[Edit] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    already: int = 0


def undo(session: Session, save: str) -> tuple[Undone, Saved]:
    """Takes one save back, or the undo of one.

    Raises ``Refusal``: ``save_not_found``; ``undo_is_done_already``; ``undo_of_what_went_out`` for what left the school or came
    from the council; ``undo_of_the_beginning``; ``undo_changed_since`` where nothing at all could be taken back; and what is
    frozen refuses with its own sentence, nothing having been done.
    """
    parts = session.record.save_of(save)
    _check(parts)
    found = _what_can_be_undone(session.record, parts)
    done = Undone(_first_action(session.record, parts[0]), parts[0].action == "undo", tuple(found.left))
    if not found.edits:
        if found.left:
            raise Refusal("undo_changed_since", name=found.left[0].by_name) if found.left[0].by_name else Refusal("undo_rests_on_it")
        raise Refusal("undo_is_done_already")
    action = "redo" if done.redo else "undo"
    return done, session.record.save(found.edits, action=action, actor=session.actor, undoes=save)


def last_to_undo(session: Session, since: int) -> SaveLine | None:
    """The newest save of this person after the position ``since`` that stands: what Ctrl+Z takes back."""
    undone: set[str] = set()
    for line in session.record.saves(after=since, by=session.actor.id):
        if line.undoes and line.save not in undone:
            undone.add(line.undoes)
        elif not line.undoes and line.save not in undone:
            return line
    return None


def last_to_redo(session: Session, since: int) -> SaveLine | None:
    """The newest undo of this person after which they saved nothing else: what Ctrl+Y takes back."""
    undone: set[str] = set()
    lines = {}
    for line in session.record.saves(after=since, by=session.actor.id):
        lines[line.save] = line
        if line.save in undone:
            continue
        if line.undoes is None:
            return None
        if line.action == "undo":
            return line
        undone.add(line.undoes)
    return None


def redo_last(session: Session, since: int) -> tuple[Undone, Saved]:
    """Takes back the newest undo. Raises ``Refusal("nothing_to_redo")`` and those of ``undo``."""
    line = last_to_redo(session, since)
    if line is None:
        raise Refusal("nothing_to_redo")
    return undo(session, line.save)


def is_without(record: Record, kind: str, id: str, together: set[str]) -> tuple[str, str] | None:
    """The kind and id of something removed without which a thing cannot be; ``together`` is what comes back with it."""
    for of, owner in _belongs_to(record, kind, id, quiet=False):
        if owner not in together and record.get_hidden(KINDS[of], owner) is not None and record.get(KINDS[of], owner) is None:
            return of, owner
    return None


def _first_action(record: Record, part: LogEntry) -> str:
    """The action at the bottom of undos of undos."""
    while part.undoes:
        below = record.save_of(part.undoes)
        if not below:
            break
        part = below[0]
    return part.action


def _check(parts: Sequence[LogEntry]) -> None:
    if not any(part.writes for part in parts):
        raise Refusal("save_not_found")
    kinds = {write[0] for part in parts for write in part.writes}
    if kinds & KEPT:
        raise Refusal("undo_of_what_went_out")
    if parts[0].action == "begin":
        raise Refusal("undo_of_the_beginning")


def _what_can_be_undone(record: Record, parts: Sequence[LogEntry]) -> _Found:
    found = _Found()
    busy = record.streams_since(parts[-1].n)
    with_it = {write[1] for part in parts for write in part.writes}
    for (kind, id), (part, writes) in _by_thing(parts).items():
        quiet = part.stream != SCHOOL and part.stream not in busy  # nothing of theirs can have changed since
        if record.made_in(kind, id) == part.n:
            _take_away(record, found, part, kind, id, quiet, with_it)
        else:
            _take_back(record, found, part, kind, id, writes, quiet)
    return found


def _by_thing(parts: Sequence[LogEntry]) -> dict[tuple[str, str], tuple[LogEntry, dict[str, Any]]]:
    """What the save wrote of each thing, and the first of its parts that did."""
    things: dict[tuple[str, str], tuple[LogEntry, dict[str, Any]]] = {}
    for part in parts:
        for kind, id, name, value, _ in part.writes:
            things.setdefault((kind, id), (part, {}))[1][name] = value
    return things


def _take_away(record: Record, found: _Found, part: LogEntry, kind: str, id: str, quiet: bool, with_it: set[str]) -> None:
    """Hides what the save made, unless somebody has written in it since or something rests on it."""
    later = [] if quiet else _since(record.history(KINDS[kind], id), part)
    undone, words = _standing(later, part.save)
    hidden = record.get(KINDS[kind], id) is None if later else False
    if part.save in undone or hidden:
        found.already += 1
    elif words:
        found.left.append(Left(kind, id, "", "wrote", words[0].by_name))
    elif not quiet and any(each not in with_it for _, each in _resting_on(record, kind, id)):
        found.left.append(Left(kind, id, "", "depends"))
    else:
        found.edits.append(Remove(KINDS[kind], id))


def _take_back(record: Record, found: _Found, part: LogEntry, kind: str, id: str, writes: dict[str, Any], quiet: bool) -> None:
    """Gives each field of a thing that was there already the value that it had before the save."""
    past = record.history(KINDS[kind], id)
    back: dict[str, list[Any]] = {}
    for name in writes:
        wrote = [each for each in past if any(written[2] == name for written in each.writes)]
        undone, words = _standing(_since(wrote, part), part.save)
        before = _before(wrote, part, name)
        if part.save in undone:
            found.already += 1
        elif words:
            found.left.append(Left(kind, id, name, "wrote", words[0].by_name))
        elif name == REMOVED:
            _show_or_hide(record, found, part, kind, id, hide=bool(before[-1]), quiet=quiet)
        else:
            back[name] = before
    if back and record.get(KINDS[kind], id) is None and not any(isinstance(each, Restore) and each.id == id for each in found.edits):
        found.left += [Left(kind, id, name, "gone") for name in back]
    elif back:
        for number in range(max(len(values) for values in back.values())):
            beside = {name: values[number] for name, values in back.items() if len(values) > number}
            found.edits.append(Amend(KINDS[kind], id, beside, number))


def _show_or_hide(record: Record, found: _Found, part: LogEntry, kind: str, id: str, *, hide: bool, quiet: bool) -> None:
    """As it was before the save, unless what has been done since to other things would then hang in the air."""
    if hide and not quiet and any(_done_since(record, part, of, each) for of, each in _resting_on(record, kind, id)):
        found.left.append(Left(kind, id, "", "depends"))
    elif not hide and any(_is_gone(record, part, of, owner) for of, owner in _belongs_to(record, kind, id, quiet)):
        found.left.append(Left(kind, id, "", "gone"))
    else:
        found.edits.append(Remove(KINDS[kind], id) if hide else Restore(KINDS[kind], id))


def _is_gone(record: Record, part: LogEntry, kind: str, id: str) -> bool:
    return record.get(KINDS[kind], id) is None and _done_since(record, part, kind, id)


def _done_since(record: Record, part: LogEntry, kind: str, id: str) -> bool:
    """Whether words written in a thing after a save, and not by it, stand."""
    return bool(_standing(_since(record.history(KINDS[kind], id), part), part.save)[1])


def _since(entries: Sequence[LogEntry], part: LogEntry) -> list[LogEntry]:
    return [each for each in entries if each.n > part.n and each.save != part.save]


def _standing(later: Sequence[LogEntry], save: str) -> tuple[set[str], list[LogEntry]]:
    """Of the saves after one: those that were taken back again, and the words that stand. An undo whose save is among them adds none."""
    known = {save, *(each.save for each in later)}
    undone: set[str] = set()
    words: list[LogEntry] = []
    for each in reversed(later):
        if each.save in undone:
            continue
        if each.undoes:
            undone.add(each.undoes)
        if not each.undoes or each.undoes not in known:
            words.append(each)
    return undone, words


def _before(wrote: Sequence[LogEntry], part: LogEntry, name: str) -> list[Any]:
    """The values that stood in a field before a save, the one that was shown last; more than one where nobody had chosen between them."""
    earlier = sorted(_heads([each for each in wrote if each.n < part.n], name), key=lambda each: (each.at, each.id))
    values: list[Any] = []
    for value in (_value(each, name) for each in reversed(earlier)):
        if value not in values:
            values.insert(0, value)
    return values or [None]


def _heads(wrote: Sequence[LogEntry], name: str) -> list[LogEntry]:
    heads: dict[str, LogEntry] = {}
    for each in wrote:
        for replaced in chain.from_iterable(written[4] for written in each.writes if written[2] == name):
            heads.pop(replaced, None)
        heads[each.id] = each
    return list(heads.values())


def _value(entry: LogEntry, name: str) -> Any:
    return [written[3] for written in entry.writes if written[2] == name][-1]


def _resting_on(record: Record, kind: str, id: str) -> Iterator[tuple[str, str]]:
    """What is there only because this is: a place in the provision, an outcome of the cycle."""
    for of, name, _ in REFERENCES.get(kind, ()):
        things: list[Any] = record.find(KINDS[of], **{name: id})
        for each in things:
            yield of, each.id


def _belongs_to(record: Record, kind: str, id: str, quiet: bool) -> Iterator[tuple[str, str]]:
    """What a thing cannot be without; where its pupil's record is quiet, only what belongs to the school."""
    owners = [of for of, parts in REFERENCES.items() if any(part == kind for part, _, _ in parts) and not (quiet and _is_of_pupil(of))]
    if not owners:
        return
    thing = record.get_hidden(KINDS[kind], id)
    source = getattr(thing, "source_kind", "")
    for of in owners:
        for part, name, needed in REFERENCES[of]:
            if part == kind and needed and (of not in SOURCES or of == source):
                yield of, getattr(thing, name)


def _is_of_pupil(kind: str) -> bool:
    return kind == "pupil" or "pupil" in field_names(KINDS[kind])
