-- What was delivered of a provision, one line for each pupil and session; and when a pupil joined a group that was running.

CREATE TABLE session_mark (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  provision TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  result TEXT NOT NULL,
  session_minutes INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  author TEXT NOT NULL,
  number INTEGER NOT NULL DEFAULT 1,
  adults INTEGER NOT NULL DEFAULT 1,
  reason TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX session_mark_by_provision ON session_mark (provision, happened_on);
CREATE INDEX session_mark_by_pupil ON session_mark (pupil);
CREATE INDEX session_mark_by_day ON session_mark (happened_on);

ALTER TABLE provision_place ADD COLUMN starts_on TEXT;
