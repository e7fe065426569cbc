-- What a quick note can say beyond its words, and that the SENCO was told of it.

ALTER TABLE observation ADD COLUMN lesson TEXT;
ALTER TABLE observation ADD COLUMN antecedent TEXT;
ALTER TABLE observation ADD COLUMN behaviour TEXT;
ALTER TABLE observation ADD COLUMN consequence TEXT;
ALTER TABLE observation ADD COLUMN outcome_rating TEXT;

CREATE TABLE told_senco (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  observation TEXT NOT NULL,
  told_at TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  acknowledged_at TEXT,
  acknowledged_by TEXT,
  acknowledged_by_name TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX told_senco_by_pupil ON told_senco (pupil);

-- Few are open at a time, whatever the years have brought.
CREATE INDEX told_senco_open ON told_senco (told_at) WHERE acknowledged_at IS NULL;
