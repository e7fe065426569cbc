-- Confidential things carry their own list of readers; a document may be shared with those who teach the pupil.
ALTER TABLE observation ADD COLUMN confidential INTEGER;
ALTER TABLE observation ADD COLUMN readers TEXT;
ALTER TABLE document ADD COLUMN confidential INTEGER;
ALTER TABLE document ADD COLUMN readers TEXT;
ALTER TABLE document ADD COLUMN shared INTEGER;
ALTER TABLE view ADD COLUMN confidential INTEGER;
ALTER TABLE view ADD COLUMN readers TEXT;
ALTER TABLE staff_member ADD COLUMN left_on TEXT;

-- Pupils of a class, for those who see only their own.
CREATE INDEX pupil_by_class ON pupil (reg_group);
-- Saves of consequence, for the page that tells what was done.
CREATE INDEX change_set_by_action ON change_set (action, n);

-- Who may read a paper of a closed cycle can still be decided; the paper itself stays as it is.
DROP TRIGGER document_of_closed_cycle_is_kept;
CREATE TRIGGER document_of_closed_cycle_is_kept BEFORE UPDATE OF pupil, title, kind, filename, media_type, size, sha256, blob, added_at,
  pages, document_on, author_name, author_role, organisation, for_requests, removed ON document
WHEN EXISTS (SELECT 1 FROM evidence_link e JOIN cycle c ON c.id = e.cycle
  WHERE e.source = old.id AND e.removed = 0 AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:evidence_of_closed_cycle'); END;

DROP TRIGGER view_of_closed_cycle_update;
CREATE TRIGGER view_of_closed_cycle_update BEFORE UPDATE OF pupil, whose, given_on, text, absent_because, said_by, method, helped_by,
  cycle, removed ON view
WHEN EXISTS (SELECT 1 FROM cycle WHERE id IN (old.cycle, new.cycle) AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;
