-- What an hour of one person costs, and how it was worked out; who gives a provision; what the council reckons with.

ALTER TABLE staff_rate ADD COLUMN staff_member TEXT;
ALTER TABLE staff_rate ADD COLUMN salary_pence INTEGER;
ALTER TABLE staff_rate ADD COLUMN insurance_pence INTEGER;
ALTER TABLE staff_rate ADD COLUMN pension_pence INTEGER;
ALTER TABLE staff_rate ADD COLUMN paid_hours TEXT;

ALTER TABLE provision ADD COLUMN funding TEXT;
ALTER TABLE provision_place ADD COLUMN whole_cost_reason TEXT;

CREATE TABLE provision_staff (
  id TEXT PRIMARY KEY,
  provision TEXT NOT NULL,
  staff_member TEXT,
  staff_role TEXT,
  starts_on TEXT,
  ends_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX provision_staff_by_provision ON provision_staff (provision);

CREATE TABLE council_rate (
  id TEXT PRIMARY KEY,
  method TEXT NOT NULL,
  pence TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  box TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;
