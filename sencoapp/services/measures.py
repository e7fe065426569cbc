"""What an outcome is measured in, by its names: reading what a person typed, with sentences that help."""

from sencoapp import reference
from sencoapp.domain.measures import Unit, Value
from sencoapp.domain.refusals import Refusal


def unit_names() -> dict[str, str]:
    """Every unit that can be chosen: its code and what it is called, in the order in which they are offered."""
    return {each: unit_name(each) for each in reference.measures().units}


def unit_name(unit: str) -> str:
    return reference.say(f"measures.unit_{unit}")


def unit_of(code: str | None, counts: str | None = None) -> Unit | None:
    """The unit of a code, with what is counted; None for none, and for one that this version does not know."""
    found = reference.measures().units.get(code or "")
    return found.counting(counts) if found else None


def read_value(unit: Unit, text: str, *, field: str | None = None) -> Value:
    """One value as typed. Raises ``Refusal`` as ``Measures.read`` does, with the units by their names."""
    try:
        return reference.measures().read(unit, text, field=field)
    except Refusal as refusal:
        raise _named(unit, refusal) from None


def read_baseline(unit: Unit, text: str, *, field: str | None = None) -> tuple[Value, ...]:
    """A baseline as typed: one value, or three of which the middle one counts. Raises ``Refusal`` like ``read_value``."""
    try:
        return reference.measures().readings(unit, text, field=field)
    except Refusal as refusal:
        raise _named(unit, refusal) from None


def _named(unit: Unit, refusal: Refusal) -> Refusal:
    told = {**refusal.details, "unit": unit_name(unit.id)}
    if "other" in told:
        told["other"] = unit_name(str(told["other"]))
    return Refusal(refusal.key, **told)
