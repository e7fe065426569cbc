"""How far somebody sees, as conditions in SQL, so that what is hidden is never listed, found or counted."""

import json
from typing import Any

from sencoapp.domain.permissions import CONFIDENTIAL, Sight, belongs_to_pupils

_OWN = "SELECT id FROM pupil WHERE removed = 0 AND reg_group IN (SELECT value FROM json_each(:sight_classes))"


class Seen:
    """Conditions for the tables of things; none at all for a person who sees everything."""

    def __init__(self, sight: Sight | None = None) -> None:
        self._sight = sight
        self.values: dict[str, Any] = {} if sight is None else {"sight_classes": json.dumps(sight.classes), "sight_reader": sight.reader}
        """The values of the conditions, by name."""

    def sees(self, kind: str) -> bool:
        return self._sight is None or self._sight.sees(kind)

    def also(self, kind: str, table: str) -> str:
        """``" AND …"`` for the rows of a kind in ``table`` (its name or alias), or nothing."""
        return "".join(f" AND {each}" for each in self._conditions(kind, table))

    def _conditions(self, kind: str, table: str) -> list[str]:
        sight = self._sight
        if sight is None:
            return []
        scope = sight.scopes.get(kind, "none")
        if scope == "none" or (scope != "all" and not belongs_to_pupils(kind)):
            return ["0"]
        conditions = []
        if scope == "asked":
            conditions.append(_asked(kind, table))
        elif scope != "all":
            conditions.append(_of_own_pupils(kind, table))
        if kind in CONFIDENTIAL and not sight.all_confidential:
            open_to_all = f"{table}.confidential IS NOT 1" + (f" AND {table}.shared IS 1" if scope == "shared" else "")
            of_itself = f"(({open_to_all}) OR {_named(kind, table)})"
            conditions.append(_as_its_note(table, of_itself) if kind == "document" else of_itself)
        if kind == "evidence_link" and not sight.all_confidential:  # that there is such a note is not told either
            conditions += [
                f"NOT EXISTS (SELECT 1 FROM {of} s WHERE s.id = {table}.source AND s.confidential IS 1 AND NOT {_named(of, 's')})"
                for of in ("observation", "document")
            ]
        if kind in ("report_mark", "redaction") and not sight.all_confidential:  # they tell of the document, and are read with it alone
            conditions.append(_of_a_document(table))
        return conditions


def _of_a_document(table: str) -> str:
    open_to_all = f"(d.confidential IS NOT 1 OR {_named('document', 'd')})"
    return f"NOT EXISTS (SELECT 1 FROM document d WHERE d.id = {table}.document AND NOT {_as_its_note('d', open_to_all)})"


def _as_its_note(table: str, of_itself: str) -> str:
    """A file that came with a note is seen by whoever sees the note, whatever else is said of the file."""
    named = _named("observation", "s")
    note = f"EXISTS (SELECT 1 FROM observation s WHERE s.id = {table}.observation AND (s.confidential IS NOT 1 OR {named}))"
    return f"iif({table}.observation IS NULL, {of_itself}, {note})"


def _named(kind: str, table: str) -> str:
    """Whether the reader is named by a thing that can be confidential, or wrote it."""
    named = f"EXISTS (SELECT 1 FROM json_each({table}.readers) WHERE value = :sight_reader)"
    return f"({table}.author = :sight_reader OR {named})" if kind == "observation" else named


def _asked(kind: str, table: str) -> str:
    """Whether the reader is asked for it by name (``services.asked``)."""
    asks = "FROM round_robin_ask a WHERE a.removed = 0 AND a.staff_member = :sight_reader"
    return {
        "round_robin": f"{table}.id IN (SELECT a.round_robin {asks})",
        "round_robin_ask": f"{table}.staff_member = :sight_reader",
        "round_robin_answer": f"{table}.ask IN (SELECT a.id {asks})",
    }.get(kind, "0")


def _of_own_pupils(kind: str, table: str) -> str:
    if kind == "pupil":
        return f"{table}.reg_group IN (SELECT value FROM json_each(:sight_classes))"
    if kind == "provision":
        return f"{table}.id IN (SELECT provision FROM provision_place WHERE removed = 0 AND pupil IN ({_OWN}))"
    return f"{table}.pupil IN ({_OWN})"
