"""Everything with a date about one pupil, in one line, newest first."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.people import School
from sencoapp.domain.words import LONGEST_PREFIX, search_words, typed_words
from sencoapp.services.ports import Entry
from sencoapp.storage.chronology_parts import COLUMNS, PARTS, Part
from sencoapp.storage.engine import Database
from sencoapp.storage.projections import entity_of
from sencoapp.storage.sight import Seen

_SAYS = "chronology_says"


class Chronology:
    """Reads a pupil's chronology, a page at a time."""

    def __init__(self, db: Database, seen: Seen | None = None) -> None:
        self._db = db
        self._seen = seen or Seen()
        self._parts = {name: _within(part, self._seen) for name, part in PARTS.items()}
        db.conn.create_function(_SAYS, 3, _says, deterministic=True)

    def page(
        self,
        pupil: str,
        today: date,
        kinds: Sequence[str],
        limit: int,
        before: Entry | None,
        area: str = "",
        who: str = "",
        text: str = "",
    ) -> list[Entry]:
        """``text``: every word must begin a word of the entry. Each part stops at the page's length by itself, so that a long
        chronology costs no more than a short one."""
        words = typed_words(text)
        values = {
            **self._values(pupil, today),
            "limit": limit,
            "day": before.on.isoformat() if before else "9999",
            "id": before.id if before else "",
            "area": area,
            "who": who,
            "words": " ".join(words),
            "match": " ".join(f'"{word[:LONGEST_PREFIX]}"*' for word in words),
        }
        wanted = " AND area = :area" * bool(area) + " AND who = :who" * bool(who)
        parts = [
            f"SELECT * FROM ({_filtered(kind, self._parts[kind], words, before)}{wanted} ORDER BY 3 DESC, 2 DESC LIMIT :limit)"
            for kind in (kinds or self._parts)
        ]
        sql = " UNION ALL ".join(parts) + " ORDER BY 3 DESC, 2 DESC, 1 DESC LIMIT :limit"
        rows = self._db.execute(sql, values).fetchall()
        files = self._files([row[1] for row in rows if row[0] == "observation"])
        return [
            Entry(kind, id, date.fromisoformat(day), title, text, who, area, detail, _time(noted), bool(kept), author, files.get(id, 0))
            for kind, id, day, title, text, who, area, detail, noted, kept, author in rows
        ]

    def _files(self, notes: list[str]) -> Mapping[str, int]:
        """How many files came with each of these notes, which are seen already."""
        sql = """SELECT observation, count(*) FROM document
          WHERE removed = 0 AND observation IN (SELECT value FROM json_each(?)) GROUP BY observation"""
        return dict(self._db.execute(sql, (json.dumps(notes),)).fetchall()) if notes else {}

    def counts(self, pupil: str, today: date) -> Mapping[str, int]:
        values = self._values(pupil, today)
        return {kind: int(self._db.execute(f"SELECT count(*) FROM ({part})", values).fetchone()[0]) for kind, part in self._parts.items()}

    def authors(self, pupil: str, today: date) -> Sequence[str]:
        """The people named in a pupil's chronology, in the order of the alphabet."""
        parts = [f"SELECT DISTINCT who FROM (WITH part ({COLUMNS}) AS ({part}) SELECT who FROM part)" for part in self._parts.values()]
        rows = self._db.execute(" UNION ".join(parts), self._values(pupil, today)).fetchall()
        return sorted((who for (who,) in rows if who), key=str.casefold)

    def _values(self, pupil: str, today: date) -> dict[str, Any]:
        return {
            **self._seen.values,
            "pupil": pupil,
            "today": today.isoformat(),
            "areas": json.dumps(dict(reference.codes("SENtype_area"))),
            "halves": json.dumps(self._halves()),
            "sees_professionals": self._seen.sees("professional"),
            "sees_outcomes": self._seen.sees("outcome"),
        }

    def _halves(self) -> list[tuple[str, str]]:
        """The first and last day of each half term that the school has entered."""
        rows = list(self._db.query("SELECT * FROM school WHERE removed = 0 LIMIT 1"))
        if not rows:
            return []
        days = SchoolDays.of(entity_of(School, rows[0]).terms)
        return [(each.starts_on.isoformat(), each.ends_on.isoformat()) for each in days.halves()]


def _within(part: Part, seen: Seen) -> str:
    return part.sql.replace("{seen}", seen.also(part.of, part.of))


def _filtered(kind: str, part: str, words: Sequence[str], before: Entry | None) -> str:
    """The part below the last entry shown, and with the words that are searched for; further conditions can follow."""
    if words and kind == "observation":
        # A note's words are in the index. The plus keeps the order of days, so that a page is full as soon as it can be.
        part += " AND +n IN (SELECT rowid FROM observation_words WHERE observation_words MATCH :match)"
        if any(len(each) > LONGEST_PREFIX for each in words):
            part += f" AND {_SAYS}('', observation.text, :words)"
    # One thing can be two entries of one day, such as a cycle and its review: then the kind tells which comes first.
    below = "<=" if before is not None and kind < before.kind else "<"
    found = f"SELECT * FROM (WITH part ({COLUMNS}) AS ({part}) SELECT * FROM part) WHERE (day, id) {below} (:day, :id)"
    if words and kind != "observation":
        found += f" AND {_SAYS}(title, text || ' ' || who || ' ' || detail, :words)"
    return found


def _says(title: str, text: str, words: str) -> bool:
    """Whether every word begins a word of an entry; a code says what it stands for."""
    there = search_words(f"{title} {reference.codes('SENtype').get(title, '')} {text}")
    return all(any(each.startswith(word) for each in there) for word in words.split())


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
