-- Where a second factor is required, a shorter password will do, and then it is not good alone.
ALTER TABLE sign_ups ADD COLUMN password_alone boolean NOT NULL DEFAULT true;
