"""The golden threads of all pupils with SEN or an open plan, in four questions whatever the size of the school."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from sencoapp import reference
from sencoapp.domain.dates import add_months
from sencoapp.domain.golden_thread import EVIDENCE_MONTHS, NeedKnot, OutcomeKnot, PlanKnot, ProvisionKnot, PupilThread
from sencoapp.domain.people import Area
from sencoapp.domain.plan import Rating
from sencoapp.storage.engine import Database
from sencoapp.storage.sight import Seen

K = TypeVar("K")

_WHO = """s.on_roll = 1 AND (:pupil IS NULL OR s.pupil = :pupil)
  AND (:pupil IS NOT NULL OR s.status IN ('K', 'E') OR s.open_cycle IS NOT NULL)"""


class Threads:
    """Reads threads, in order of name."""

    def __init__(self, db: Database, seen: Seen | None = None) -> None:
        self._db, self._seen = db, seen or Seen()

    def read(self, today: date, pupil: str | None = None) -> list[PupilThread]:
        values = {
            **self._seen.values,
            "pupil": pupil,
            "today": today.isoformat(),
            "since": add_months(today, -EVIDENCE_MONTHS).isoformat(),
            "areas": json.dumps(reference.codes("SENtype_area")),
        }
        needs = self._grouped(NeedKnot, self._needs(), values)
        outcomes = self._grouped(_outcome, self._outcomes(), values)
        provision = self._grouped(ProvisionKnot, self._provision(), values)
        return [
            PupilThread(
                each["pupil"],
                f"{each['forename']} {each['surname']}".strip(),
                each["year"],
                each["reg_group"],
                each["status"],
                _plan(each),
                tuple(needs.get(each["pupil"], ())),
                tuple(outcomes.get(each["pupil"], ())),
                tuple(provision.get(each["pupil"], ())),
            )
            for each in self._db.query(self._plans(), values)
        ]

    def _grouped(self, make: Callable[..., K], sql: str, values: dict[str, Any]) -> dict[str, list[K]]:
        """By pupil, the first column; the others are what the knot is made of, in its order."""
        groups: dict[str, list[K]] = {}
        for pupil, *cells in self._db.execute(sql, values):
            groups.setdefault(pupil, []).append(make(*cells))
        return groups

    def _plans(self) -> str:
        return f"""SELECT s.pupil, coalesce(p.preferred_forename, p.legal_forename) AS forename,
          coalesce(p.preferred_surname, p.legal_surname) AS surname, p.year, p.reg_group, s.status,
          c.id AS cycle, c.number, c.starts_on, c.review_due_on,
          (trim(coalesce(c.assess_summary, '')) <> '' OR c.assessed_on IS NOT NULL) AS claims,
          (SELECT count(*) FROM evidence_link l WHERE l.cycle = c.id AND l.removed = 0{self._also("evidence_link", "l")}) AS evidence
          FROM pupil_summary s JOIN pupil p ON p.id = s.pupil
          LEFT JOIN cycle c ON c.id = s.open_cycle AND c.removed = 0{self._also("cycle", "c")}
          WHERE {_WHO}{self._also("pupil", "p")} ORDER BY s.sort_name"""

    def _needs(self) -> str:
        return f"""SELECT n.pupil, n.id, n.sen_type, json_extract(:areas, '$."' || n.sen_type || '"') AS area, n.description,
          (SELECT count(*) FROM observation o WHERE o.pupil = n.pupil AND o.happened_on >= :since AND o.removed = 0
            AND (o.area = json_extract(:areas, '$."' || n.sen_type || '"')
              OR json_extract(:areas, '$."' || n.sen_type || '"') IS NULL){self._also("observation", "o")}) AS evidence
          FROM pupil_summary s JOIN sen_need n ON n.pupil = s.pupil
          WHERE {_WHO} AND n.removed = 0 AND (n.starts_on IS NULL OR n.starts_on <= :today)
            AND (n.ends_on IS NULL OR n.ends_on >= :today){self._also("sen_need", "n")} ORDER BY n.rank, n.id"""

    def _outcomes(self) -> str:
        return f"""SELECT u.pupil, u.id, u.number, u.text, u.area, u.measure, u.by_on, u.rating, u.result,
          (SELECT count(*) FROM observation o
            WHERE o.pupil = u.pupil AND o.outcome = u.id AND o.removed = 0{self._also("observation", "o")})
          + (SELECT count(*) FROM evidence_link l
            WHERE l.cycle = u.cycle AND l.outcome = u.id AND l.removed = 0{self._also("evidence_link", "l")})
          + (SELECT count(*) FROM data_point d WHERE d.outcome = u.id AND d.removed = 0{self._also("data_point", "d")}) AS evidence
          FROM pupil_summary s JOIN outcome u ON u.cycle = s.open_cycle
          WHERE {_WHO} AND u.removed = 0{self._also("outcome", "u")} ORDER BY u.number, u.id"""

    def _provision(self) -> str:
        return f"""SELECT a.pupil, a.id, a.provision, v.title, v.area, a.outcome
          FROM pupil_summary s JOIN provision_place a ON a.pupil = s.pupil JOIN provision v ON v.id = a.provision
          WHERE {_WHO} AND a.removed = 0 AND v.removed = 0 AND (a.ends_on IS NULL OR a.ends_on >= :today)
            AND (v.ends_on IS NULL OR v.ends_on >= :today){self._also("provision_place", "a")} ORDER BY a.made_n, a.id"""

    def _also(self, kind: str, table: str) -> str:
        return self._seen.also(kind, table)


def _plan(found: Mapping[str, Any]) -> PlanKnot | None:
    if found["cycle"] is None:
        return None
    starts = date.fromisoformat(found["starts_on"])
    return PlanKnot(found["cycle"], found["number"], starts, _day(found["review_due_on"]), bool(found["claims"]), found["evidence"])


def _outcome(
    id: str,
    number: int,
    text: str,
    area: Area | None,
    measure: str | None,
    by_on: str | None,
    rating: Rating | None,
    result: str | None,
    evidence: int,
) -> OutcomeKnot:
    return OutcomeKnot(
        id, number, text, area, (measure or "").strip() or None, _day(by_on), rating, (result or "").strip() or None, evidence
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
