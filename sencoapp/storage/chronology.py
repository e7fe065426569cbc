"""Everything with a date about one pupil, in one line, newest first."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sencoapp.services.ports import Entry
from sencoapp.storage.engine import Database
from sencoapp.storage.sight import Seen

# Each part gives the columns of ``_COLUMNS`` in their order. Day and id order the whole.
_COLUMNS = "kind, id, day, title, text, who, area, detail, noted_at, confidential, author"
_PARTS = {
    "observation": """SELECT 'observation', id, happened_on, kind, iif(confidential IS 1, '', text), author_name, area,
        coalesce(setting, ''), noted_at, coalesce(confidential, 0), author
        FROM observation WHERE pupil = :pupil AND removed = 0""",
    "cycle": """SELECT 'cycle', id, starts_on, 'cycle_began', coalesce(assess_summary, ''), coalesce(agreed_with, ''), NULL,
        CAST(number AS TEXT), NULL, 0, ''
        FROM cycle WHERE pupil = :pupil AND removed = 0""",
    "review": """SELECT 'review', id, coalesce(reviewed_on, closed_on), 'cycle_closed', coalesce(review_summary, ''),
        coalesce(review_attended_by, ''), NULL, CAST(number AS TEXT), NULL, 0, ''
        FROM cycle WHERE pupil = :pupil AND removed = 0 AND closed_on IS NOT NULL""",
    "status": """SELECT 'status', id, starts_on, code, coalesce(reason, ''), '', NULL, '', NULL, 0, ''
        FROM sen_status WHERE pupil = :pupil AND removed = 0""",
    "document": """SELECT 'document', id, coalesce(document_on, substr(added_at, 1, 10)), kind, title,
        coalesce(author_name, organisation, ''), NULL, CAST(coalesce(pages, 0) AS TEXT), added_at, coalesce(confidential, 0), ''
        FROM document WHERE pupil = :pupil AND removed = 0""",
    "view": """SELECT 'view', id, given_on, whose, iif(confidential IS 1, '', coalesce(text, absent_because, '')),
        coalesce(said_by, ''), NULL, coalesce(method, ''), NULL, coalesce(confidential, 0), ''
        FROM view WHERE pupil = :pupil AND removed = 0""",
    "request": """SELECT 'request', id, substr(coalesce(received_at, begun_at), 1, 10), iif(received_at IS NULL, 'sending', 'received'),
        '', '', NULL, request, begun_at, 0, ''
        FROM submission WHERE pupil = :pupil AND removed = 0""",
    "council": """SELECT 'council', id, substr(at, 1, 10), kind, coalesce(text, ''), '', NULL, coalesce(decision, status, ''), at, 0, ''
        FROM case_event WHERE pupil = :pupil AND removed = 0""",
    "arrival": """SELECT 'arrival', id, substr(received_at, 1, 10), school, '', received_by, NULL, '', received_at, 0, ''
        FROM arrival WHERE pupil = :pupil AND removed = 0""",
    "hand_over": """SELECT 'hand_over', id, substr(made_at, 1, 10), school, '', made_by, NULL, '', made_at, 0, ''
        FROM hand_over WHERE pupil = :pupil AND removed = 0""",
}

_TABLES = {"review": "cycle", "status": "sen_status", "request": "submission", "council": "case_event"}
"""The table of a part, where its name is another."""


class Chronology:
    """Reads a pupil's chronology, a page at a time."""

    def __init__(self, db: Database, seen: Seen | None = None) -> None:
        self._db = db
        self._seen = seen or Seen()
        # Every part ends in its conditions, so that more of them can follow.
        self._parts = {name: part + self._seen.also(_TABLES.get(name, name), _TABLES.get(name, name)) for name, part in _PARTS.items()}

    def page(self, pupil: str, kinds: Sequence[str], limit: int, before: tuple[date, str] | None) -> list[Entry]:
        day, id = (before[0].isoformat(), before[1]) if before else ("9999", "")
        values = {**self._seen.values, "pupil": pupil, "limit": limit, "day": day, "id": id}
        # Each part stops at the page's length by itself, so that a long chronology costs no more than a short one.
        parts = [f"SELECT * FROM ({_before(self._parts[kind])} ORDER BY 3 DESC, 2 DESC LIMIT :limit)" for kind in (kinds or self._parts)]
        sql = " UNION ALL ".join(parts) + " ORDER BY 3 DESC, 2 DESC LIMIT :limit"
        return [
            Entry(kind, id, date.fromisoformat(day), title, text, who, area, detail, _time(noted), bool(kept), author)
            for kind, id, day, title, text, who, area, detail, noted, kept, author in self._db.execute(sql, values).fetchall()
        ]

    def counts(self, pupil: str) -> Mapping[str, int]:
        values = {**self._seen.values, "pupil": pupil}
        return {kind: int(self._db.execute(f"SELECT count(*) FROM ({part})", values).fetchone()[0]) for kind, part in self._parts.items()}


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _before(part: str) -> str:
    return f"SELECT * FROM (WITH part ({_COLUMNS}) AS ({part}) SELECT * FROM part) WHERE (day, id) < (:day, :id)"
