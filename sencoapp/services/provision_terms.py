"""A provision beside itself over terms, and what may be said of it: for the screen, for paper and as a list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays, academic_year, academic_year_name
from sencoapp.domain.delivery import HELD, SessionMark, has_place, one_a_session, planned_days, pupil_tally
from sencoapp.domain.effect import Effect
from sencoapp.domain.grouping import by_pupil
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.over_terms import FEW, FIGURES, Figure, FigureOverTerms, ProvisionOverTerms, TermFigures, few, terms_chart
from sencoapp.domain.people import Pupil
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.words import folded
from sencoapp.services.beginning import school
from sencoapp.services.effect import effects, honest_words, sentence
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session

_HOLIDAYS = timedelta(weeks=7)
"""As long as the summer holidays may be after a term."""

_Key = tuple[date, str]


@dataclass(frozen=True)
class TermsList(ListContent):
    """The terms as a list, with what a PDF of it is made from."""

    over_terms: ProvisionOverTerms


def titles(record: Record) -> list[str]:
    """What has ever been given, each title once; groups of the same title are one provision."""
    found = {folded(each.title): each.title for each in record.find(Provision)}
    return sorted(found.values(), key=folded)


def figures_of(session: Session, title: str) -> list[TermFigures]:
    """The terms in which a provision ran or a pupil's end was measured, the oldest first, as far as this person sees."""
    return _figures(session, _groups(session.record, title), effects(session))


def _groups(record: Record, title: str) -> list[Provision]:
    """The groups of one title."""
    return [each for each in record.find(Provision) if folded(each.title) == folded(title)]


def _figures(session: Session, same: Sequence[Provision], known: Mapping[tuple[str, str], Effect]) -> list[TermFigures]:
    record = session.record
    days = SchoolDays.of(school(record).terms)
    found: dict[_Key, TermFigures] = {}
    pupils: dict[_Key, set[str]] = defaultdict(set)
    for made in same:
        places = by_pupil(record.find(ProvisionPlace, provision=made.id))
        planned: dict[_Key, list[date]] = defaultdict(list)
        ticked: dict[_Key, list[SessionMark]] = defaultdict(list)
        for day in planned_days(made, days, session.clock.today()):
            planned[_term(days, day)].append(day)
        for mark in one_a_session(record.find(SessionMark, provision=made.id)):
            ticked[_term(days, mark.happened_on)].append(mark)
        for key in planned.keys() | ticked.keys():
            of_term, marks = planned[key], by_pupil(ticked[key])
            there = {pupil for pupil, theirs in places.items() if any(has_place(theirs, each) for each in of_term)} | marks.keys()
            so_far = found.get(key, TermFigures(key[1], key[0]))
            for pupil in there:
                mine = marks.get(pupil, [])
                tally = pupil_tally(made, mine, of_term, places.get(pupil, []))
                so_far = replace(
                    so_far,
                    planned_minutes=so_far.planned_minutes + tally.planned_minutes,
                    delivered_minutes=so_far.delivered_minutes + tally.delivered_minutes,
                    ticked=so_far.ticked + len(mine),
                    sessions=so_far.sessions + sum(each.result in HELD for each in mine),
                    attended=so_far.attended + sum(each.result in HELD and each.result != "absent" for each in mine),
                )
            found[key] = so_far
            pupils[key] |= there
    ids = {each.id for each in same}
    last: dict[tuple[_Key, str], tuple[date, Effect]] = {}
    for (provision, pupil), effect in known.items():
        if effect.change is None or effect.exit is None or provision not in ids:
            continue
        day = effect.exit.measured_on
        where = (_term(days, day), pupil)
        if where not in last or last[where][0] <= day:
            last[where] = (day, effect)  # a pupil in two groups of a term is one pupil: the measure that was taken last
    for (key, pupil), (_, effect) in last.items():
        so_far = found.get(key, TermFigures(key[1], key[0]))
        better, worse = so_far.better + (effect.way == "better"), so_far.worse + (effect.way == "worse")
        found[key] = replace(so_far, measured=so_far.measured + 1, better=better, worse=worse)
        pupils[key].add(pupil)
    return [replace(found[key], pupils=len(pupils[key])) for key in sorted(found)]


def over_terms(session: Session, title: str) -> ProvisionOverTerms:
    """One provision with its charts and words."""
    same, known, home = _groups(session.record, title), effects(session), school(session.record)
    terms = tuple(_figures(session, same, known))
    return ProvisionOverTerms(
        title,
        terms,
        tuple(_figure(each, terms) for each in FIGURES),
        tuple(_honest(terms, *_ended(session, same, known))),
        home.name,
        session.clock.today(),
        session.actor.name,
        home.demo,
    )


def terms_list(session: Session, title: str) -> TermsList:
    """The same as a list of real numbers. Raises ``Refusal``: ``nothing_to_export``, ``not_for_your_role``."""
    must_be_allowed(session, "export")
    found = over_terms(session, title)
    if not found.terms:
        raise Refusal("nothing_to_export")
    columns = ("term", "pupils", "measured", "better", "worse", "planned", "delivered", "sessions", "attended")
    rows: list[list[Value]] = [
        [
            each.term,
            each.pupils,
            each.measured,
            each.better,
            each.worse,
            each.planned_minutes,
            each.delivered_minutes,
            each.sessions,
            each.attended,
        ]
        for each in found.terms
    ]
    headings = [_say(f"list_{each}") for each in columns]
    return TermsList(_say("title_of", title=found.title), headings, rows, found.made_on, found)


def provision_words(session: Session, provision: Provision) -> list[str]:
    """The effect of one group: what may be said of it, what happened to each pupil, and the provision beside itself by term."""
    known = effects(session, provision=provision.id)
    people = {pupil: found.name for _, pupil in known if (found := session.record.get(Pupil, pupil))}
    shown = sorted(((people[pupil], effect) for (_, pupil), effect in known.items() if pupil in people), key=lambda each: each[0])
    if not shown:
        return []
    measured = [each for each in figures_of(session, provision.title) if each.measured]
    said = [reference.say("effect.of_term", term=each.term, better=each.better, measured=each.measured) for each in measured]
    by_term = [reference.say("effect.over_terms", terms="; ".join(said))] if said else []
    return [honest_words([effect for _, effect in shown]), *by_term, *(sentence(name, effect) for name, effect in shown)]


def _figure(figure: Figure, terms: Sequence[TermFigures]) -> FigureOverTerms:
    cells = tuple(_cell(figure, each) for each in terms)
    name = _say(f"figure_{figure}")
    chart = terms_chart(terms, figure, [_at_spot(figure, each) for each in terms])
    told = [
        _say("shows_term", term=each.term, said=cell) for each, cell in zip(terms, cells, strict=True) if each.share(figure) is not None
    ]
    shows = _say("shows", name=name, terms="; ".join(told)) if told else _say(f"nothing_{figure}")
    return FigureOverTerms(figure, name, chart, shows, cells)


def _at_spot(figure: Figure, term: TermFigures) -> str:
    """Of few pupils the count, and no share of a hundred."""
    share = term.share(figure)
    if share is None:
        return ""
    return _say("of", part=term.better, whole=term.measured) if figure == "effect" else f"{round(share * 100)}%"


def _cell(figure: Figure, term: TermFigures) -> str:
    if figure == "effect":
        key = "cell_effect" if term.measured else "cell_not_measured"
        return _say(key, better=term.better, worse=term.worse, measured=term.measured)
    if figure == "dose":
        if not term.ticked:
            return _say("cell_not_ticked")
        each = (round(Decimal(minutes) / term.pupils) for minutes in (term.delivered_minutes, term.planned_minutes))
        return _say("of_minutes", part=f"{next(each):,}", whole=f"{next(each):,}")
    if not term.sessions:
        return _say("cell_nothing")
    return _say("cell_attendance", share=round(term.attended * 100 / term.sessions), attended=term.attended, sessions=term.sessions)


def _honest(terms: Sequence[TermFigures], ended: int, measured: int) -> Iterable[str]:
    """What may not be concluded. ``ended`` places have ended, ``measured`` of them were measured twice."""
    if not terms:
        yield _say("no_terms")
        return
    if len(terms) == 1:
        yield _say("one_term")
    else:
        yield _say("different_pupils")
    if few(terms, "effect"):
        yield _say("few", few=FEW)
    if measured < ended:
        yield _say("not_all_measured", measured=measured, places=ended)


def _ended(session: Session, same: Sequence[Provision], known: Mapping[tuple[str, str], Effect]) -> tuple[int, int]:
    """How many places of a provision have ended, a pupil once in each group, and how many of those were measured twice."""
    record, today = session.record, session.clock.today()
    ended: set[tuple[str, str]] = set()
    for made in same:
        for pupil, places in by_pupil(record.find(ProvisionPlace, provision=made.id)).items():
            last = [each.ends_on or made.ends_on for each in places]
            if all(each is not None and each < today for each in last):
                ended.add((made.id, pupil))
    return len(ended), sum(each in known and known[each].change is not None for each in ended)


def _term(days: SchoolDays, day: date) -> _Key:
    """The term of a day; the holidays after it belong to it, so that a measure taken late is not left out."""
    begun = [each for each in days.terms if each.starts_on <= day]
    if begun and day <= begun[-1].ends_on + _HOLIDAYS:
        return begun[-1].starts_on, begun[-1].name
    return date(academic_year(day), 9, 1), _say("school_year", years=academic_year_name(day))


def _say(key: str, **details: object) -> str:
    return reference.say(f"provision_terms.{key}", **details)
