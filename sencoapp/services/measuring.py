"""Measuring an outcome: its baseline and target in a unit, the dated values on the way, and what they show in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.lists import ListContent
from sencoapp.domain.lists import Value as Cell
from sencoapp.domain.measured import Measured, Phase, measured
from sencoapp.domain.measures import Unit, Unread, Value, middle, written_number
from sencoapp.domain.plan import DataPoint, Observation, Outcome
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.measures import read_baseline, read_value, unit_of
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session

FEW = 3
"""Fewer values than this say little about a way; the sentence says so."""


def with_measure(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an outcome with its baseline and target written as its unit writes them. Without a unit they stay as typed.

    Raises ``Refusal`` at the field: what ``read_value`` says, ``measure_is_not_known``, ``target_before_baseline``.
    """
    made = dict(values)
    if not values.get("unit"):
        return {**made, "counts": None} if "counts" in made else made
    unit = unit_of(values["unit"], values.get("counts"))
    if unit is None:
        raise Refusal("measure_is_not_known", field="unit")
    made["counts"] = unit.counts or None
    baseline, target = filled(values.get("baseline")), filled(values.get("target"))
    made["baseline"] = reference.measures().baseline_words(unit, read_baseline(unit, baseline, field="baseline")) if baseline else None
    made["target"] = unit.words(read_value(unit, target, field="target")) if target else None
    began, due = values.get("baseline_on"), values.get("by_on")
    if baseline and target and began and due and due <= began:
        raise Refusal("target_before_baseline", field="by_on", due=full_date(due), began=full_date(began))
    return made


def must_begin_before_its_values(record: Record, shown: Outcome, wanted: Outcome) -> None:
    """A baseline cannot be moved behind values that were taken from it. Raises ``Refusal("baseline_after_values")``."""
    if wanted.baseline_on is None or wanted.baseline_on == shown.baseline_on:
        return
    days = sorted(each.measured_on for each in record.find(DataPoint, outcome=shown.id))
    if days and days[0] < wanted.baseline_on:
        raise Refusal("baseline_after_values", field="baseline_on", first=full_date(days[0]))


def add_value(
    session: Session,
    outcome: str,
    value: str,
    measured_on: date | None = None,
    *,
    note: str | None = None,
    observation: str | None = None,
) -> tuple[DataPoint, Saved]:
    """A dated value of an outcome, as typed. ``observation`` is the note that is its evidence.

    Raises ``Refusal``: ``value_needs_measure``, what ``read_value`` says, ``value_before_baseline``, ``value_in_the_future``,
    ``evidence_is_of_another_pupil``, ``cycle_is_closed``, ``no_longer_there``.
    """
    found = must_get(session.record, Outcome, outcome)
    unit = _unit(found)
    day = measured_on or session.clock.today()
    words = _checked(session, found, unit, value, day, observation)
    actor = session.actor
    point = DataPoint(session.ids.new(), found.pupil, outcome, words, unit.id, day, actor.id, actor.name, filled(note), observation)
    return point, session.record.save([New(point)], action="add_value", actor=actor)


def change_value(session: Session, shown: DataPoint, wanted: DataPoint, *, as_of: int | None = None) -> Saved:
    """Puts a value right. Raises ``Refusal`` like ``add_value``."""
    found = must_get(session.record, Outcome, shown.outcome)
    unit = unit_of(wanted.unit, found.counts) or _unit(found)
    words = _checked(session, found, unit, wanted.value, wanted.measured_on, wanted.observation)
    wanted = replace(wanted, value=words, note=filled(wanted.note))
    return session.record.save(amended(shown, wanted, kept=("outcome", "author")), action="change_value", actor=session.actor, as_of=as_of)


def remove_value(session: Session, point: str) -> Saved:
    return session.record.save([Remove(DataPoint, point)], action="remove_value", actor=session.actor)


def _unit(outcome: Outcome) -> Unit:
    unit = unit_of(outcome.unit, outcome.counts)
    if unit is None:
        raise Refusal("value_needs_measure", field="value")
    return unit


def _checked(session: Session, outcome: Outcome, unit: Unit, value: str, day: date, observation: str | None) -> str:
    if not filled(value):
        raise Refusal("value_needs_words", field="value", example=unit.example)
    words = unit.words(read_value(unit, value, field="value"))
    if day > session.clock.today():
        raise Refusal("value_in_the_future", field="measured_on")
    if outcome.baseline_on is not None and day < outcome.baseline_on:
        raise Refusal("value_before_baseline", field="measured_on", day=full_date(day), began=full_date(outcome.baseline_on))
    if observation is not None and must_get(session.record, Observation, observation).pupil != outcome.pupil:
        raise Refusal("evidence_is_of_another_pupil", field="observation")
    return words


# ---- reading --------------------------------------------------------------------------------------------------------


def measured_of(record: Record, outcome: Outcome, places: tuple[tuple[ProvisionPlace, Provision], ...] = ()) -> Measured | None:
    """An outcome with its measure and values; None for one that is measured in no unit. ``places`` are those of its cycle."""
    unit = unit_of(outcome.unit, outcome.counts)
    if unit is None:
        return None
    points = record.find(DataPoint, outcome=outcome.id)
    read = [(each, _known(unit, each.value)) for each in points if each.unit == unit.id]
    values = [(each, value) for each, value in read if value is not None]
    others = [each for each in points if each not in [one for one, _ in values]]
    phases = [one for place, provision in places if place.outcome == outcome.id for one in _phases(place, provision)]
    return measured(outcome, unit, baseline_of(outcome, unit), _known(unit, outcome.target), values, phases, others)


def values_list(session: Session, outcome: str) -> ListContent:
    """The dated values of an outcome as a list of real days and numbers, the oldest first.

    Raises ``Refusal``: ``nothing_to_export``, ``not_for_your_role``, ``no_longer_there``.
    """
    must_be_allowed(session, "export")
    found = measured_of(session.record, must_get(session.record, Outcome, outcome))
    if found is None or not found.taken:
        raise Refusal("nothing_to_export")
    rows: list[list[Cell]] = [
        [
            each.point.measured_on,
            found.unit.words(each.value),
            Decimal(each.value.size.numerator) / each.value.size.denominator,
            None if each.aim is None else round(Decimal(each.aim.numerator) / each.aim.denominator, 2),
            each.on_aim,
            each.point.author_name,
        ]
        for each in found.taken
    ]
    headings = [reference.say(f"measures.list_{each}") for each in ("day", "value", "number", "aim", "on_aim", "who")]
    title = reference.say("measures.list_title", number=found.outcome.number)
    return ListContent(title, headings, rows, session.clock.today())


def baseline_of(outcome: Outcome, unit: Unit) -> Value | None:
    """The baseline as a value: of three readings the one in the middle."""
    try:
        return middle(reference.measures().readings(unit, outcome.baseline)) if outcome.baseline else None
    except Refusal:
        return None


def _known(unit: Unit, text: str | None) -> Value | None:
    """The value of a text of the record; None where another version, or another laptop, wrote what this unit does not read."""
    try:
        return unit.take(text)[0] if text else None
    except Unread:
        return None


def _phases(place: ProvisionPlace, provision: Provision) -> list[Phase]:
    ends = place.ends_on or provision.ends_on
    return [Phase(place.starts_on or provision.starts_on, provision.title, True), *([Phase(ends, provision.title, False)] if ends else [])]


def carried_measure(record: Record, outcome: Outcome, day: date, due: date | None) -> dict[str, Any]:
    """Where an outcome begins in the next cycle: at its last value, else at what the review says was reached, else where it began.

    ``day`` is that of the review. What the review says stays as it was written; where the unit does not read it, the baseline
    is words again and no unit.
    """
    shown = measured_of(record, outcome)
    if shown is None:
        return {"baseline": outcome.result or outcome.baseline, "by_on": due}
    if shown.last is not None:
        return {"baseline": shown.unit.words(shown.last.value), "baseline_on": shown.last.point.measured_on, "by_on": due}
    if not outcome.result:
        return {"by_on": due}
    reached = _known(shown.unit, outcome.result)
    if reached is None:
        return {"baseline": outcome.result, "baseline_on": None, "unit": None, "counts": None, "by_on": due}
    return {"baseline": shown.unit.words(reached), "baseline_on": day, "by_on": due}


# ---- in words -------------------------------------------------------------------------------------------------------


def shows(found: Measured) -> str:
    """What the values show, in sentences: the change, how it lies to the aim line, and what may not be said of it."""
    parts = [_change_words(found), _recent_words(found), _reached_words(found), _ratio_words(found)]
    return " ".join(each for each in parts if each)


def _change_words(found: Measured) -> str:
    first, last, moved = found.first, found.last, found.change()
    if last is None:
        if first is None:
            return reference.say("measures.nothing_taken")
        return reference.say("measures.only_baseline", value=found.unit.words(first[0]), day=full_date(first[1]))
    if moved is None or first is None:
        return reference.say("measures.only_one", value=found.unit.words(last.value), day=full_date(last.point.measured_on))
    weeks = (last.point.measured_on - first[1]).days // 7
    key = "measures.same" if moved.way == "same" else "measures.changed"
    said = reference.say(
        key,
        first=found.unit.words(first[0]),
        last=found.unit.words(last.value),
        time=reference.say("measures.in_one_week") if weeks == 1 else reference.say("measures.in_weeks", weeks=weeks),
        difference=found.unit.difference(moved.size),
        way=reference.say(f"measures.{'up' if moved.size > 0 else 'down'}_{moved.way}") if moved.way != "same" else "",
    )
    if found.unit.may("band"):
        band = {True: "beyond_band", False: "within_band", None: "no_band"}[moved.beyond_band]
        said += " " + reference.say(f"measures.{band}")
    if len(found.taken) < FEW:
        said += " " + reference.say("measures.few_values")
    return said


def _recent_words(found: Measured) -> str:
    on_aim, of = found.recent()
    if not of:
        return ""
    line = found.baseline is not None and found.baseline_on is not None and found.target_on is not None
    aim = reference.say("measures.the_aim_line" if line else "measures.the_target")
    side = reference.say("measures.at_or_above" if found.higher_is_better else "measures.at_or_below")
    if of == 1:
        return reference.say("measures.the_one" if on_aim else "measures.the_one_not", side=side, aim=aim)
    return reference.say("measures.recent", count=on_aim, of=of, side=side, aim=aim)


def _reached_words(found: Measured) -> str:
    day = found.reached_on()
    return reference.say("measures.reached", day=full_date(day)) if day else ""


def _ratio_words(found: Measured) -> str:
    first, last = found.first, found.last
    if first is None or last is None:
        return ""
    ratio = reference.measures().ratio_gain(found.unit, first[0], first[1], last.value, last.point.measured_on)
    if ratio is None:
        return ""
    band = reference.say(f"measures.ratio_{reference.measures().ratio_band(ratio)}")
    return reference.say("measures.ratio_gain", ratio=written_number(round(ratio, 1)), band=band)
