"""The part of the record that keeps what is being typed: beside the log, and gone once it is saved."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sencoapp.domain.plain import to_plain
from sencoapp.services.ports import Clock
from sencoapp.storage import leftovers
from sencoapp.storage.blobs import SealedFiles
from sencoapp.storage.engine import Database, faults_of_the_world, one_transaction
from sencoapp.storage.erasing import chunks_in
from sencoapp.storage.log import spoken_time


class KeepsDrafts:
    """Drafts by the name of their form, for a class that has the database, sealed files and a clock."""

    _db: Database
    _files: SealedFiles
    _clock: Clock

    @faults_of_the_world()
    def drafts(self) -> list[tuple[str, datetime, Mapping[str, Any]]]:
        rows = self._db.execute("SELECT form, kept_at, content FROM draft").fetchall()
        return [(form, spoken_time(kept_at), json.loads(content)) for form, kept_at, content in rows]

    @faults_of_the_world()
    def draft(self, form: str) -> Mapping[str, Any] | None:
        row = self._db.execute("SELECT content FROM draft WHERE form = ?", (form,)).fetchone()
        return json.loads(row[0]) if row else None

    @faults_of_the_world()
    def keep_draft(self, form: str, content: Mapping[str, Any]) -> None:
        before = self._chunks_of_draft(form)
        with one_transaction(self._db):
            self._db.execute(
                """INSERT INTO draft (form, content, kept_at) VALUES (?, ?, ?)
                ON CONFLICT (form) DO UPDATE SET content = excluded.content, kept_at = excluded.kept_at""",
                (form, json.dumps(to_plain(content), ensure_ascii=False), to_plain(self._clock.now())),
            )

        leftovers.let_go(self._db, self._files, before)

    @faults_of_the_world()
    def drop_draft(self, form: str) -> None:
        before = self._chunks_of_draft(form)
        with one_transaction(self._db):
            self._db.execute("DELETE FROM draft WHERE form = ?", (form,))
        leftovers.let_go(self._db, self._files, before)

    def _chunks_of_draft(self, form: str) -> set[str]:
        """The sealed files that a draft names: those that it names no longer go with its words."""
        row = self._db.execute("SELECT content FROM draft WHERE form = ?", (form,)).fetchone()
        return chunks_in(row[0]) if row else set()
