-- What a pupil could do on joining a provision and on ending it; and the sums of sessions by month, so that the map of a school
-- does not read every session that was ever ticked.

CREATE TABLE provision_measure (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  provision TEXT NOT NULL,
  moment TEXT NOT NULL,
  measured_on TEXT NOT NULL,
  tool TEXT,
  unit TEXT,
  counts TEXT,
  value TEXT,
  better TEXT,
  left_out_because TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX provision_measure_by_provision ON provision_measure (provision);
CREATE INDEX provision_measure_by_pupil ON provision_measure (pupil);

-- One row for each pupil, month and number of pupils for whom sessions were held; without a pupil for the sessions, each once.
CREATE TABLE session_sum (
  provision TEXT NOT NULL,
  month TEXT NOT NULL,
  pupil TEXT NOT NULL,
  shared INTEGER NOT NULL,
  first_on TEXT NOT NULL,
  last_on TEXT NOT NULL,
  held INTEGER NOT NULL,
  missed INTEGER NOT NULL,
  not_due INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  adult_minutes INTEGER NOT NULL,
  PRIMARY KEY (provision, month, pupil, shared)
) STRICT, WITHOUT ROWID;

-- The sums of what is there already.
INSERT INTO session_sum (provision, month, pupil, shared, first_on, last_on, held, missed, not_due, minutes, adult_minutes)
WITH last_word AS (
      SELECT *, result IN ('ran', 'short', 'absent', 'left_early') AS was_held,
        row_number() OVER (PARTITION BY provision, happened_on, number, pupil ORDER BY made_n DESC, id DESC) AS nth
      FROM session_mark WHERE removed = 0 AND pupil NOT IN (SELECT id FROM pupil WHERE removed = 1)),
    members AS (
      SELECT m.provision, m.happened_on, (SELECT count(DISTINCT l.pupil) FROM provision_place l
        WHERE l.provision = m.provision AND l.removed = 0 AND (l.starts_on IS NULL OR l.starts_on <= m.happened_on)
        AND (l.ends_on IS NULL OR l.ends_on >= m.happened_on) AND l.pupil NOT IN (SELECT id FROM pupil WHERE removed = 1)) AS count
      FROM (SELECT DISTINCT provision, happened_on FROM last_word) m),
    marks AS (
      SELECT m.*, members.count + sum(m.was_held - EXISTS (SELECT 1 FROM provision_place l WHERE l.pupil = m.pupil
          AND l.provision = m.provision AND l.removed = 0 AND (l.starts_on IS NULL OR l.starts_on <= m.happened_on)
        AND (l.ends_on IS NULL OR l.ends_on >= m.happened_on)))
          OVER (PARTITION BY m.provision, m.happened_on, m.number) AS shared,
        first_value(m.session_minutes * m.adults) OVER (PARTITION BY m.provision, m.happened_on, m.number
          ORDER BY m.was_held DESC, m.result = 'missed' DESC, m.session_minutes DESC, m.adults DESC, m.made_n, m.id) AS paid_minutes,
        row_number() OVER (PARTITION BY m.provision, m.happened_on, m.number
          ORDER BY m.was_held DESC, m.result = 'missed' DESC, m.session_minutes DESC, m.adults DESC, m.made_n, m.id) AS stands
      FROM last_word m JOIN members ON members.provision = m.provision AND members.happened_on = m.happened_on WHERE m.nth = 1)
    SELECT provision, substr(happened_on, 1, 7) AS month, pupil, shared, min(happened_on) AS first_on, max(happened_on) AS last_on,
      sum(was_held) AS held, sum(result = 'missed') AS missed, sum(result = 'not_due') AS not_due, sum(minutes) AS minutes,
      sum(was_held * paid_minutes) AS adult_minutes
    FROM marks GROUP BY provision, substr(happened_on, 1, 7), pupil, shared
    UNION ALL
    SELECT provision, substr(happened_on, 1, 7), '', shared, min(happened_on) AS first_on, max(happened_on) AS last_on,
      sum(was_held) AS held, sum(result = 'missed') AS missed, 0, sum(was_held * session_minutes), sum(was_held * paid_minutes)
    FROM marks WHERE stands = 1 GROUP BY provision, substr(happened_on, 1, 7), shared;
