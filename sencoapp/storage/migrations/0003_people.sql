-- Pupils and their people, complete: flags, contacts' restrictions, background, professionals and what they recommend (domain.md 4 and 7).

ALTER TABLE pupil ADD COLUMN communication_methods TEXT;
ALTER TABLE pupil ADD COLUMN medical_note TEXT;
ALTER TABLE pupil ADD COLUMN ever_6_fsm INTEGER;
ALTER TABLE pupil ADD COLUMN previously_looked_after INTEGER;
ALTER TABLE pupil ADD COLUMN young_carer INTEGER;
ALTER TABLE pupil ADD COLUMN eal INTEGER;
ALTER TABLE pupil ADD COLUMN disabilities TEXT;

ALTER TABLE contact ADD COLUMN natural_parent INTEGER;
ALTER TABLE contact ADD COLUMN responsibility_basis TEXT;
ALTER TABLE contact ADD COLUMN copy_letters INTEGER;
ALTER TABLE contact ADD COLUMN order_restriction TEXT;
ALTER TABLE contact ADD COLUMN order_document TEXT;
ALTER TABLE contact ADD COLUMN order_seen_on TEXT;
ALTER TABLE contact ADD COLUMN address_hidden INTEGER;
ALTER TABLE contact ADD COLUMN formats TEXT;
ALTER TABLE contact ADD COLUMN deceased INTEGER;
ALTER TABLE contact ADD COLUMN no_contact INTEGER;

CREATE TABLE diagnosis (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  what TEXT NOT NULL,
  given_by TEXT,
  given_on TEXT,
  waiting INTEGER,
  document TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE attendance_year (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  year TEXT NOT NULL,
  sessions_possible INTEGER NOT NULL,
  sessions_attended INTEGER NOT NULL,
  sessions_authorised INTEGER,
  sessions_unauthorised INTEGER,
  school TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE suspension (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  sessions INTEGER,
  reasons TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE prior_school (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  dfe_number TEXT,
  urn TEXT,
  entered_on TEXT,
  left_on TEXT,
  leaving_reason TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE photo (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  blob TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE professional (
  id TEXT PRIMARY KEY,
  name TEXT,
  role TEXT,
  organisation TEXT,
  phone TEXT,
  email TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE involvement (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  professional TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  reason TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE involvement_report (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  involvement TEXT NOT NULL,
  document TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE recommendation (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  involvement TEXT NOT NULL,
  "text" TEXT NOT NULL,
  document TEXT,
  in_use TEXT,
  in_use_since TEXT,
  in_use_by TEXT,
  effect TEXT,
  effect_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX diagnosis_by_pupil ON diagnosis (pupil);
CREATE INDEX attendance_year_by_pupil ON attendance_year (pupil);
CREATE INDEX suspension_by_pupil ON suspension (pupil);
CREATE INDEX prior_school_by_pupil ON prior_school (pupil);
CREATE INDEX photo_by_pupil ON photo (pupil);
CREATE INDEX involvement_by_pupil ON involvement (pupil);
CREATE INDEX recommendation_by_pupil ON recommendation (pupil);
CREATE INDEX involvement_by_professional ON involvement (professional);
CREATE INDEX involvement_report_by_pupil ON involvement_report (pupil);
CREATE INDEX recommendation_by_use ON recommendation (in_use);
