"""Finding observations by their words, newest first."""

from dataclasses import replace
from datetime import date
from typing import Any

from sencoapp.domain.words import LONGEST_PREFIX, search_words, typed_words
from sencoapp.services.ports import NoteFound
from sencoapp.storage.engine import Database
from sencoapp.storage.projections import REMOVED_PUPILS
from sencoapp.storage.sight import Seen

_COLUMNS = """o.id, o.pupil,
  coalesce(p.preferred_forename, p.legal_forename) || ' ' || coalesce(p.preferred_surname, p.legal_surname) AS name,
  o.happened_on, o.kind, o.text, o.author_name, o.confidential"""
_FROM = "observation o JOIN pupil p ON p.id = o.pupil"
_SHOWN = "o.removed = 0 AND p.removed = 0"
_NOT_SHOWN = f"""SELECT (SELECT count(*) FROM observation WHERE happened_on >= :day AND removed = 1)
  + (SELECT count(*) FROM ({REMOVED_PUPILS}) gone CROSS JOIN observation o ON o.pupil = gone.id
    WHERE o.happened_on >= :day AND o.removed = 0)"""


class Notes:
    """Reads observations across pupils."""

    def __init__(self, db: Database, seen: Seen | None = None) -> None:
        self._db = db
        self._seen = seen or Seen()

    def find(self, text: str, pupil: str | None, limit: int) -> list[NoteFound]:
        """Every word typed must begin a word of the note, newest written first; no words at all gives all, newest day first."""
        words = typed_words(text)
        mine = ("" if pupil is None else " AND o.pupil = :pupil") + self._seen.also("observation", "o")
        if not words:
            sql = f"SELECT {_COLUMNS} FROM {_FROM} WHERE {_SHOWN}{mine} ORDER BY o.happened_on DESC, o.n DESC LIMIT :limit"
            values = {**self._seen.values, "pupil": pupil, "limit": limit}
            return [_as_listed(_note(row)) for row in self._db.execute(sql, values).fetchall()]
        match = " ".join(f'"{word[:LONGEST_PREFIX]}"*' for word in words)
        sql = f"""SELECT {_COLUMNS} FROM observation_words f JOIN observation o ON o.n = f.rowid JOIN pupil p ON p.id = o.pupil
          WHERE observation_words MATCH :match AND {_SHOWN}{mine} AND o.n < :before ORDER BY f.rowid DESC LIMIT :limit"""
        # The index knows eight letters of a word; longer ones are looked at here, and more are fetched if that leaves too few.
        long = [word for word in words if len(word) > LONGEST_PREFIX]
        found: list[NoteFound] = []
        before, page = 1 << 62, limit
        while len(found) < limit:
            rows = self._db.execute(
                sql.replace("SELECT o.id", "SELECT o.n, o.id", 1),
                {**self._seen.values, "match": match, "pupil": pupil, "before": before, "limit": page},
            ).fetchall()
            found += [note for note in (_note(row[1:]) for row in rows) if _has_all(note.text, long)]
            if len(rows) < page:
                break
            before, page = rows[-1][0], page * 4
        return [_as_listed(each) for each in found[:limit]]

    def count_since(self, day: date) -> int:
        """How many notes tell of something that happened on this day or later."""
        seen = self._seen.also("observation", "observation")
        values = {**self._seen.values, "day": day.isoformat()}
        if not seen:  # all of them from the index of days, which has no more to read, less the few that are not shown
            return self._count("SELECT count(*) FROM observation WHERE happened_on >= :day", values) - self._count(_NOT_SHOWN, values)
        sql = f"SELECT count(*) FROM observation WHERE happened_on >= :day AND removed = 0 AND pupil NOT IN ({REMOVED_PUPILS}){seen}"
        return self._count(sql, values)

    def _count(self, sql: str, values: dict[str, Any]) -> int:
        return int(self._db.execute(sql, values).fetchone()[0])


def _has_all(text: str, words: list[str]) -> bool:
    if not words:
        return True
    there = search_words(text)
    return all(any(each.startswith(word) for each in there) for word in words)


def _note(row: tuple[Any, ...]) -> NoteFound:
    id, pupil, name, happened_on, kind, text, author_name, confidential = row
    return NoteFound(id, pupil, name, date.fromisoformat(happened_on), kind, text, author_name, bool(confidential))


def _as_listed(note: NoteFound) -> NoteFound:
    return replace(note, text="") if note.confidential else note
