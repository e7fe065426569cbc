-- A copy for who may ask for one, a hold, a hand-over, an arrival, and what proves an erasure (domain.md 7).

CREATE TABLE access_request (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  ground TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  received_on TEXT NOT NULL,
  extended_because TEXT,
  decisions TEXT,
  answered_on TEXT,
  closed_because TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE legal_hold (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  reason TEXT NOT NULL,
  placed_on TEXT NOT NULL,
  placed_by TEXT NOT NULL,
  until TEXT,
  lifted_on TEXT,
  lifted_because TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE hand_over (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  pack TEXT NOT NULL,
  school TEXT NOT NULL,
  left_on TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  dfe_number TEXT,
  receipt_on TEXT,
  receipt_by TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE arrival (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  pack TEXT NOT NULL,
  origin TEXT NOT NULL,
  school TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  saves INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  received_by TEXT NOT NULL,
  dfe_number TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE erasure (
  id TEXT PRIMARY KEY,
  initials TEXT NOT NULL,
  upn_sha256 TEXT,
  rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  by_name TEXT NOT NULL,
  kinds TEXT NOT NULL,
  saves INTEGER NOT NULL,
  files INTEGER NOT NULL,
  backups TEXT,
  first_on TEXT,
  last_on TEXT,
  log_before TEXT,
  emptied TEXT,
  rewritten TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX access_request_by_pupil ON access_request (pupil);
CREATE INDEX legal_hold_by_pupil ON legal_hold (pupil);
CREATE INDEX hand_over_by_pupil ON hand_over (pupil);
CREATE INDEX arrival_by_pupil ON arrival (pupil);

-- The erasure by which the body of a save was emptied, or a pupil taken out of it. The chain goes over the hash of the body as
-- it was written, so it holds; `verify` finds what stands now in the erasure's own save.
ALTER TABLE change_set ADD COLUMN erased TEXT;

DROP TRIGGER change_set_is_never_changed;

CREATE TRIGGER change_set_is_never_changed
BEFORE UPDATE OF n, id, save, stream, author, at, action, body, body_sha256, prev, hash, erased ON change_set
WHEN NOT (new.n IS old.n AND new.id IS old.id AND new.save IS old.save AND new.stream IS old.stream AND new.author IS old.author
  AND new.at IS old.at AND new.action IS old.action AND new.body_sha256 IS old.body_sha256 AND new.prev IS old.prev
  AND new.hash IS old.hash AND new.erased IS NOT NULL AND EXISTS (SELECT 1 FROM erasure WHERE id = new.erased))
BEGIN SELECT RAISE(ABORT, 'senco:log_is_append_only'); END;
