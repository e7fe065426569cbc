"""How long records are kept: the rules as the school has set them, legal holds, and the list of what has come due.

Nothing is erased by itself. The list says what a person may look at; ``services.erasing`` is what they do then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.leaving import LegalHold
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Amend, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.retention import KeptPupil, RetentionRule, read_rules, rule_for
from sencoapp.services.changes import filled
from sencoapp.services.ports import Record, Session

_SETTING = "retention years"
LEAST_YEARS, MOST_YEARS = 1, 99


@dataclass(frozen=True)
class Retained:
    """How long one pupil's record is kept. ``due_on`` is None where nothing can be counted: no date of birth is known."""

    pupil: Pupil
    rule: RetentionRule
    due_on: date | None
    holds: tuple[LegalHold, ...]
    """Those that stand."""
    removed: bool = False
    """Somebody has taken the pupil out of the lists."""
    awaited: bool = False
    """A council, or somebody who asked for a copy, waits for an answer."""

    def is_due(self, today: date) -> bool:
        return self.due_on is not None and self.due_on <= today


def rules(record: Record) -> tuple[RetentionRule, ...]:
    """The rules with the school's own years."""
    return read_rules(reference.data("rules", "retention.json"), record.setting(_SETTING))


def set_years(session: Session, rule: str, years: int | None) -> None:
    """Sets the school's own years for a rule, or the rule's own again with None. Only the SENCO.

    Raises ``Refusal``: ``only_the_senco_sets_retention``, ``retention_years``.
    """
    if session.actor.role != "senco":
        raise Refusal("only_the_senco_sets_retention")
    known = next(each for each in read_rules(reference.data("rules", "retention.json")) if each.id == rule)
    if not known.configurable or (years is not None and not LEAST_YEARS <= years <= MOST_YEARS):
        raise Refusal("retention_years", field=rule, least=LEAST_YEARS, most=MOST_YEARS)
    own: dict[str, Any] = dict(session.record.setting(_SETTING) or {})
    own.pop(rule, None)
    if years is not None and years != known.years:
        own[rule] = years
    session.record.set_setting(_SETTING, own)
    session.record.note("retention_set", actor=session.actor, rule=rule, years=years)


def retained(record: Record, pupil: str, today: date) -> Retained:
    """Which rule holds for a pupil, removed from the lists or not, and when their record comes due.

    Raises ``Refusal("no_longer_there")``.
    """
    found = record.kept_pupils(pupil)
    if not found:
        raise Refusal("no_longer_there")
    return _retained(rules(record), found[0], today)


def _retained(rules: Sequence[RetentionRule], kept: KeptPupil, today: date) -> Retained:
    rule = rule_for(rules, sen=kept.sen, receipt=kept.receipt_on is not None)
    start = kept.receipt_on if rule.counted_from == "receipt" else kept.pupil.birth_date
    standing = tuple(each for each in reversed(kept.holds) if each.stands_on(today))
    return Retained(kept.pupil, rule, rule.due_on(start) if start else None, standing, kept.removed, kept.awaited)


def review_list(record: Record, today: date, *, by: date | None = None) -> list[Retained]:
    """Everybody whose record has come due by a day (today, where none is given), and those for whom nothing can be counted
    and who have left or were removed from the lists. Longest due first."""
    until, known = by or today, rules(record)
    found = [_retained(known, each, today) for each in record.kept_pupils()]
    listed = [each for each in found if each.is_due(until) or (each.due_on is None and (each.removed or each.pupil.left_on))]
    return sorted(listed, key=lambda each: (each.due_on is None, each.due_on or until, each.pupil.surname, each.pupil.id))


def holds_of(record: Record, pupil: str) -> list[LegalHold]:
    """All holds on a pupil, lifted ones too, newest first."""
    return [hold for each in record.kept_pupils(pupil) for hold in reversed(each.holds)]


def standing_holds(record: Record, pupil: str, today: date) -> tuple[LegalHold, ...]:
    return tuple(each for each in holds_of(record, pupil) if each.stands_on(today))


def place_hold(session: Session, pupil: str, reason: str, until: date | None = None) -> Saved:
    """Nothing of this pupil, removed from the lists or not, is erased while it stands.

    Raises ``Refusal``: ``no_longer_there``, ``hold_needs_reason``, ``hold_ends_in_the_past``.
    """
    said, today = filled(reason), session.clock.today()
    retained(session.record, pupil, today)
    if said is None:
        raise Refusal("hold_needs_reason", field="reason")
    if until is not None and until < today:
        raise Refusal("hold_ends_in_the_past", field="until")
    hold = LegalHold(session.ids.new(), pupil, said, today, session.actor.name, until)
    return session.record.save([New(hold)], action="place_hold", actor=session.actor)


def lift_hold(session: Session, hold: str, because: str) -> Saved:
    """The hold stands no longer; it stays in the record. Raises ``Refusal``: ``no_longer_there``, ``hold_needs_reason``."""
    if session.record.get_hidden(LegalHold, hold) is None:
        raise Refusal("no_longer_there")
    said = filled(because)
    if said is None:
        raise Refusal("hold_needs_reason", field="reason")
    values = {"lifted_on": session.clock.today(), "lifted_because": said}
    return session.record.save([Amend(LegalHold, hold, values)], action="lift_hold", actor=session.actor)
