-- The school's crest, which stands at the head of its papers.

CREATE TABLE crest (
  id TEXT PRIMARY KEY,
  blob TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;
