"""One sentence for an outcome from its parts: by when, who, does what, to which level, from where, measured with what.

"By [date] [name] will [observable] [measure/level], from [baseline, date], as measured by [tool]" (domain.md 5). A part that
nobody gave is left out. It is an offer: the words of an outcome stay those of the person who writes it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.measures import middle
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled
from sencoapp.services.measures import unit_of


def smart_sentence(name: str, does: str, values: Mapping[str, Any]) -> str:
    """The sentence. ``values`` are those of an outcome: unit, counts, baseline, baseline_on, target, by_on, measure."""
    before, after = _around(name, values)
    return f"{before}{_plain(does)}{after}"


def does_in(text: str, name: str, values: Mapping[str, Any]) -> str:
    """What the pupil will do, where ``text`` is a sentence that was composed from these values; else nothing."""
    before, after = _around(name, values)
    words = text.strip()
    if not words.startswith(before) or not words.endswith(after) or len(words) <= len(before) + len(after):
        return ""
    return words[len(before) : len(words) - len(after)]


def missing_parts(values: Mapping[str, Any]) -> list[str]:
    """The parts that were not given, by their keys in ``wording/measures.toml`` (``smart_missing_…``)."""
    parts = {"by_on": values.get("by_on"), "target": filled(values.get("target")), "baseline": filled(values.get("baseline"))}
    return [each for each, given in {**parts, "measure": filled(values.get("measure"))}.items() if not given]


def _around(name: str, values: Mapping[str, Any]) -> tuple[str, str]:
    due: date | None = values.get("by_on")
    key = "measures.smart_begins" if due else "measures.smart_begins_without_day"
    before = reference.say(key, day=full_date(due) if due else "", name=name) + " "
    target, baseline, tool = _words(values, "target"), _words(values, "baseline"), _plain(values.get("measure") or "")
    began: date | None = values.get("baseline_on")
    after = f" {target}" if target else ""
    if baseline:
        after += reference.say("measures.smart_from", baseline=baseline)
        after += reference.say("measures.smart_from_day", day=full_date(began)) if began else ""
    if tool:
        after += reference.say("measures.smart_measured", tool=tool[:1].lower() + tool[1:] if tool[:2].istitle() else tool)
    return before, after + "."


def _words(values: Mapping[str, Any], field: str) -> str:
    """A value as its unit writes it, of three readings the middle one; what the unit does not read stays as typed."""
    typed = filled(values.get(field)) or ""
    unit = unit_of(values.get("unit"), values.get("counts"))
    if unit is None or not typed:
        return _plain(typed)
    try:
        return unit.words(middle(reference.measures().readings(unit, typed)))
    except Refusal:
        return _plain(typed)


def _plain(words: str) -> str:
    """On one line, without a full stop at its end."""
    return " ".join(words.split()).rstrip(" .,;")
