"""Materials, preparation and training as costs of a provision: kept, changed, taken away, and read with what they come to."""

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from sencoapp import reference
from sencoapp.domain.added_costs import AddedKind, ProvisionCost, Spread
from sencoapp.domain.dates import full_date
from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Amend, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled, must_get
from sencoapp.services.cost_words import money
from sencoapp.services.ports import Record, Session

KINDS: tuple[str, ...] = get_args(AddedKind)
SPREADS: tuple[str, ...] = get_args(Spread)
MOST_PENCE = 10_000_000
MOST_MINUTES = 6_000
_FIELDS = ("kind", "what", "paid_on", "pence", "minutes", "spread", "for_each", "ends_on", "note")


@dataclass(frozen=True)
class CostLine:
    """One cost in words: "£48.00, shared by the group, on 14 September 2026"."""

    cost: ProvisionCost
    words: str


def costs_of(record: Record, provision: str) -> list[ProvisionCost]:
    """What a provision costs beside the time of its adults, the oldest first."""
    return sorted(record.find(ProvisionCost, provision=provision), key=lambda each: (each.paid_on, each.what, each.id))


def cost_lines(record: Record, provision: str) -> list[CostLine]:
    """The same in words."""
    return [CostLine(each, _words(each)) for each in costs_of(record, provision)]


def keep_cost(session: Session, cost: ProvisionCost) -> Saved:
    """Keeps a new cost (its ``id`` is empty), or what was changed on one.

    Raises ``Refusal``: ``cost_needs_what``, ``cost_needs_amount``, ``cost_is_money_or_time``, ``cost_is_too_large``,
    ``cost_after_provision``, ``cost_ends_before_it_starts``, ``no_longer_there``.
    """
    checked = _checked(session, cost)
    if not cost.id:
        new = replace(checked, id=session.ids.new())
        return session.record.save([New(new)], action="keep_provision_cost", actor=session.actor)
    known = must_get(session.record, ProvisionCost, cost.id)
    values = {name: getattr(checked, name) for name in _FIELDS if getattr(checked, name) != getattr(known, name)}
    edits = [Amend(ProvisionCost, known.id, values)] if values else []
    return session.record.save(edits, action="keep_provision_cost", actor=session.actor)


def remove_cost(session: Session, cost: str) -> Saved:
    """Takes a cost away, as where it was entered by mistake."""
    return session.record.save([Remove(ProvisionCost, cost)], action="remove_provision_cost", actor=session.actor)


def _checked(session: Session, cost: ProvisionCost) -> ProvisionCost:
    provision = must_get(session.record, Provision, cost.provision)
    if not filled(cost.what):
        raise Refusal("cost_needs_what", field="what")
    if not cost.pence and not cost.minutes:
        raise Refusal("cost_needs_amount", field="pence")
    if cost.pence and cost.minutes:
        raise Refusal("cost_is_money_or_time", field="minutes")
    if not 0 <= (cost.pence or 0) <= MOST_PENCE:
        raise Refusal("cost_is_too_large", field="pence", most=money(MOST_PENCE))
    if not 0 <= (cost.minutes or 0) <= MOST_MINUTES:
        raise Refusal("cost_takes_too_long", field="minutes", most=f"{MOST_MINUTES:,}")
    if cost.kind == "materials" and cost.minutes:
        raise Refusal("cost_of_materials_is_money", field="minutes")
    if provision.ends_on and cost.paid_on > provision.ends_on:
        raise Refusal("cost_after_provision", field="paid_on", title=provision.title, day=full_date(provision.ends_on))
    ends_on = cost.ends_on if cost.spread == "week" else None
    if ends_on and ends_on < cost.paid_on:
        raise Refusal("cost_ends_before_it_starts", field="ends_on")
    return replace(
        cost, what=cost.what.strip(), pence=cost.pence or None, minutes=cost.minutes or None, ends_on=ends_on, note=filled(cost.note)
    )


def _words(cost: ProvisionCost) -> str:
    amount = money(cost.pence) if cost.pence else reference.say("costing.line_minutes", minutes=cost.minutes or 0)
    shared = reference.say("costing.line_each" if cost.for_each else "costing.line_group")
    return reference.say(
        f"costing.line_{cost.spread}", amount=amount, shared=shared, day=full_date(cost.paid_on), until=_until(cost.ends_on)
    )


def _until(day: date | None) -> str:
    return reference.say("costing.line_until", day=full_date(day)) if day else ""
