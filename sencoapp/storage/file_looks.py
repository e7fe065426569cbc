"""What was measured on the pages of documents: kept beside the log, because anyone can measure it again."""

import json
from collections.abc import Mapping
from typing import Any

from sencoapp.storage.engine import Database, faults_of_the_world, one_transaction
from sencoapp.storage.sight import Seen


class KeepsLooks:
    """Questions of ``services.looks_port``, for a class that has the database."""

    _db: Database
    _seen: Seen

    @faults_of_the_world()
    def looks(self, pupil: str) -> Mapping[str, Any]:
        rows = self._db.execute(
            f"""SELECT f.document, f.sha256, f.content FROM file_look f JOIN document d ON d.id = f.document
            WHERE f.pupil = :pupil AND d.removed = 0{self._seen.also("document", "d")}""",
            {"pupil": pupil, **self._seen.values},
        ).fetchall()
        return {document: {"sha256": sha256, **json.loads(content)} for document, sha256, content in rows}

    @faults_of_the_world()
    def keep_look(self, document: str, pupil: str, sha256: str, content: Mapping[str, Any]) -> None:
        plain = json.dumps(content, separators=(",", ":"))
        with one_transaction(self._db):
            self._db.execute("INSERT OR REPLACE INTO file_look VALUES (?, ?, ?, ?)", (document, pupil, sha256, plain))
