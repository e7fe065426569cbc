-- Whether a school has a SEN unit or resourced provision, and which pupils are in one: the spring census asks it of pupils with SEN.

ALTER TABLE school ADD COLUMN special_places INTEGER;
ALTER TABLE pupil ADD COLUMN sen_unit INTEGER;
ALTER TABLE pupil ADD COLUMN resourced_provision INTEGER;

-- What a letter said, so that it can be written again; its paper is kept as it went out.

ALTER TABLE document ADD COLUMN subject TEXT;
ALTER TABLE document ADD COLUMN words TEXT;
DROP TRIGGER document_of_closed_cycle_is_kept;
CREATE TRIGGER document_of_closed_cycle_is_kept BEFORE UPDATE OF pupil, title, kind, filename, media_type, size, sha256, blob, added_at,
  pages, document_on, author_name, author_role, organisation, for_requests, observation, author, subject, words, removed ON document
WHEN EXISTS (SELECT 1 FROM evidence_link e JOIN cycle c ON c.id = e.cycle
  WHERE e.source IN (old.id, old.observation) AND e.removed = 0 AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:evidence_of_closed_cycle'); END;
