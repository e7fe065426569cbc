"""What decides how long each pupil's record is kept, in two questions however many pupils there are."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp.domain.leaving import LegalHold
from sencoapp.domain.people import Pupil
from sencoapp.domain.retention import WAITING, KeptPupil
from sencoapp.storage.engine import Database
from sencoapp.storage.projections import entity_of

_FACTS = """SELECT pupil.*,
  EXISTS (SELECT 1 FROM sen_need AS n WHERE n.pupil = pupil.id AND n.removed = 0)
    OR EXISTS (SELECT 1 FROM sen_status AS s WHERE s.pupil = pupil.id AND s.removed = 0 AND s.code <> 'N') AS sen,
  (SELECT max(h.receipt_on) FROM hand_over AS h WHERE h.pupil = pupil.id AND h.removed = 0) AS receipt_on,
  EXISTS (SELECT 1 FROM request AS r WHERE r.pupil = pupil.id AND r.removed = 0
               AND coalesce(r.state, 'draft') IN (SELECT value FROM json_each(:waiting)))
    OR EXISTS (SELECT 1 FROM access_request AS a WHERE a.pupil = pupil.id AND a.removed = 0
               AND a.answered_on IS NULL AND coalesce(a.closed_because, '') = '') AS awaited
FROM pupil WHERE :pupil IS NULL OR pupil.id = :pupil ORDER BY made_n, id"""

_HOLDS = "SELECT * FROM legal_hold WHERE removed = 0 AND (:pupil IS NULL OR pupil = :pupil) ORDER BY placed_on, id"


def kept_pupils(db: Database, pupil: str | None = None) -> list[KeptPupil]:
    """Every pupil, or one, removed ones too. What was removed of a pupil does not count."""
    values = {"pupil": pupil, "waiting": json.dumps(WAITING)}
    holds: dict[str, list[LegalHold]] = {}
    for row in db.query(_HOLDS, values):
        holds.setdefault(row["pupil"], []).append(entity_of(LegalHold, row))
    return [_kept(row, tuple(holds.get(row["id"], ()))) for row in db.query(_FACTS, values)]


def _kept(row: Mapping[str, Any], holds: tuple[LegalHold, ...]) -> KeptPupil:
    receipt = date.fromisoformat(row["receipt_on"]) if row["receipt_on"] else None
    return KeptPupil(entity_of(Pupil, row), bool(row["removed"]), bool(row["sen"]), receipt, bool(row["awaited"]), holds)
