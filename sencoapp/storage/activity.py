"""The audit trail and the saves of consequence in one order of time, a page at a time."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sencoapp.domain.activity import SAVES_OF_CONSEQUENCE, Activity, ActivityQuery, Mark
from sencoapp.domain.plain import to_plain
from sencoapp.storage.engine import Database
from sencoapp.storage.log import SCHOOL_STREAM, spoken_time

_TRAIL = "SELECT at, 'trail' AS source, n, by, by_name, what, pupil, facts, '' AS save FROM trail t WHERE {conditions}"
_SAVES = """SELECT at, 'save' AS source, n, author AS by, json_extract(body, '$.by.name') AS by_name, action AS what,
  nullif(stream, '{school}') AS pupil, json_object('kind', json_extract(body, '$.w[0][0]'), 'id', json_extract(body, '$.w[0][1]'),
  'value', json_extract(body, '$.w[0][3]')) AS facts, save FROM change_set c WHERE {conditions} AND body <> ''"""
_FIRST_OF_ITS_SAVE = "NOT EXISTS (SELECT 1 FROM change_set b WHERE b.n = c.n - 1 AND b.save = c.save)"


class Activities:
    """Reads what was done."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, query: ActivityQuery, limit: int, before: Mark | None) -> list[Activity]:
        """Newest first; ``before`` is the mark of the last line already shown."""
        values: dict[str, Any] = {"limit": limit}
        shared = []
        if query.by:
            shared.append("{who} = :by")
            values["by"] = query.by
        if query.since:
            shared.append("at >= :since")
            values["since"] = _begins(query.since)
        if query.until:
            shared.append("at < :until")
            values["until"] = _begins(query.until + timedelta(days=1))
        if query.pupil:
            values["pupil"] = query.pupil
        values |= {f"what{number}": each for number, each in enumerate(query.what)}
        asked = f" IN ({', '.join(f':what{number}' for number in range(len(query.what)))})"
        actions = [each for each in SAVES_OF_CONSEQUENCE if not query.what or each in query.what]
        values |= {f"action{number}": each for number, each in enumerate(actions)}
        if before is not None:
            values |= {"at": before[0], "source": before[1], "n": before[2]}

        def part(sql: str, who: str, own: list[str]) -> str:
            # Each part stops at the page's length by itself.
            conditions = " AND ".join([*own, *(each.format(who=who) for each in shared)]) or "1"
            rest = " WHERE (at, source, n) < (:at, :source, :n)" if before is not None else ""
            inner = sql.format(conditions=conditions, school=SCHOOL_STREAM)
            return f"SELECT * FROM (SELECT * FROM ({inner}){rest} ORDER BY at DESC, source DESC, n DESC LIMIT :limit)"

        of_trail = [*(["pupil = :pupil"] if query.pupil else []), *([f"what{asked}"] if query.what else [])]
        named = [f":action{number}" for number in range(len(actions))]
        if query.pupil:
            of_saves = [part(_SAVES, "author", [f"action IN ({', '.join(named)})", "stream = :pupil"])]
        else:  # the newest of each action come from the index in order (`change_set_by_action`): nothing else of the log is looked at
            of_saves = [part(_SAVES, "author", [f"action = {each}", _FIRST_OF_ITS_SAVE]) for each in named]
        sql = f"""{" UNION ALL ".join([part(_TRAIL, "by", of_trail), *of_saves])}
          ORDER BY at DESC, source DESC, n DESC LIMIT :limit"""
        return [self._activity(row) for row in self._db.execute(sql, values).fetchall()]

    def _activity(self, row: tuple[Any, ...]) -> Activity:
        at, source, n, by, by_name, what, pupil, facts, save = row
        known = json.loads(facts)
        if what in ("import", "append"):
            pupil, known["count"] = None, self._parts(n, save)
        return Activity((at, source, n), spoken_time(at), by, by_name, what, pupil, known)

    def _parts(self, n: int, save: str) -> int:
        """How many change-sets a save has; they follow each other in the log."""
        sql = """SELECT coalesce((SELECT n FROM change_set WHERE n > :n AND save <> :save ORDER BY n LIMIT 1), max(n) + 1)
          - (SELECT coalesce(max(n) + 1, 1) FROM change_set WHERE n < :n AND save <> :save) FROM change_set"""
        return int(self._db.execute(sql, {"n": n, "save": save}).fetchone()[0])


def _begins(day: date) -> str:
    """The moment at which a day begins at the school, as the log writes it."""
    return str(to_plain(datetime.combine(day, time()).astimezone(UTC)))
