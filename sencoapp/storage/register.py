"""The SEN register: filtered, searched and sorted in SQL, at the same cost whatever the size of the school."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sencoapp.domain.dates import add_months
from sencoapp.domain.reviews import CEILING_MONTHS
from sencoapp.domain.words import LONGEST_PREFIX, search_words, typed_words
from sencoapp.services.ports import RegisterQuery, RegisterRow, ReviewDue
from sencoapp.storage.engine import Database
from sencoapp.storage.sight import Seen

_ORDERS = {
    "name": "s.sort_name",
    "year": "s.year_order",
    "status": "CASE s.status WHEN 'E' THEN 0 WHEN 'K' THEN 1 ELSE 2 END",
    "need": "s.sen_type",
    "last_observation": "s.last_observation_on",
    "next_review": "s.next_review_on",
}

_COLUMNS = """p.id, coalesce(p.preferred_forename, p.legal_forename) AS forename,
  coalesce(p.preferred_surname, p.legal_surname) AS surname, p.legal_forename, p.legal_surname, p.year, p.reg_group, p.upn,
  s.status, s.sen_type, s.area"""
_BEGAN = "(SELECT starts_on FROM cycle WHERE id = s.open_cycle)"
_NAMES = "concat_ws(' ', p.legal_surname, p.legal_forename, p.preferred_surname, p.preferred_forename, p.upn)"
"""What a search finds a pupil by; what comes after the eighth letter of a word is looked for here, and not in an index."""
_OF_OTHER_KINDS = {"observation": ("last_observation_on",), "cycle": ("next_review_on", "open_cycle", "plan_began_on")}
"""Columns that tell of things of another kind, which not everybody sees."""


class Register:
    """Reads the register."""

    def __init__(self, db: Database, seen: Seen | None = None) -> None:
        self._db = db
        self._seen = seen or Seen()
        db.conn.create_function("as_searched", 1, lambda names: " ".join(search_words(names)), deterministic=True)
        self._hidden = [each for kind, columns in _OF_OTHER_KINDS.items() if not self._seen.sees(kind) for each in columns]
        others = [f"{self._column(each)} AS {each}" for columns in _OF_OTHER_KINDS.values() for each in columns]
        self._shown = f"SELECT {_COLUMNS}, {', '.join(others)}"
        self._on_roll = f"FROM pupil p JOIN pupil_summary s ON s.pupil = p.id WHERE s.on_roll = 1{self._seen.also('pupil', 'p')}"

    def _column(self, name: str) -> str:
        """What tells of things of another kind, as far as they are seen: the day of a confidential note tells that there is one."""
        seen = self._seen.also("observation", "o")
        if name in self._hidden:
            return "NULL"
        if name == "plan_began_on":
            return _BEGAN
        if name != "last_observation_on" or not seen:
            return f"s.{name}"
        return f"(SELECT o.happened_on FROM observation o WHERE o.pupil = p.id AND o.removed = 0{seen} ORDER BY o.happened_on DESC LIMIT 1)"

    def rows(self, query: RegisterQuery, limit: int, offset: int) -> list[RegisterRow]:
        source, where, values = self._conditions(query)
        column = query.order.lstrip("-")
        if _of(column) in self._hidden:
            column = "name"
        direction = "DESC" if query.order.startswith("-") else "ASC"
        if column == "name":
            # In order of the index that leads, so that a page costs the same in a school of any size.
            order = f"{'f' if typed_words(query.text) else 's'}.sort_name {direction}"
        else:
            by = self._column(_of(column)) if column == "last_observation" else _ORDERS[column]
            order = f"{by} {direction} NULLS LAST, s.sort_name"
        sql = f"{self._shown} {source} JOIN pupil p ON p.id = s.pupil WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
        return [_row(each) for each in self._db.query(sql, {**values, "limit": limit, "offset": offset})]

    def count(self, query: RegisterQuery) -> int:
        source, where, values = self._conditions(query)
        return int(self._db.execute(f"SELECT count(*) {source} JOIN pupil p ON p.id = s.pupil WHERE {where}", values).fetchone()[0])

    def reviews(self, query: RegisterQuery, limit: int) -> list[ReviewDue]:
        source, where, values = self._conditions(query)
        sql = f"""{self._shown}, c.number, c.planned_on IS NOT NULL AS planned,
          (SELECT count(*) FROM outcome WHERE cycle = c.id AND removed = 0) AS outcomes,
          (SELECT group_concat(whose) FROM view v WHERE pupil = s.pupil AND cycle = c.id AND removed = 0{self._seen.also("view", "v")})
          AS views
          {source} JOIN pupil p ON p.id = s.pupil JOIN cycle c ON c.id = s.open_cycle
          WHERE {where}{self._seen.also("cycle", "c")}
          ORDER BY s.next_review_on NULLS LAST, s.sort_name LIMIT :limit"""
        return [_review(each) for each in self._db.query(sql, {**values, "limit": limit})]

    def choices(self) -> Mapping[str, Sequence[str]]:
        """What there is to filter by, in a sensible order."""
        return {
            "years": self._one_column(f"SELECT p.year {self._on_roll} AND p.year IS NOT NULL GROUP BY p.year ORDER BY min(s.year_order)"),
            "classes": self._one_column(
                f"SELECT p.reg_group {self._on_roll} AND p.reg_group IS NOT NULL"
                " GROUP BY p.reg_group ORDER BY min(s.year_order), p.reg_group"
            ),
            "statuses": self._one_column(f"SELECT DISTINCT s.status {self._on_roll} ORDER BY s.status"),
            "sen_types": self._one_column(f"SELECT DISTINCT s.sen_type {self._on_roll} AND s.sen_type IS NOT NULL ORDER BY s.sen_type"),
        }

    def status_counts(self) -> Mapping[str, int]:
        return dict(self._db.execute(f"SELECT s.status, count(*) {self._on_roll} GROUP BY s.status", self._seen.values).fetchall())

    def _one_column(self, sql: str) -> list[str]:
        return [row[0] for row in self._db.execute(sql, self._seen.values).fetchall()]

    def _conditions(self, query: RegisterQuery) -> tuple[str, str, dict[str, Any]]:
        source, where, values = _conditions(query)
        if query.review_due_by and "next_review_on" in self._hidden:
            where = "0"
        return source, where + self._seen.also("pupil", "p"), {**values, **self._seen.values}


def _conditions(query: RegisterQuery) -> tuple[str, str, dict[str, Any]]:
    """Where the rows come from, what they must meet, and the values of both."""
    values: dict[str, Any] = {}
    where = ["s.on_roll = 1"]
    words = typed_words(query.text)
    if words:
        # The longest word leads, and its rows come out of the index already in order of name.
        source = "FROM pupil_prefix f CROSS JOIN pupil_summary s ON s.pupil = f.pupil"
        where.append("f.prefix = :word0")
        for number, word in enumerate(words):
            values[f"word{number}"] = word[:LONGEST_PREFIX]
            if number:
                where.append(
                    f"EXISTS (SELECT 1 FROM pupil_prefix WHERE prefix = :word{number} AND sort_name = s.sort_name AND pupil = s.pupil)"
                )
            if len(word) > LONGEST_PREFIX:
                values[f"whole{number}"] = word
                where.append(f"instr(as_searched({_NAMES}), :whole{number}) > 0")
    else:
        source = "FROM pupil_summary s"
    for column, wanted in (
        ("+s.status", query.statuses),
        ("p.year", query.years),
        ("p.reg_group", query.classes),
        ("s.area", query.areas),
        ("s.sen_type", query.sen_types),
    ):
        if wanted:
            names = [f"{column.partition('.')[2]}{number}" for number in range(len(wanted))]
            values.update(zip(names, wanted, strict=True))
            where.append(f"{column} IN ({', '.join(':' + each for each in names)})")
    if query.among:
        where.append("s.pupil IN (SELECT value FROM json_each(:among))")
        values["among"] = json.dumps(query.among)
    if query.review_due_by:
        also = f" OR {_BEGAN} <= :begun" if query.or_begun_by else ""
        where.append(f"(s.next_review_on <= :due{also})" if also else "s.next_review_on <= :due")
        values["due"] = query.review_due_by.isoformat()
        values["begun"] = query.or_begun_by.isoformat() if query.or_begun_by else None
    return source, " AND ".join(where), values


def _of(order: str) -> str:
    """The column that an order goes by."""
    return _ORDERS.get(order, "").removeprefix("s.")


def _row(found: Mapping[str, Any]) -> RegisterRow:
    return RegisterRow(
        id=found["id"],
        name=f"{found['forename']} {found['surname']}".strip(),
        legal_name=f"{found['legal_forename']} {found['legal_surname']}".strip(),
        year=found["year"],
        reg_group=found["reg_group"],
        status=found["status"],
        sen_type=found["sen_type"],
        area=found["area"],
        last_observation_on=_day(found["last_observation_on"]),
        next_review_on=_day(found["next_review_on"]),
        open_cycle=found["open_cycle"],
        upn=found["upn"],
        plan_began_on=_day(found["plan_began_on"]),
    )


def _review(found: Mapping[str, Any]) -> ReviewDue:
    pupil = _row(found)
    assert pupil.open_cycle is not None
    assert pupil.plan_began_on is not None
    return ReviewDue(
        pupil=pupil.id,
        pupil_name=pupil.name,
        year=pupil.year,
        reg_group=pupil.reg_group,
        cycle=pupil.open_cycle,
        number=found["number"],
        due_on=pupil.next_review_on or add_months(pupil.plan_began_on, CEILING_MONTHS),
        began_on=pupil.plan_began_on,
        planned=bool(found["planned"]),
        outcomes=found["outcomes"],
        views=frozenset((found["views"] or "").split(",")) - {""},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
