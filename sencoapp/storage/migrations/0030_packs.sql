-- What is withheld of an evidence file when it goes out, variants of a pack for several readers, and what was chosen for each.
CREATE TABLE redaction (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  document TEXT NOT NULL,
  page INTEGER NOT NULL,
  "left" INTEGER NOT NULL,
  top INTEGER NOT NULL,
  "right" INTEGER NOT NULL,
  bottom INTEGER NOT NULL,
  reason TEXT NOT NULL,
  note TEXT,
  hidden_from TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX redaction_by_document ON redaction (document);
CREATE INDEX redaction_by_pupil ON redaction (pupil);

CREATE TABLE pack_choice (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  variant TEXT NOT NULL,
  put_in TEXT,
  left_out TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX pack_choice_by_request ON pack_choice (request);
CREATE INDEX pack_choice_by_pupil ON pack_choice (pupil);

ALTER TABLE pack ADD COLUMN variant TEXT;
