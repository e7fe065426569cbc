"""The provision map of a school as it goes out: the same lines as on the screen, as plain values, and as a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sencoapp import reference
from sencoapp.domain.added_costs import Charge, total
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.provision import to_pence
from sencoapp.domain.provision_map import MapQuery, Share
from sencoapp.domain.school_map import MapLineContent, PlainCharge, PlainShare, SchoolMapContent
from sencoapp.services.beginning import school
from sencoapp.services.cost_words import own_formula
from sencoapp.services.ports import Session
from sencoapp.services.provision_map import MapLine, SchoolMap, pattern_words, period_words, read_map
from sencoapp.services.today import year_words


@dataclass(frozen=True)
class MapList(ListContent):
    """The map as a list, with what a workbook and a PDF of it are made from."""

    map: SchoolMapContent


def school_map_content(session: Session, query: MapQuery, by: str = "wave", order: str = "title") -> SchoolMapContent:
    """The map as this person may see it. Raises as ``read_map``."""
    found = read_map(session, query, by, order)
    home, today = school(session.record), session.clock.today()
    whole = _content(MapLine("total", "", 0, "band", reference.say("map.total"), found.total), found, leaf=False)
    added = sum((total(each.row.charges) for each in found.lines if each.row), Fraction(0))
    owners = {each.parent for each in found.lines}
    return SchoolMapContent(
        school=home.name,
        title=reference.say("provision_page.map"),
        period=period_words(query.period),
        filters=_filters(query),
        made_on=today.isoformat(),
        made_by=session.actor.name,
        shows_cost=found.shows_cost,
        lines=[_content(each, found, leaf=each.key not in owners) for each in found.lines],
        total={**whole, "added_pence": to_pence(added)},
        pupils=found.pupils,
        places=found.places,
        demo=home.demo,
    )


def map_list(session: Session, query: MapQuery, by: str = "wave", order: str = "title") -> MapList:
    """The map as a list: a row for each of its lines, a column for the level that the line stands on."""
    content = school_map_content(session, query, by, order)
    names = ["level", "name", "about", "sessions", "held", "planned", "minutes", "effect"]
    names += ["cost", "spent"] if content["shows_cost"] else []
    rows = [_list_row(each, costs=content["shows_cost"]) for each in [*content["lines"], content["total"]]]
    headings = [reference.say(f"map.list_{each}") for each in names]
    return MapList(f"{content['title']}, {content['period']}", headings, rows, session.clock.today(), content)


def _content(line: MapLine, found: SchoolMap, *, leaf: bool) -> MapLineContent:
    row, made, figures = line.row, line.provision, line.figures
    formula = own_formula(made, row.parts, row.charges) if row is not None and made is not None and row.parts and found.shows_cost else ""
    return MapLineContent(
        depth=line.depth,
        kind=line.kind,
        title=line.title,
        about=_about(line),
        area=line.area,
        sessions=figures.sessions,
        held=figures.held,
        planned_minutes=figures.planned_minutes,
        minutes=figures.minutes,
        planned_pence=figures.planned_pence,
        spent_pence=figures.spent_pence,
        planned=_plain(row.planned) if row else [],
        spent=_plain(row.spent) if row else [],
        charges=_plain_charges(row.charges) if row else [],
        charged=_plain_charges(row.charged) if row else [],
        added_pence=to_pence(total(row.charges)) if row else 0,
        is_leaf=leaf,
        effect=line.effect,
        formula=formula,
    )


def _about(line: MapLine) -> str:
    if line.kind == "provision" and line.provision is not None:
        return f"{line.provision.delivered_by}, {pattern_words(line.provision)}"
    if line.kind == "pupil" and line.place is not None:
        return " ".join(filter(None, (year_words(line.place.year), line.place.reg_group)))
    return ""


def _plain(shares: Iterable[Share]) -> list[PlainShare]:
    return [(str(each.minutes), each.shared, str(each.pence_per_hour)) for each in shares]


def _plain_charges(charges: Iterable[Charge]) -> list[PlainCharge]:
    return [(str(each.unit * each.days / each.of), each.places, each.shared) for each in charges]


def _filters(query: MapQuery) -> str:
    """What the map is narrowed to, in words; empty where it is not."""
    parts = [reference.say(f"provision_page.wave_{each}") for each in query.waves]
    parts += [reference.say(f"documents.area_{each}") if each else reference.say("provision_page.no_area") for each in query.areas]
    parts += [year_words(each) for each in query.years]
    parts += [*query.staff, *(reference.say(f"map.funding_{each}") for each in query.fundings)]
    return reference.say("map.only", what=", ".join(parts)) if parts else ""


def _list_row(line: MapLineContent, *, costs: bool) -> list[Value]:
    times: list[Value] = [line["sessions"], line["held"], line["planned_minutes"], line["minutes"], line["effect"] or None]
    if line["kind"] == "free":
        times = [None] * 5
    row: list[Value] = [line["depth"] + 1, line["title"], line["about"] or None, *times]
    return row + ([Decimal(line["planned_pence"]) / 100, Decimal(line["spent_pence"]) / 100] if costs else [])
