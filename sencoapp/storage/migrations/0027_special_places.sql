-- Whether a school has a SEN unit or resourced provision, and which pupils are in one: the spring census asks it of pupils with SEN.

ALTER TABLE school ADD COLUMN special_places INTEGER;
ALTER TABLE pupil ADD COLUMN sen_unit INTEGER;
ALTER TABLE pupil ADD COLUMN resourced_provision INTEGER;
