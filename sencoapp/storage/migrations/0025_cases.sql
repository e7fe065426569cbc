-- Matters with the council about a pupil: reviews, moves, appeals, funding, places, complaints; their events and ticked steps.

CREATE TABLE council_case (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,
  council TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  owner TEXT NOT NULL,
  title TEXT,
  reference TEXT,
  placement TEXT,
  note TEXT,
  closed_on TEXT,
  ended_as TEXT,
  documents TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX council_case_by_pupil ON council_case (pupil);

CREATE TABLE case_date (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  council_case TEXT NOT NULL,
  event TEXT NOT NULL,
  happens_on TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX case_date_by_case ON case_date (council_case);
CREATE INDEX case_date_by_pupil ON case_date (pupil);

CREATE TABLE case_step (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  council_case TEXT NOT NULL,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  ticked_on TEXT NOT NULL,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX case_step_by_case ON case_step (council_case);
CREATE INDEX case_step_by_pupil ON case_step (pupil);
