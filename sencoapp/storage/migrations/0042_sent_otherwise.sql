-- A request that went to the council without a connection, and the case that follows from a request.

CREATE TABLE sent_otherwise (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  sent_on TEXT NOT NULL,
  how TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  sent_to TEXT,
  pack TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX sent_otherwise_by_request ON sent_otherwise (request);
CREATE INDEX sent_otherwise_by_pupil ON sent_otherwise (pupil);

ALTER TABLE council_case ADD COLUMN request TEXT;
ALTER TABLE council_case ADD COLUMN asked_by TEXT;
ALTER TABLE council_case ADD COLUMN decision TEXT;
ALTER TABLE council_case ADD COLUMN decided_on TEXT;

CREATE INDEX council_case_by_request ON council_case (request);
