-- Today counts the notes since a day from the index of days alone, less the few that were removed: these.
CREATE INDEX observation_removed ON observation (happened_on) WHERE removed = 1;
