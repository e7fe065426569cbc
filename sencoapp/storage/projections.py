"""The tables that follow from the log: one for each kind of thing, and what the register shows of each pupil."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sencoapp import reference
from sencoapp.domain.plain import Reader, hints_of, readers_of, to_plain
from sencoapp.domain.record import KINDS, Touched, kind_name
from sencoapp.domain.words import folded, prefixes, search_words
from sencoapp.storage.engine import Database
from sencoapp.storage.session_sums import sum_again
from sencoapp.storage.sight import Seen

E = TypeVar("E")
REMOVED = "_removed"
REMOVED_PUPILS = "SELECT id FROM pupil WHERE removed = 1"
EVERYTHING_SEEN = Seen()

YEARS = ("E1", "E2", "N1", "N2", "R", *(str(each) for each in range(1, 15)), "X", "M")
"""NC years in the order in which a child goes through them."""

_OF_SUMMARY = ("legal_surname", "legal_forename", "preferred_surname", "preferred_forename", "upn", "year", "left_on", "removed")
_NAMED = f"SELECT {', '.join(_OF_SUMMARY)} FROM pupil WHERE id = ?"


class Projections:
    """Writes and reads the tables of things. Only the log may call the writing half."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, kind: str, entity: str, values: Mapping[str, Any], n: int, *, new: bool = False) -> bool:
        """Sets columns of one thing from plain values; fields that this version does not know stay in the log alone.

        ``new`` says that nothing was written of it before. Returns whether this made its row.
        """
        known = columns(kind)
        cells = {known[name]: cell(value) for name, value in values.items() if name in known}
        if REMOVED in values:
            cells["removed"] = 1 if values[REMOVED] else 0
        if not cells:
            return False
        if not new and self._db.execute(f"SELECT 1 FROM {kind} WHERE id = ?", (entity,)).fetchone():
            setting = ", ".join(f"{name} = ?" for name in cells)
            self._db.execute(f"UPDATE {kind} SET {setting} WHERE id = ?", (*cells.values(), entity))
            return False
        names = ", ".join(("id", "made_n", *cells))
        places = ", ".join("?" * (len(cells) + 2))
        row = self._db.execute(f"INSERT INTO {kind} ({names}) VALUES ({places})", (entity, n, *cells.values())).lastrowid
        if kind == "observation":
            words = " ".join(search_words(values["text"]))
            self._db.execute("INSERT INTO observation_words (rowid, words) VALUES (?, ?)", (row, words))
        return True

    def row(self, kind: str, entity: str) -> dict[str, Any] | None:
        found = list(self._db.query(f"SELECT * FROM {kind} WHERE id = ?", (entity,)))
        return found[0] if found else None

    def get(self, kind: type[E], id: str, seen: Seen = EVERYTHING_SEEN) -> E | None:
        name = kind_name(kind)
        sql = f"SELECT * FROM {name} WHERE id = :id AND {_shown(kind)}{seen.also(name, name)}"
        rows = list(self._db.query(sql, {**seen.values, "id": id}))
        return entity_of(kind, rows[0]) if rows else None

    def find(self, kind: type[E], equals: Mapping[str, Any], seen: Seen = EVERYTHING_SEEN) -> list[E]:
        rest, values = _rest(kind, equals, seen)
        return [entity_of(kind, row) for row in self._db.query(f"SELECT * {rest} ORDER BY made_n, id", values)]

    def count(self, kind: type, equals: Mapping[str, Any], seen: Seen = EVERYTHING_SEEN) -> int:
        rest, values = _rest(kind, equals, seen)
        return int(self._db.execute(f"SELECT count(*) {rest}", values).fetchone()[0])

    def is_removed_pupil(self, pupil: str | None) -> bool:
        found = self._db.execute("SELECT removed FROM pupil WHERE id = ?", (pupil,)).fetchone() if pupil else None
        return bool(found and found[0])

    def empty(self) -> None:
        for kind in reversed(list(KINDS)):
            self._db.execute(f"DELETE FROM {kind}")
        self._db.execute("INSERT INTO observation_words (observation_words) VALUES ('delete-all')")
        self._db.execute("DELETE FROM pupil_summary")
        self._db.execute("DELETE FROM pupil_prefix")
        self._db.execute("DELETE FROM session_sum")

    def refresh(self, touched: Iterable[Touched], today: date) -> None:
        """Brings up to date what the register shows of the pupils that were touched, and the sums of the sessions."""
        by_pupil: dict[str, set[str]] = {}
        for each in touched:
            if each.pupil:
                by_pupil.setdefault(each.pupil, set()).add(each.kind)
        listed = []
        for pupil, kinds in by_pupil.items():
            if kinds <= {"observation"}:
                self._note_observation(pupil)
            elif kinds & {"pupil", "sen_status", "sen_need", "observation", "cycle"}:
                listed.append(pupil)
        self._summarise(listed, today)
        sum_again(self._db, touched)

    def refresh_started(self, since: str, today: date) -> None:
        """Pupils for whom a day came meanwhile: a status begins, a need has ended, they leave. Either way, if the clock was put right."""
        first, last = sorted((since, today.isoformat()))
        rows = self._db.execute(
            """SELECT pupil FROM sen_status WHERE starts_on > :first AND starts_on <= :last
            UNION SELECT id FROM pupil WHERE left_on > :first AND left_on <= :last
            UNION SELECT pupil FROM sen_need WHERE ends_on >= :first AND ends_on < :last""",
            {"first": first, "last": last},
        )
        self._summarise([pupil for (pupil,) in rows.fetchall()], today)

    def _note_observation(self, pupil: str) -> None:
        self._db.execute(
            "UPDATE pupil_summary SET last_observation_on = latest.day"
            " FROM (SELECT max(happened_on) AS day FROM observation WHERE pupil = :pupil AND removed = 0) AS latest"
            " WHERE pupil = :pupil AND last_observation_on IS NOT latest.day",  # a row that stays the same is not written
            {"pupil": pupil},
        )

    def _summarise(self, pupils: Iterable[str], today: date) -> None:
        """The beginnings of names go in in their own order, all at once: a thousand pupils' are then near each other on the disk."""
        beginnings = sorted(each for pupil in pupils for each in self._summary_of(pupil, today))
        if beginnings:
            self._db.conn.executemany("INSERT INTO pupil_prefix (prefix, sort_name, pupil) VALUES (?, ?, ?)", beginnings)

    def _summary_of(self, pupil: str, today: date) -> list[tuple[str, str, str]]:
        """Writes what the register shows of a pupil; returns the beginnings by which a search finds them, the old ones being gone."""
        found = self._db.conn.execute(_NAMED, (pupil,)).fetchone()
        if found is None:
            return []
        row = dict(zip(_OF_SUMMARY, found, strict=True))
        surname = row["preferred_surname"] or row["legal_surname"]
        forename = row["preferred_forename"] or row["legal_forename"]
        need = self._db.execute(
            """SELECT sen_type FROM sen_need WHERE pupil = ? AND removed = 0 AND (ends_on IS NULL OR ends_on >= ?)
            ORDER BY rank, made_n LIMIT 1""",
            (pupil, today.isoformat()),
        ).fetchone()
        sen_type = need[0] if need else None
        on_roll = 0 if row["removed"] or (row["left_on"] and row["left_on"] <= today.isoformat()) else 1
        sort_name = f"{folded(surname)} {folded(forename)} {pupil}"
        self._db.execute(
            """INSERT INTO pupil_summary (pupil, sort_name, on_roll, status, sen_type, area, year_order,
              last_observation_on, next_review_on, open_cycle)
            SELECT :pupil, :sort_name, :on_roll,
              coalesce((SELECT code FROM sen_status WHERE pupil = :pupil AND removed = 0 AND starts_on <= :today
                        ORDER BY starts_on DESC, made_n DESC, rowid DESC LIMIT 1), 'N'),
              :sen_type, :area, :year_order,
              (SELECT max(happened_on) FROM observation WHERE pupil = :pupil AND removed = 0),
              (SELECT min(review_due_on) FROM cycle WHERE pupil = :pupil AND removed = 0 AND closed_on IS NULL),
              (SELECT id FROM cycle WHERE pupil = :pupil AND removed = 0 AND closed_on IS NULL ORDER BY number DESC LIMIT 1)
            WHERE true
            ON CONFLICT (pupil) DO UPDATE SET sort_name = excluded.sort_name, on_roll = excluded.on_roll, status = excluded.status,
              sen_type = excluded.sen_type, area = excluded.area, year_order = excluded.year_order,
              last_observation_on = excluded.last_observation_on, next_review_on = excluded.next_review_on,
              open_cycle = excluded.open_cycle""",
            {
                "pupil": pupil,
                "sort_name": sort_name,
                "on_roll": on_roll,
                "today": today.isoformat(),
                "sen_type": sen_type,
                "area": reference.codes("SENtype_area").get(sen_type or ""),
                "year_order": YEARS.index(row["year"]) if row["year"] in YEARS else len(YEARS),
            },
        )
        words = " ".join(filter(None, (surname, forename, row["legal_surname"], row["legal_forename"], row["upn"])))
        self._db.execute("DELETE FROM pupil_prefix WHERE pupil = ?", (pupil,))
        return [(each, sort_name, pupil) for each in prefixes(words)] if on_roll else []


def _shown(kind: type) -> str:
    """What belongs to a removed pupil is hidden with the pupil, frozen or not, and comes back with them."""
    hint = hints_of(kind).get("pupil")
    if hint is None:
        return "removed = 0"
    unless = "" if hint is str else "pupil IS NULL OR "
    return f"removed = 0 AND ({unless}pupil NOT IN ({REMOVED_PUPILS}))"


def _rest(kind: type, equals: Mapping[str, Any], seen: Seen) -> tuple[str, dict[str, Any]]:
    """From which table, with fields that have these values, as far as it is seen; and the values."""
    name = kind_name(kind)
    known = columns(name)
    wanted = "".join(f" AND {known[field]} {'IS' if value is None else '='} :{field}" for field, value in equals.items())
    values = {field: cell(to_plain(each)) for field, each in equals.items()}
    return f"FROM {name} WHERE {_shown(kind)}{wanted}{seen.also(name, name)}", {**seen.values, **values}


@cache
def columns(kind: str) -> dict[str, str]:
    """The column of each field of a kind, quoted, without the id."""
    return {name: f'"{name}"' for name in hints_of(KINDS[kind]) if name != "id"}


def entity_of(kind: type[E], row: Mapping[str, Any]) -> E:
    """The dataclass that a row of its table stands for."""
    of: Any = kind
    values = {}
    for name, read in _readers_of(of):
        value = row[name]
        if value is not None:
            values[name] = value if read is None else read(value)
    return kind(**values)


@cache
def _readers_of(kind: Any) -> tuple[tuple[str, Reader | None], ...]:
    """For each field what makes its value of a cell; tuples are kept as JSON."""
    return tuple((name, _from_json(read) if read and _is_tuple(kind, name) else read) for name, read in readers_of(kind).items())


def _from_json(read: Reader) -> Reader:
    return lambda text: read(json.loads(text))


def _is_tuple(kind: Any, name: str) -> bool:
    return getattr(hints_of(kind)[name], "__origin__", None) is tuple


def cell(value: Any) -> Any:
    """What the column of a plain value holds."""
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
