-- A pupil's chronology asks each kind of thing by its pupil.
CREATE INDEX disclosure_by_pupil ON disclosure (pupil);
CREATE INDEX submission_by_pupil ON submission (pupil);
CREATE INDEX case_event_by_pupil ON case_event (pupil);
CREATE INDEX pack_by_pupil ON pack (pupil);

-- Photos and files that came with a note.
ALTER TABLE document ADD COLUMN observation TEXT;
ALTER TABLE document ADD COLUMN author TEXT;
CREATE INDEX document_by_observation ON document (observation) WHERE observation IS NOT NULL;
DROP TRIGGER document_of_closed_cycle_is_kept;
CREATE TRIGGER document_of_closed_cycle_is_kept BEFORE UPDATE OF pupil, title, kind, filename, media_type, size, sha256, blob, added_at,
  pages, document_on, author_name, author_role, organisation, for_requests, observation, author, removed ON document
WHEN EXISTS (SELECT 1 FROM evidence_link e JOIN cycle c ON c.id = e.cycle
  WHERE e.source IN (old.id, old.observation) AND e.removed = 0 AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:evidence_of_closed_cycle'); END;
