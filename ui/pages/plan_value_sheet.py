"""One dated value of an outcome, entered or put right: as people type it, with the note that is its evidence."""

import textwrap
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sencoapp.domain.dates import full_date
from sencoapp.domain.measured import Measured
from sencoapp.domain.plan import DataPoint
from sencoapp.domain.record import Saved
from sencoapp.services import measuring
from sencoapp.services.measure_content import measure_name
from sencoapp.services.ports import Entry as Written
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask
from ui.pages.plan_context import PlanContext
from ui.pages.plan_words import wording
from ui.pages.record_sheet import Entry, Removal, open_entry

_NOTES = 30
"""So many of the newest notes are offered as evidence."""
_NOTE_WORDS = 60


def open_value_sheet(context: PlanContext, found: Measured, point: DataPoint | None = None) -> None:
    """A new value where ``point`` is None."""
    outcome, case = found.outcome, context.case

    def write(session: Session, values: Mapping[str, Any]) -> Saved:
        chosen = {**values, "observation": values["observation"] or None}
        if point is None:
            day = chosen.pop("measured_on")
            return measuring.add_value(session, outcome.id, chosen.pop("value") or "", day, **chosen)[1]
        wanted = replace(point, **{**chosen, "value": chosen["value"] or ""})
        return measuring.change_value(session, point, wanted, as_of=case.position)

    rows = (
        (
            Ask("value", measure_name(found), hint=wording("value_hint", example=found.unit.example)),
            Ask("measured_on", wording("value_day"), "day", what=wording("what_measured_on"), towards="past", past=True),
        ),
        Ask("note", wording("value_note"), "words", optional=True, lines=2),
        Ask("observation", wording("value_evidence"), "choice", _notes(case.entries, point), optional=True),
    )
    number = wording("outcome_number", number=outcome.number)
    remove = (
        Removal(wording("remove"), wording("value_removed"), lambda session: measuring.remove_value(session, point.id)) if point else None
    )
    entry = Entry(
        wording("value_change" if point else "value_new", outcome=number),
        wording("value_save"),
        rows,
        {each: getattr(point, each) for each in ("value", "measured_on", "note", "observation")} if point else {"measured_on": case.today},
        f"data_point_form.{point.id if point else outcome.id}",
        write,
        lambda values: wording("value_changed" if point else "value_added", value=values["value"] or ""),
        remove,
        past=("data_point", point.id) if point else None,
    )
    open_entry(context.room, context.owner, entry, case.today)


def _notes(entries: tuple[Written, ...], point: DataPoint | None) -> list[tuple[str, str]]:
    found = [each for each in entries if each.kind == "observation"]
    offered = [each for number, each in enumerate(found) if number < _NOTES or (point is not None and each.id == point.observation)]
    notes = [(each.id, f"{full_date(each.on)}: {textwrap.shorten(each.text, _NOTE_WORDS, placeholder='…')}") for each in offered]
    return [("", wording("no_evidence")), *notes]
