-- When a provision is given in the week, and what the school has in its catalogue of provision.

ALTER TABLE provision ADD COLUMN catalogue TEXT;

CREATE TABLE provision_slot (
  id TEXT PRIMARY KEY,
  provision TEXT NOT NULL,
  weekday INTEGER NOT NULL,
  starts_at TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  room TEXT,
  staff_member TEXT,
  starts_on TEXT,
  ends_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX provision_slot_by_provision ON provision_slot (provision);

CREATE TABLE catalogue_entry (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  wave TEXT NOT NULL,
  sessions_per_week TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  weeks INTEGER NOT NULL,
  group_size INTEGER NOT NULL,
  area TEXT,
  description TEXT,
  intended_outcome TEXT,
  evidence TEXT,
  evidence_source TEXT,
  staff_role TEXT,
  shipped TEXT,
  hidden INTEGER NOT NULL DEFAULT 0,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;
