"""Sums of the ledger by provision and month, kept with each save, so that the map of a school reads hundreds of rows, not all sessions.

What a session is, which mark speaks for it and who shares its cost is said in ``domain.delivery`` and ``domain.costing``; here it
is the same in SQL. A row with a pupil sums their sessions that so many pupils shared; one without a pupil sums such sessions
themselves, each once. Who shares: those for whom it was held, and those who had a place and were not ticked.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sencoapp.domain.provision_map import Period, SessionSum
from sencoapp.domain.record import Touched
from sencoapp.storage.engine import Database
from sencoapp.storage.sight import Seen

_HELD = "result IN ('ran', 'short', 'absent', 'left_early')"
_MONTH = "substr(happened_on, 1, 7)"
_SESSION = "m.provision, m.happened_on, m.number"
_COLUMNS = "provision, month, pupil, shared, first_on, last_on, held, missed, not_due, minutes, adult_minutes"
_ON_THE_DAY = """l.provision = m.provision AND l.removed = 0 AND (l.starts_on IS NULL OR l.starts_on <= m.happened_on)
        AND (l.ends_on IS NULL OR l.ends_on >= m.happened_on)"""
_GONE = "(SELECT id FROM pupil WHERE removed = 1)"


def _sums(which: str) -> str:
    """Sums of the marks that ``which`` lets through; it must let sessions through as a whole."""
    days = "min(happened_on) AS first_on, max(happened_on) AS last_on, sum(was_held) AS held, sum(result = 'missed') AS missed"
    return f"""WITH last_word AS (
      SELECT *, {_HELD} AS was_held, row_number() OVER (PARTITION BY provision, happened_on, number, pupil ORDER BY made_n DESC, id DESC)
        AS nth
      FROM session_mark WHERE removed = 0 AND {which} AND pupil NOT IN {_GONE}),
    members AS (
      SELECT m.provision, m.happened_on, (SELECT count(DISTINCT l.pupil) FROM provision_place l
        WHERE {_ON_THE_DAY} AND l.pupil NOT IN {_GONE}) AS count
      FROM (SELECT DISTINCT provision, happened_on FROM last_word) m),
    marks AS (
      SELECT m.*, members.count + sum(m.was_held - EXISTS (SELECT 1 FROM provision_place l WHERE l.pupil = m.pupil AND {_ON_THE_DAY}))
          OVER (PARTITION BY {_SESSION}) AS shared,
        first_value(m.session_minutes * m.adults) OVER (PARTITION BY {_SESSION} ORDER BY {_SPEAKS}) AS paid_minutes,
        row_number() OVER (PARTITION BY {_SESSION} ORDER BY {_SPEAKS}) AS stands
      FROM last_word m JOIN members ON members.provision = m.provision AND members.happened_on = m.happened_on WHERE m.nth = 1)
    SELECT provision, {_MONTH} AS month, pupil, shared, {days}, sum(result = 'not_due') AS not_due, sum(minutes) AS minutes,
      sum(was_held * paid_minutes) AS adult_minutes
    FROM marks GROUP BY provision, {_MONTH}, pupil, shared
    UNION ALL
    SELECT provision, {_MONTH}, '', shared, {days}, 0, sum(was_held * session_minutes), sum(was_held * paid_minutes)
    FROM marks WHERE stands = 1 GROUP BY provision, {_MONTH}, shared"""


_SPEAKS = "m.was_held DESC, m.result = 'missed' DESC, m.session_minutes DESC, m.adults DESC, m.made_n, m.id"
"""The mark that speaks for a session as a whole comes first."""


def sum_again(db: Database, touched: Iterable[Touched]) -> None:
    """Brings the sums up to date for what a save touched: marks, places, and pupils who were removed or came back."""
    sum_months(db, months_of(db, touched))


def months_of(db: Database, touched: Iterable[Touched]) -> set[tuple[str, str]]:
    """Provision and month of the sums that follow from these things, as they are now."""
    ids: dict[str, list[str]] = {"session_mark": [], "provision_place": [], "pupil": []}
    for each in touched:
        if each.kind in ids:
            ids[each.kind].append(each.id)
    months: set[tuple[str, str]] = set()
    for kind, sql in _MONTHS.items():
        if ids[kind]:
            months |= set(db.execute(sql, {"ids": json.dumps(ids[kind])}).fetchall())
    return months


def sum_months(db: Database, months: Iterable[tuple[str, str]]) -> None:
    for provision, month in sorted(months):
        values = {"provision": provision, "month": month, "first": f"{month}-01", "last": f"{month}-31"}
        db.execute("DELETE FROM session_sum WHERE provision = :provision AND month = :month", values)
        sums = _sums("provision = :provision AND happened_on BETWEEN :first AND :last")
        db.execute(f"INSERT INTO session_sum ({_COLUMNS}) {sums}", values)


_MONTHS = {
    "session_mark": f"SELECT DISTINCT provision, {_MONTH} FROM session_mark WHERE id IN (SELECT value FROM json_each(:ids))",
    "provision_place": """SELECT DISTINCT provision, month FROM session_sum
      WHERE provision IN (SELECT provision FROM provision_place WHERE id IN (SELECT value FROM json_each(:ids)))""",
    "pupil": f"""SELECT DISTINCT m.provision, {_MONTH} FROM session_mark m JOIN pupil p ON p.id = m.pupil
      WHERE m.pupil IN (SELECT value FROM json_each(:ids)) AND m.removed = 0 AND p.removed = EXISTS (SELECT 1 FROM session_sum s
        WHERE s.provision = m.provision AND s.month = substr(m.happened_on, 1, 7) AND s.pupil = m.pupil)""",
}
"""The months to sum again for what was touched of a kind; of pupils, those that are hidden and still in a sum, or the other way."""


def sums_of(db: Database, period: Period, cuts: Mapping[str, Sequence[date]], seen: Seen) -> list[SessionSum]:
    """The sums of a period, by provision, pupil and number of pupils who shared. ``cuts`` are days of a provision before which
    its sums are taken by themselves, because what an hour costs changes on them.

    A month that lies in a piece as a whole is read from the sums. One that a piece cuts in two is read from its marks.
    """
    alike: dict[tuple[date, ...], list[str]] = {}
    for provision, days in cuts.items():
        inside = tuple(sorted({each for each in days if period.first < each <= period.last}))
        if inside:
            alike.setdefault(inside, []).append(provision)
    apart = json.dumps([each for provisions in alike.values() for each in provisions])
    found = list(_of_piece(db, period, "provision NOT IN (SELECT value FROM json_each(:which))", apart, seen))
    for inside, provisions in alike.items():
        starts = (period.first, *inside)
        ends = (*(each - timedelta(days=1) for each in inside), period.last)
        for first, last in zip(starts, ends, strict=True):
            which = "provision IN (SELECT value FROM json_each(:which))"
            found += _of_piece(db, Period(first, last), which, json.dumps(provisions), seen)
    return found


def _of_piece(db: Database, piece: Period, which: str, provisions: str, seen: Seen) -> Iterator[SessionSum]:
    who = f"(pupil = '' OR pupil IN (SELECT p.id FROM pupil p WHERE p.removed = 0{seen.also('pupil', 'p')}))"
    who += "" if seen.sees("session_mark") else " AND 0"
    span = {"first": piece.first.isoformat(), "last": piece.last.isoformat(), "which": provisions}
    cut = [
        month
        for (month,) in db.execute(
            f"""SELECT DISTINCT month FROM session_sum WHERE month IN (substr(:first, 1, 7), substr(:last, 1, 7)) AND {which}
            AND last_on >= :first AND first_on <= :last AND NOT (first_on >= :first AND last_on <= :last)""",
            span,
        ).fetchall()
    ]
    months = ", ".join(f"'{each}'" for each in cut)
    whole = f"SELECT * FROM session_sum WHERE first_on >= :first AND last_on <= :last AND month NOT IN ({months}) AND {which}"
    yield from _summed(db, piece, whole, who, {**span, **seen.values})
    for month in cut:
        within = {**span, "first": max(span["first"], f"{month}-01"), "last": min(span["last"], f"{month}-31")}
        yield from _summed(db, piece, _sums(f"happened_on BETWEEN :first AND :last AND {which}"), who, {**within, **seen.values})


def _summed(db: Database, piece: Period, source: str, who: str, values: dict[str, Any]) -> list[SessionSum]:
    sql = f"""SELECT provision, pupil, shared, sum(held), sum(missed), sum(not_due), sum(minutes), sum(adult_minutes)
      FROM ({source}) WHERE {who} GROUP BY provision, pupil, shared"""
    return [SessionSum(provision, pupil, piece.first, *sums) for provision, pupil, *sums in db.execute(sql, values)]
