-- What was measured on the pages of a document. Nobody wrote it: it can be measured again, so it is in no save.

CREATE TABLE file_look (
  document TEXT PRIMARY KEY,
  pupil TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE INDEX file_look_by_pupil ON file_look (pupil);
