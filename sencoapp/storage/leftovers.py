"""Sealed chunks that nothing names any more: of a save that failed, of a changed copy that was let go.

A chunk stays for ever while any save that was not erased names it: history, undo and a rebuild need it. It stays while a draft or
a setting does. Backups have files of their own. What is left is removed a week after it was written, in any order and any number
of goes: a killed program leaves less, and never too little.
"""

import re
import time

from sencoapp.storage.blobs import SealedFiles
from sencoapp.storage.engine import Database
from sencoapp.storage.erasing import chunks_beside, chunks_of_saves

GRACE_SECONDS = 7 * 24 * 3600.0
"""A chunk is on the disk before the save that names it; nothing takes a week to be saved."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
SHOWN = """SELECT blob FROM document UNION SELECT blob FROM own_form UNION SELECT snapshot_blob FROM pack UNION SELECT pdf_blob FROM pack
  UNION SELECT manifest_blob FROM submission UNION SELECT blob FROM photo UNION SELECT blob FROM crest"""
"""The sealed files of everything that the tables show, what was removed included."""


def collect(db: Database, files: SealedFiles, now: float | None = None) -> int:
    """Removes what nothing needs, and returns how many chunks that were. ``now`` in seconds since 1970.

    Only for the record's thread, where no save is under way. Raises ``Fault`` for what the disk does.
    """
    before = (time.time() if now is None else now) - GRACE_SECONDS
    for half in files.halves(before):
        half.unlink(missing_ok=True)
    return let_go(db, files, files.older_than(before))


def let_go(db: Database, files: SealedFiles, chunks: set[str]) -> int:
    """Removes those of ``chunks`` that nothing needs, at once: of a draft that was thrown away. Returns how many that were."""
    left = chunks
    for needed in (_shown, chunks_beside, chunks_of_saves):  # the whole log last, since nearly always nothing is left by then
        left = left - needed(db) if left else left
    for digest in sorted(left):
        files.throw_away(digest)
    return len(left)


def _shown(db: Database) -> set[str]:
    return {digest for (name,) in db.execute(SHOWN).fetchall() if name for digest in _DIGEST.findall(name)}
