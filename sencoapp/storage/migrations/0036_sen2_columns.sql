-- What SEN2 asks of a school beside its URN, and of a pupil who has no UPN.

ALTER TABLE school ADD COLUMN ukprn TEXT;
ALTER TABLE pupil ADD COLUMN upn_unknown TEXT;
