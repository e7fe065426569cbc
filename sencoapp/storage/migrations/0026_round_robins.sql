-- What chosen staff are asked about a pupil by a date, and what they answered; the school's own sets of questions.

CREATE TABLE question_set (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  questions TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE round_robin (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  pupil_name TEXT NOT NULL,
  title TEXT NOT NULL,
  questions TEXT,
  asked_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  closed_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX round_robin_by_pupil ON round_robin (pupil);

CREATE TABLE round_robin_ask (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  round_robin TEXT NOT NULL,
  staff_member TEXT NOT NULL,
  staff_name TEXT NOT NULL,
  way TEXT NOT NULL,
  token TEXT NOT NULL,
  sent_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX round_robin_ask_by_pupil ON round_robin_ask (pupil);
CREATE INDEX round_robin_ask_by_round_robin ON round_robin_ask (round_robin);
CREATE INDEX round_robin_ask_by_staff_member ON round_robin_ask (staff_member);
CREATE INDEX round_robin_ask_by_token ON round_robin_ask (token);

CREATE TABLE round_robin_answer (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  round_robin TEXT NOT NULL,
  ask TEXT NOT NULL,
  answers TEXT,
  answered_on TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  way TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX round_robin_answer_by_pupil ON round_robin_answer (pupil);
CREATE INDEX round_robin_answer_by_ask ON round_robin_answer (ask);
CREATE INDEX round_robin_answer_by_round_robin ON round_robin_answer (round_robin);
