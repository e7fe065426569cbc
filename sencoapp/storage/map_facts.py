"""What the provision map of a school is made of: provisions, places and sums of sessions, filtered and put in order in SQL."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.provision_map import MapChoices, MapFacts, MapPlace, MapQuery, Period
from sencoapp.storage.engine import Database
from sencoapp.storage.projections import entity_of
from sencoapp.storage.session_sums import sums_of
from sencoapp.storage.sight import Seen

_FORENAME = "coalesce(p.preferred_forename, p.legal_forename)"
_SURNAME = "coalesce(p.preferred_surname, p.legal_surname)"
_GIVEN_BY = """SELECT given.provision FROM provision_staff given JOIN staff_member member ON member.id = given.staff_member
  WHERE given.removed = 0"""
_IN_ORDER = "v.title COLLATE NOCASE, v.starts_on, v.id"


def map_facts(db: Database, query: MapQuery, cuts: Mapping[str, Sequence[date]], seen: Seen) -> MapFacts:
    """What runs or ran in the period, who has a place in it, and the sums of its sessions."""
    where, values = _where(query, seen)
    provisions = [entity_of(Provision, row) for row in db.query(f"SELECT v.* FROM provision v WHERE {where} ORDER BY {_IN_ORDER}", values)]
    pupils = _pupils(db, query, values, seen)
    places = f"""SELECT place.provision, place.pupil, place.id, place.starts_on, place.ends_on, place.whole_cost_reason
      FROM provision v JOIN provision_place place ON place.provision = v.id JOIN pupil_summary s ON s.pupil = place.pupil
      WHERE {where} AND place.removed = 0{seen.also("provision_place", "place")} ORDER BY s.sort_name, place.id"""
    found = [_place(pupils[row[1]], *row) for row in db.execute(places, values) if row[1] in pupils]
    return MapFacts(provisions, found, sums_of(db, query.period, cuts, seen))


class _Pupil(NamedTuple):
    """What a map says of a pupil in each of their places."""

    name: str
    year: str | None
    reg_group: str | None
    left_on: date | None
    shown: bool


def _pupils(db: Database, query: MapQuery, values: dict[str, Any], seen: Seen) -> dict[str, _Pupil]:
    """All pupils, each read once and not with each of their places."""
    years = f"p.year IN ({_wanted('years')})" if query.years else "1"
    rows = db.execute(
        f"""SELECT p.id, {_FORENAME}, {_SURNAME}, p.year, p.reg_group, p.left_on, {years} FROM pupil p
        WHERE p.removed = 0{seen.also("pupil", "p")}""",
        values,
    )
    return {
        id: _Pupil(f"{forename} {surname}".strip(), year, reg_group, _day(left_on), bool(shown))
        for id, forename, surname, year, reg_group, left_on, shown in rows
    }


def map_choices(db: Database, period: Period, seen: Seen) -> MapChoices:
    """The years of the pupils and the members of staff that a map of the period can be narrowed to."""
    where, values = _where(MapQuery(period), seen)
    named = f"{_GIVEN_BY} AND given.provision IN (SELECT v.id FROM provision v WHERE {where})".replace("given.provision", "member.name", 1)
    staff = f"SELECT v.delivered_by FROM provision v WHERE {where} UNION {named} ORDER BY 1 COLLATE NOCASE"
    years = f"""SELECT p.year FROM provision v JOIN provision_place place ON place.provision = v.id JOIN pupil p ON p.id = place.pupil
      JOIN pupil_summary s ON s.pupil = p.id
      WHERE {where} AND place.removed = 0 AND p.removed = 0 AND p.year IS NOT NULL{seen.also("pupil", "p")}
      GROUP BY p.year ORDER BY min(s.year_order)"""
    fundings = f"SELECT DISTINCT v.funding FROM provision v WHERE {where} AND v.funding IS NOT NULL ORDER BY v.funding"
    return MapChoices(*(tuple(row[0] for row in db.execute(sql, values).fetchall()) for sql in (years, staff, fundings)))


def _where(query: MapQuery, seen: Seen) -> tuple[str, dict[str, Any]]:
    """The provisions that the query lets through, in a table called ``v``."""
    values: dict[str, Any] = {"first": query.period.first.isoformat(), "last": query.period.last.isoformat(), **seen.values}
    where = ["v.removed = 0", "v.starts_on <= :last", "(v.ends_on IS NULL OR v.ends_on >= :first)"]
    for name, column in (("waves", "v.wave"), ("areas", "coalesce(v.area, '')"), ("fundings", "coalesce(v.funding, '')")):
        if getattr(query, name):
            where.append(f"{column} IN ({_wanted(name)})")
            values[name] = json.dumps(getattr(query, name))
    if query.staff:
        where.append(f"(v.delivered_by IN ({_wanted('staff')}) OR v.id IN ({_GIVEN_BY} AND member.name IN ({_wanted('staff')})))")
        values["staff"] = json.dumps(query.staff)
    if query.years:
        values["years"] = json.dumps(query.years)
    return " AND ".join(where) + seen.also("provision", "v"), values


def _wanted(name: str) -> str:
    return f"SELECT value FROM json_each(:{name})"


def _place(
    of: _Pupil, provision: str, pupil: str, id: str, starts_on: str | None, ends_on: str | None, whole_cost_reason: str | None
) -> MapPlace:
    """A place of a pupil from a row, in the order of its columns."""
    ends = _day(ends_on)
    last = min(ends, of.left_on) if ends and of.left_on else ends or of.left_on
    place = ProvisionPlace(id, pupil, provision, starts_on=_day(starts_on), ends_on=last, whole_cost_reason=whole_cost_reason)
    return MapPlace(place, pupil, of.name, of.year, of.reg_group, of.shown)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
