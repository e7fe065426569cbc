-- Meetings with who came, copies of a plan that were given, and corrections of a cycle that is closed.
CREATE TABLE meeting (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  held_on TEXT NOT NULL,
  kind TEXT,
  cycle TEXT,
  attendees TEXT,
  notes TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE plan_copy (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  cycle TEXT NOT NULL,
  given_to TEXT NOT NULL,
  given_on TEXT NOT NULL,
  how TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE cycle_correction (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  cycle TEXT NOT NULL,
  about TEXT NOT NULL,
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX meeting_by_pupil ON meeting (pupil, held_on);
CREATE INDEX meeting_by_cycle ON meeting (cycle);
CREATE INDEX plan_copy_by_pupil ON plan_copy (pupil);
CREATE INDEX plan_copy_by_cycle ON plan_copy (cycle);
CREATE INDEX cycle_correction_by_cycle ON cycle_correction (cycle);
CREATE INDEX cycle_correction_by_pupil ON cycle_correction (pupil);

ALTER TABLE provision_place ADD COLUMN next TEXT;

-- The meeting of a closed cycle, and what the review decided for its provision, are as frozen as the cycle.
-- A copy may still be given, and a correction is a new entry beside it.
CREATE TRIGGER meeting_of_closed_cycle_insert BEFORE INSERT ON meeting
WHEN EXISTS (SELECT 1 FROM cycle WHERE id = new.cycle AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER meeting_of_closed_cycle_update BEFORE UPDATE ON meeting
WHEN EXISTS (SELECT 1 FROM cycle WHERE id IN (old.cycle, new.cycle) AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

DROP TRIGGER place_in_closed_cycle_update;
CREATE TRIGGER place_in_closed_cycle_update BEFORE UPDATE OF pupil, provision, cycle, outcome, next, removed ON provision_place
WHEN EXISTS (SELECT 1 FROM cycle WHERE id IN (old.cycle, new.cycle) AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;
