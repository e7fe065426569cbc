-- The head teacher reads a request and signs it off; what it said then is known by its hash.
CREATE TABLE sign_off (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  signed_role TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  on_paper INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX sign_off_by_request ON sign_off (request);
CREATE INDEX sign_off_by_pupil ON sign_off (pupil);

-- Saves of one action in the order of time: a page of "Activity" takes the newest of each and looks at no others.
-- It stands in the place of an index over the same saves, so that a save costs what it did.
DROP INDEX change_set_by_action;
CREATE INDEX change_set_by_action ON change_set (action, at, n);
