-- Imports of pupils: each is told of by the save that it is, so that it can be listed and undone as a whole.

CREATE TABLE pupil_import (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  by_name TEXT NOT NULL,
  source TEXT NOT NULL,
  filename TEXT NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  sha256 TEXT,
  undone_at TEXT,
  undone_by_name TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX pupil_import_by_time ON pupil_import (at DESC);
