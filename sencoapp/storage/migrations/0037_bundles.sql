-- The school's papers for an appeal: a pack may be of a case, what the appeal is about, and what a person chose for a paper.
ALTER TABLE pack ADD COLUMN council_case TEXT;
CREATE INDEX pack_by_council_case ON pack (council_case);

ALTER TABLE council_case ADD COLUMN appeal TEXT;

CREATE TABLE bundle_paper (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  council_case TEXT NOT NULL,
  paper TEXT NOT NULL,
  section TEXT,
  goes_in INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX bundle_paper_by_council_case ON bundle_paper (council_case);
CREATE INDEX bundle_paper_by_pupil ON bundle_paper (pupil);
