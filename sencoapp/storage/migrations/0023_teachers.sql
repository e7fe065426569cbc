-- A pupil's chronology asks each kind of thing by its pupil.
CREATE INDEX disclosure_by_pupil ON disclosure (pupil);
CREATE INDEX submission_by_pupil ON submission (pupil);
CREATE INDEX case_event_by_pupil ON case_event (pupil);
CREATE INDEX pack_by_pupil ON pack (pupil);
