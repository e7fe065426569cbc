-- Pages of a document that a person turned for packs, as "3:90", where its words do not tell which way is up.
ALTER TABLE document ADD COLUMN turns TEXT;
