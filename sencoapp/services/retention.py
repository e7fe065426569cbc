"""How long records are kept: the rules as the school has set them, legal holds, and the list of what has come due.

Nothing is erased by itself. The list says what a person may look at; ``services.erasing`` is what they do then.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.leaving import HandOver, LegalHold
from sencoapp.domain.people import Pupil, SenNeed, SenStatus
from sencoapp.domain.record import Amend, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.retention import RetentionRule, read_rules, rule_for
from sencoapp.services.changes import filled, must_get
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


def retained(record: Record, pupil: Pupil, today: date) -> Retained:
    """Which rule holds for a pupil, and when their record comes due."""
    receipts = [each.receipt_on for each in record.find(HandOver, pupil=pupil.id) if each.receipt_on]
    sen = bool(record.count(SenNeed, pupil=pupil.id)) or any(each.code != "N" for each in record.find(SenStatus, pupil=pupil.id))
    rule = rule_for(rules(record), sen=sen, receipt=bool(receipts))
    start = max(receipts) if rule.counted_from == "receipt" else pupil.birth_date
    return Retained(pupil, rule, rule.due_on(start) if start else None, standing_holds(record, pupil.id, today))


def review_list(record: Record, today: date, *, by: date | None = None) -> list[Retained]:
    """Everybody whose record has come due by a day (today, where none is given), and those for whom nothing can be counted
    and who have left. Longest due first."""
    until = by or today
    found = [retained(record, each, today) for each in record.find(Pupil)]
    listed = [each for each in found if each.is_due(until) or (each.due_on is None and each.pupil.left_on)]
    return sorted(listed, key=lambda each: (each.due_on is None, each.due_on or until, each.pupil.surname, each.pupil.id))


def holds_of(record: Record, pupil: str) -> list[LegalHold]:
    """All holds on a pupil, lifted ones too, newest first."""
    return sorted(record.find(LegalHold, pupil=pupil), key=lambda each: (each.placed_on, each.id), reverse=True)


def standing_holds(record: Record, pupil: str, today: date) -> tuple[LegalHold, ...]:
    return tuple(each for each in holds_of(record, pupil) if each.stands_on(today))


def place_hold(session: Session, pupil: str, reason: str, until: date | None = None) -> Saved:
    """Nothing of this pupil is erased while it stands. Raises ``Refusal``: ``hold_needs_reason``, ``hold_ends_in_the_past``."""
    must_get(session.record, Pupil, pupil)
    said, today = filled(reason), session.clock.today()
    if said is None:
        raise Refusal("hold_needs_reason", field="reason")
    if until is not None and until < today:
        raise Refusal("hold_ends_in_the_past", field="until")
    hold = LegalHold(session.ids.new(), pupil, said, today, session.actor.name, until)
    return session.record.save([New(hold)], action="place_hold", actor=session.actor)


def lift_hold(session: Session, hold: str, because: str) -> Saved:
    """The hold stands no longer; it stays in the record. Raises ``Refusal("hold_needs_reason")``."""
    must_get(session.record, LegalHold, hold)
    said = filled(because)
    if said is None:
        raise Refusal("hold_needs_reason", field="reason")
    values = {"lifted_on": session.clock.today(), "lifted_because": said}
    return session.record.save([Amend(LegalHold, hold, values)], action="lift_hold", actor=session.actor)
