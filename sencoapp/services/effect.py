"""The effect of provision: measures of joining and ending, and what they show of each pupil."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.effect import Effect, Moment, ProvisionMeasure, effect_of, latest
from sencoapp.domain.measures import written_number
from sencoapp.domain.over_terms import FEW
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Amend, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled
from sencoapp.services.measures import read_value, unit_of
from sencoapp.services.ports import Session

_FIELDS = ("measured_on", "tool", "unit", "counts", "value", "better", "left_out_because")


def keep_measure(session: Session, measure: ProvisionMeasure) -> Saved:
    """Keeps a measure of joining or of ending, or why it was left out, in the place of an earlier one of the same moment.

    Raises ``Refusal``: ``effect_without_place``, ``effect_needs_value``, ``effect_needs_unit``, ``effect_needs_better``,
    ``effect_in_the_future``, ``effect_ends_before_it_starts``, and those of ``services.measures.read_value``.
    """
    record = session.record
    if not record.find(ProvisionPlace, provision=measure.provision, pupil=measure.pupil):
        raise Refusal("effect_without_place")
    checked = _checked(session, measure)
    there = record.find(ProvisionMeasure, provision=measure.provision, pupil=measure.pupil)
    other = latest(there, "exit" if measure.moment == "entry" else "entry")
    if (
        other is not None
        and (checked.measured_on > other.measured_on) == (measure.moment == "entry")
        and checked.measured_on != other.measured_on
    ):
        raise Refusal("effect_ends_before_it_starts", field="measured_on", day=full_date(other.measured_on))
    known = latest(there, measure.moment)
    if known is None:
        return record.save([New(replace(checked, id=session.ids.new()))], action="keep_provision_measure", actor=session.actor)
    values = {name: getattr(checked, name) for name in _FIELDS if getattr(checked, name) != getattr(known, name)}
    edits = [Amend(ProvisionMeasure, known.id, values)] if values else []
    return record.save(edits, action="keep_provision_measure", actor=session.actor)


def effects(session: Session, **equals: str) -> Mapping[tuple[str, str], Effect]:
    """What is known of the effect, by provision and pupil; of one ``provision`` or one ``pupil`` where that is named."""
    return effects_from(session.record.find(ProvisionMeasure, **equals))


def effects_from(measures: Iterable[ProvisionMeasure]) -> Mapping[tuple[str, str], Effect]:
    found: dict[tuple[str, str], list[ProvisionMeasure]] = {}
    for each in measures:
        found.setdefault((each.provision, each.pupil), []).append(each)
    units = reference.measures()
    return {key: effect_of(own, units) for key, own in found.items()}


def short_words(effect: Effect | None) -> str:
    """For a cell of a table: a sign and a word, "+ 9 months, useful"."""
    if effect is None:
        return ""
    if effect.change is None or effect.unit is None:
        return reference.say(f"effect.short_{_state(effect)}")
    sign = {"better": "+", "worse": "−", "same": "="}[effect.change.way] if effect.way else "~"
    if effect.change.size == 0:
        return f"= {reference.say('effect.short_same')}"
    words = f"{sign} {effect.unit.difference(effect.change.size)}"
    if effect.ratio is not None and effect.ratio > 0:
        return f"{words}, {reference.say('measures.ratio_' + reference.measures().ratio_band(effect.ratio))}"
    return words if effect.way else f"{words}, {reference.say('effect.short_chance')}"


def group_words(found: Sequence[Effect]) -> str:
    """For the row of a group: for how many it went better, of those who were measured twice."""
    measured = [each for each in found if each.change is not None]
    if not measured:
        return ""
    better = sum(each.way == "better" for each in measured)
    return reference.say("effect.group", better=better, count=len(measured))


def sentence(name: str, effect: Effect) -> str:
    """What happened to one pupil, with the total gain, the days and the ratio where it may be given."""
    if effect.change is None or effect.unit is None or effect.entry is None or effect.exit is None:
        return reference.say(f"effect.sentence_{_state(effect)}", name=name, why=_why(effect))
    unit, changed = effect.unit, effect.change
    weeks = round((effect.exit.measured_on - effect.entry.measured_on).days / 7)
    tool = effect.entry.tool or reference.say("effect.no_tool")
    first, last = effect.entry.value, effect.exit.value
    parts = [reference.say("effect.from_to", name=name, first=first, last=last, weeks=weeks, tool=tool)]
    if changed.size:
        gain = unit.difference(changed.size)
        parts.append(reference.say(f"effect.gain_{changed.way}", gain=gain))
    else:
        parts.append(reference.say("effect.gain_same"))
    if effect.ratio is not None:
        band = reference.say("measures.ratio_" + reference.measures().ratio_band(effect.ratio))
        parts.append(reference.say("effect.ratio", ratio=written_number(round(effect.ratio, 1)), band=band))
    if unit.may("band"):
        key = "no_band" if changed.beyond_band is None else "beyond_band" if changed.beyond_band else "within_band"
        parts.append(reference.say(f"measures.{key}"))
    return " ".join(parts)


def honest_words(found: Sequence[Effect]) -> str:
    """What may be said of a group: of few pupils no more than what happened to each."""
    measured = [each for each in found if each.change is not None]
    if not measured:
        return reference.say("effect.nobody")
    if len(measured) < FEW:
        return reference.say("effect.few_one" if len(measured) == 1 else "effect.few", count=len(measured))
    better = sum(each.way == "better" for each in measured)
    worse = sum(each.way == "worse" for each in measured)
    return reference.say("effect.of_many", count=len(measured), better=better, worse=worse)


def review_lines(session: Session, pupil: str, cycle: str) -> list[str]:
    """A sentence for each provision that serves a cycle and was measured, for its review."""
    record = session.record
    serving = dict.fromkeys(each.provision for each in record.find(ProvisionPlace, pupil=pupil, cycle=cycle))
    known = effects(session, pupil=pupil)
    made = ((found, known[each, pupil]) for each in serving if (each, pupil) in known and (found := record.get(Provision, each)))
    return [sentence(provision.title, effect) for provision, effect in made]


def moment_wanted(session: Session, provision: str, pupil: str) -> Moment:
    """What is to be measured next: joining where that is not known, else ending."""
    there = session.record.find(ProvisionMeasure, provision=provision, pupil=pupil)
    return "exit" if latest(there, "entry") else "entry"


def proposed(session: Session, provision: str, pupil: str, moment: Moment) -> dict[str, Any]:
    """What the form of a measure begins with: what is known of the moment, else the tool and unit of the other one."""
    there = session.record.find(ProvisionMeasure, provision=provision, pupil=pupil)
    known = latest(there, moment)
    if known is not None:
        return {name: getattr(known, name) for name in _FIELDS}
    other = latest(there, "entry" if moment == "exit" else "exit")
    kept = {name: getattr(other, name) for name in ("tool", "unit", "counts", "better")} if other else {}
    return {**kept, "measured_on": session.clock.today()}


def _checked(session: Session, measure: ProvisionMeasure) -> ProvisionMeasure:
    if measure.measured_on > session.clock.today():
        raise Refusal("effect_in_the_future", field="measured_on")
    reason = filled(measure.left_out_because)
    if reason and not filled(measure.value):
        return replace(measure, value=None, tool=filled(measure.tool), left_out_because=reason)
    if not filled(measure.value):
        raise Refusal("effect_needs_value", field="value")
    unit = unit_of(measure.unit, measure.counts)
    if unit is None:
        raise Refusal("effect_needs_unit", field="unit")
    if unit.better == "target" and measure.better is None:
        raise Refusal("effect_needs_better", field="better")
    value = unit.words(read_value(unit, measure.value or "", field="value"))
    better = measure.better if unit.better == "target" else None
    return replace(measure, value=value, tool=filled(measure.tool), counts=filled(measure.counts), better=better, left_out_because=None)


def _state(effect: Effect) -> str:
    for each, name in ((effect.exit, "left_out"), (effect.entry, "left_out_entry")):
        if each is not None and each.left_out_because:
            return name
    if effect.entry is not None and effect.exit is not None:
        return "not_comparable"
    return "entry_only" if effect.entry is not None else "exit_only"


def _why(effect: Effect) -> str:
    return next((each.left_out_because for each in (effect.exit, effect.entry) if each is not None and each.left_out_because), "")
