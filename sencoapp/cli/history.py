"""What happened to a thing, and taking a save back, from the command line."""

import argparse

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import KINDS
from sencoapp.services import undoing
from sencoapp.services.history import action_words, history_of, left_words


def history(chosen: argparse.Namespace) -> None:
    """Every change of a pupil or another thing, or of one of its fields, newest first."""
    with open_record(chosen) as place:
        kind, id = _which(place, chosen.thing)
        found = history_of(place.session, kind, id, field=chosen.field)
    plain = {"kind": found.kind, "id": found.id, "name": found.name, "changes": [_plain(each) for each in to_plain(found.changes)]}
    lines = [found.name]
    for each in found.changes:
        when = each.at.astimezone().strftime("%Y-%m-%d %H:%M")
        lines.append(
            reference.say(
                "cli.history_line", when=when, name=each.by_name, field=each.label, before=each.before, after=each.after, save=each.save
            )
        )
    tell(chosen, plain, lines)


def undo(chosen: argparse.Namespace) -> None:
    """Takes one save back; what was changed since stays, and is named."""
    with open_record(chosen) as place:
        done, saved = undoing.undo(place.session, chosen.save)
    words = "cli.redone" if done.redo else "cli.undone"
    lines = [reference.say(words, action=action_words(done.action), save=saved.save)]
    if done.left:
        lines.append(reference.say("cli.left", what=left_words(done.left)))
    tell(chosen, {"undone": chosen.save, "save": saved.save, "left": to_plain(done.left)}, lines)


def _which(place: Workplace, text: str) -> tuple[str, str]:
    """The kind and the id of a thing by its id; anything else is taken for a pupil."""
    for kind in KINDS:
        if place.session.record.made_in(kind, text):
            return kind, text
    return "pupil", which_pupil(place, text)


def _plain(change: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in change.items() if name != "can_restore"}
