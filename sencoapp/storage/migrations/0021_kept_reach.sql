-- A telephone number and an e-mail address can be kept from the other contacts too.
ALTER TABLE contact ADD COLUMN reach_hidden INTEGER;
