-- Whether a session began with everything that the account asks for: a password and a second factor,
-- or a passkey. A device that is remembered, or a mailed code, is less.
ALTER TABLE sessions ADD COLUMN in_full boolean NOT NULL DEFAULT false;
GRANT UPDATE (in_full) ON sessions TO pawpost_app;
