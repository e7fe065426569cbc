-- The words beneath a mark that withholds them: what else a copy says is held against them.
ALTER TABLE redaction ADD COLUMN words_beneath TEXT;
