-- What an outcome is measured in, the values taken on the way, and stages of a cycle that are not needed.

ALTER TABLE outcome ADD COLUMN unit TEXT;
ALTER TABLE outcome ADD COLUMN counts TEXT;
ALTER TABLE outcome ADD COLUMN baseline_on TEXT;

ALTER TABLE cycle ADD COLUMN assess_not_needed TEXT;
ALTER TABLE cycle ADD COLUMN plan_not_needed TEXT;
ALTER TABLE cycle ADD COLUMN do_not_needed TEXT;
ALTER TABLE cycle ADD COLUMN review_not_needed TEXT;

CREATE TABLE data_point (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  outcome TEXT NOT NULL,
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  measured_on TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  note TEXT,
  observation TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX data_point_by_outcome ON data_point (outcome, measured_on);
CREATE INDEX data_point_by_pupil ON data_point (pupil);

-- A closed cycle keeps its values as they were.
CREATE TRIGGER data_point_of_closed_cycle_insert BEFORE INSERT ON data_point
WHEN EXISTS (SELECT 1 FROM outcome o JOIN cycle c ON c.id = o.cycle WHERE o.id = new.outcome AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER data_point_of_closed_cycle_update BEFORE UPDATE ON data_point
WHEN EXISTS (SELECT 1 FROM outcome o JOIN cycle c ON c.id = o.cycle
  WHERE o.id IN (old.outcome, new.outcome) AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;
