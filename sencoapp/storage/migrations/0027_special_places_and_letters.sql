-- Whether a school has a SEN unit or resourced provision, and which pupils are in one: the spring census asks it of pupils with SEN.

ALTER TABLE school ADD COLUMN special_places INTEGER;
ALTER TABLE pupil ADD COLUMN sen_unit INTEGER;
ALTER TABLE pupil ADD COLUMN resourced_provision INTEGER;

-- What a letter said, so that it can be written again; its paper is kept as it went out.

ALTER TABLE document ADD COLUMN subject TEXT;
ALTER TABLE document ADD COLUMN words TEXT;
