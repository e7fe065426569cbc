-- What a provision costs beside the time of its adults: materials, preparation, training.

CREATE TABLE provision_cost (
  id TEXT PRIMARY KEY,
  provision TEXT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  paid_on TEXT NOT NULL,
  pence INTEGER,
  minutes INTEGER,
  spread TEXT NOT NULL,
  for_each INTEGER NOT NULL,
  ends_on TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX provision_cost_by_provision ON provision_cost (provision);
