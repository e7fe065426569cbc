-- The sentences of a request's statement, and what was marked in reports.

CREATE TABLE statement_sentence (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  heading TEXT NOT NULL,
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_on TEXT NOT NULL,
  rests_on TEXT,
  drafted TEXT,
  left_out INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX statement_sentence_by_request ON statement_sentence (request);
CREATE INDEX statement_sentence_by_pupil ON statement_sentence (pupil);

CREATE TABLE report_mark (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  document TEXT NOT NULL,
  page INTEGER NOT NULL,
  what TEXT NOT NULL,
  quote TEXT NOT NULL,
  marked_by TEXT NOT NULL,
  marked_on TEXT NOT NULL,
  typed INTEGER,
  places TEXT,
  for_teachers INTEGER,
  teacher_words TEXT,
  recommendation TEXT,
  need TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX report_mark_by_document ON report_mark (document);
CREATE INDEX report_mark_by_pupil ON report_mark (pupil);
