-- What a school keeps in its bank of outcomes and strategies, and which kind of plan it writes.
CREATE TABLE bank_entry (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  area TEXT,
  measure TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

ALTER TABLE school ADD COLUMN plan_template TEXT;
ALTER TABLE cycle ADD COLUMN template TEXT;
ALTER TABLE cycle ADD COLUMN layer TEXT;
