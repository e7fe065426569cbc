-- A council's own Word or PDF form: the file, its places, and what of the record goes into each.

CREATE TABLE own_form (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL,
  form TEXT NOT NULL,
  title TEXT NOT NULL,
  filename TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  blob TEXT NOT NULL,
  added_at TEXT NOT NULL,
  places TEXT,
  mapping TEXT,
  follows TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX own_form_by_council ON own_form (council, form);
