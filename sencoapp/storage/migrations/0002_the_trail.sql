-- What was done with the record beside saving in it: sign-ins, views of confidential things, exports, prints.
-- Append-only and chained like the log of saves. It is this laptop's own and belongs to no stream.
CREATE TABLE trail (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  by_name TEXT NOT NULL,
  what TEXT NOT NULL,
  pupil TEXT,
  facts TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX trail_by_pupil ON trail (pupil, n) WHERE pupil IS NOT NULL;

CREATE TRIGGER trail_is_never_changed BEFORE UPDATE ON trail
BEGIN SELECT RAISE(ABORT, 'senco:trail_is_append_only'); END;

CREATE TRIGGER trail_is_never_deleted BEFORE DELETE ON trail
BEGIN SELECT RAISE(ABORT, 'senco:trail_is_append_only'); END;
