-- The council in whose area a pupil lives: it is the one that a request goes to (Children and Families Act 2014 s24).

ALTER TABLE pupil ADD COLUMN home_authority TEXT;
