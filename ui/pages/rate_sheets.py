"""Sheets for rates: a person's or a kind of staff's, by the hour or from a year's pay, and what the council reckons with."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.costing import CouncilRate
from sencoapp.domain.people import StaffMember
from sencoapp.domain.provision import StaffRate
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services import rates
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.room import Room

_YEAR = ("salary_pence", "insurance_pence", "pension_pence")


def words(key: str, **details: object) -> str:
    return reference.say(f"rates.{key}", **details)


def open_rate_sheet(room: Room, owner: QObject, people: list[StaffMember], shown: StaffRate | None = None) -> None:
    """A rate of a kind of staff or of one person. What a year costs, where it is filled in, goes before the rate by the hour."""
    today = room.app.clock.today()
    who = [("", words("whole_kind")), *((each.id, each.name) for each in people)]
    rows = (
        Ask("staff_member", words("who"), "choice", who),
        Ask("staff_role", words("kind"), hint=words("kind_hint"), optional=True),
        Ask("starts_on", words("from"), "day", what=words("what_from")),
        words("by_year"),
        tuple(Ask(name, words(name), optional=True) for name in _YEAR),
        Ask("paid_hours", words("paid_hours"), hint=words("paid_hours_hint"), optional=True),
        words("by_hour"),
        Ask("rate", words("an_hour"), hint=words("an_hour_hint"), optional=True),
        Ask("note", words("note"), optional=True),
    )
    instead = shown.id if shown else None
    values: dict[str, Any] = {"staff_member": "", "starts_on": today}
    if shown is not None:
        values = {name: getattr(shown, name) or "" for name in ("staff_member", "staff_role", "note")} | {"starts_on": shown.starts_on}
        values |= {name: _pounds(getattr(shown, name)) for name in _YEAR}
        values["paid_hours"] = f"{shown.paid_hours.normalize():f}" if shown.paid_hours else ""
        values["rate"] = "" if shown.paid_hours else _pounds(shown.pence_per_hour)

    def write(session: Session, typed: Mapping[str, Any]) -> Saved:
        person, role = typed["staff_member"] or None, typed["staff_role"] or ""
        if any(typed[name] for name in (*_YEAR, "paid_hours")):
            salary, insurance, pension = (_pence(typed[name], name) for name in _YEAR)
            year = rates.YearOfPay(salary, insurance, pension, _hours(typed["paid_hours"]))
            return rates.set_salary_rate(session, role, year, typed["starts_on"] or today, typed["note"], person=person, instead=instead)
        return rates.set_staff_rate(
            session, role, _pence(typed["rate"], "rate"), typed["starts_on"] or today, typed["note"], person=person, instead=instead
        )

    entry = Entry(
        title=words("sheet"),
        save_words=words("save"),
        rows=rows,
        values=values,
        draft=f"rate.{shown.id if shown else 'new'}",
        write=write,
        said=lambda _: words("saved"),
        remove=Removal(words("remove"), words("removed"), lambda session: rates.remove_rate(session, shown.id)) if shown else None,
        past=("staff_rate", shown.id) if shown else None,
    )
    open_entry(room, owner, entry, today)


def open_council_rate_sheet(room: Room, owner: QObject, shown: CouncilRate | None = None) -> None:
    """A figure of the council's. The method of the newest one is the one that costs are worked out by."""
    today = room.app.clock.today()
    rows = (
        Ask("method", words("method"), "choice", method_options(), hint=words("method_hint")),
        Ask("pence", words("figure"), hint=words("figure_hint")),
        Ask("starts_on", words("from"), "day", what=words("what_from")),
        Ask("note", words("note"), hint=words("council_note_hint"), optional=True),
    )
    instead = shown.id if shown else None
    values: dict[str, Any] = {"method": rates.USUAL_METHOD, "starts_on": today}
    if shown is not None:
        values = {
            "method": _option(shown.method, shown.box),
            "pence": pounds_of(shown.pence),
            "starts_on": shown.starts_on,
            "note": shown.note,
        }

    def write(session: Session, typed: Mapping[str, Any]) -> Saved:
        method, _, box = str(typed["method"]).partition("/")
        pence = _decimal(typed["pence"], "council_rate_pence", "pence") * 100
        return rates.set_council_rate(
            session, method, pence, typed["starts_on"] or today, box=box or None, note=typed["note"], instead=instead
        )

    entry = Entry(
        title=words("council_sheet"),
        save_words=words("save"),
        rows=rows,
        values=values,
        draft=f"council_rate.{shown.id if shown else 'new'}",
        write=write,
        said=lambda _: words("saved"),
        remove=Removal(words("remove"), words("removed"), lambda session: rates.remove_council_rate(session, shown.id)) if shown else None,
        past=("council_rate", shown.id) if shown else None,
    )
    open_entry(room, owner, entry, today)


def method_options() -> list[tuple[str, str]]:
    """The council's methods, each of its kinds of adult for itself."""
    found = []
    for name in rates.METHODS:
        plain = reference.data("costing", f"{name}.json")
        if plain["own_rates"]:
            continue
        unit = words(f"unit_{plain['unit']}")
        boxes = [(_option(name, each["code"]), f"{each['code']} {each['name']}") for each in plain["boxes"]] or [(name, "")]
        found += [(value, " · ".join(filter(None, (plain["title"], box, unit)))) for value, box in boxes]
    return found


def method_words(method: str, box: str | None) -> str:
    """ "Unit rate by the weekly hour · for a weekly hour over the year"."""
    return dict(method_options()).get(_option(method, box), method)


def pounds_of(pence: Decimal) -> str:
    """ "653.60", "0.285": to the penny, and finer where the figure is."""
    pounds = pence / 100
    return f"{pounds:.2f}" if pounds == round(pounds, 2) else f"{pounds.normalize():f}"


def _option(method: str, box: str | None) -> str:
    return f"{method}/{box}" if box else method


def _pounds(pence: int | None) -> str:
    return "" if pence is None else pounds_of(Decimal(pence))


def _pence(typed: str | None, field: str) -> int:
    """Whole pence; nothing typed is 0, so that the service says what is missing."""
    key = "rate_is_above_nothing" if field == "rate" else "rate_of_a_year"
    pence = _decimal(typed or "0", key, field) * 100
    if pence != pence.to_integral_value():
        raise Refusal(key, field=field)
    return int(pence)


def _hours(typed: str | None) -> Decimal:
    return _decimal(typed or "0", "rate_hours_of_a_year", "paid_hours", most=rates.MOST_HOURS_A_YEAR)


def _decimal(typed: str | None, key: str, field: str, **details: object) -> Decimal:
    try:
        found = Decimal((typed or "").replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        raise Refusal(key, field=field, **details) from None
    if not found.is_finite() or abs(found) > 10_000_000:
        raise Refusal(key, field=field, **details)
    return found
