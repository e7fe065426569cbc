-- In which change-sets a thing was written again after the one that made it (`made_n` of its row), so that its history
-- is found without reading the log. A thing that was never touched again, such as most notes, costs nothing here.
CREATE TABLE written_again (
  entity TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (entity, n)
) STRICT, WITHOUT ROWID;

INSERT INTO written_again (entity, n)
SELECT DISTINCT json_extract(write.value, '$[1]'), change_set.n
FROM change_set, json_each(iif(json_valid(change_set.body), change_set.body, '{}'), '$.w') AS write;

DELETE FROM written_again WHERE (entity, n) IN (
  SELECT id, made_n FROM school UNION ALL SELECT id, made_n FROM staff_member UNION ALL SELECT id, made_n FROM pupil
  UNION ALL SELECT id, made_n FROM sen_status UNION ALL SELECT id, made_n FROM sen_need UNION ALL SELECT id, made_n FROM contact
  UNION ALL SELECT id, made_n FROM observation UNION ALL SELECT id, made_n FROM cycle UNION ALL SELECT id, made_n FROM evidence_link
  UNION ALL SELECT id, made_n FROM outcome UNION ALL SELECT id, made_n FROM view UNION ALL SELECT id, made_n FROM staff_rate
  UNION ALL SELECT id, made_n FROM provision UNION ALL SELECT id, made_n FROM provision_place
  UNION ALL SELECT id, made_n FROM document UNION ALL SELECT id, made_n FROM request UNION ALL SELECT id, made_n FROM answer
  UNION ALL SELECT id, made_n FROM gap_note UNION ALL SELECT id, made_n FROM pack UNION ALL SELECT id, made_n FROM submission
  UNION ALL SELECT id, made_n FROM case_event UNION ALL SELECT id, made_n FROM disclosure
);

-- Whose record is hidden: what belongs to a removed pupil is hidden with the pupil, and comes back with them.
CREATE INDEX pupil_removed ON pupil (id) WHERE removed = 1;

-- What was removed, newest first: few rows, beside the many fields that `head` knows of.
CREATE INDEX head_removed ON head (n) WHERE field = '_removed';
