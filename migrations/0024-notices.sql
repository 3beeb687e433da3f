-- Who is told that post came. Browsers that are pushed to, by household and device: no account is
-- here, and the browser's address at its push service is sealed by the vault.
CREATE TABLE push_subscriptions (
  household bytea NOT NULL REFERENCES households ON DELETE CASCADE,
  device bytea NOT NULL CHECK (octet_length(device) = 16),
  sealed bytea NOT NULL,
  -- When it is to be rung next; null while nothing is there for it. When it was rung last.
  due_at timestamptz,
  rung_at timestamptz,
  -- How often the push service was asked in vain for what is due.
  tries smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (household, device)
) WITH (fillfactor = 70);
CREATE INDEX ON push_subscriptions (due_at) WHERE due_at IS NOT NULL;
GRANT SELECT, INSERT, DELETE ON push_subscriptions TO pawpost_app;
GRANT UPDATE (sealed, due_at, rung_at, tries) ON push_subscriptions TO pawpost_app;

-- People who are mailed, by household and person. Which account is theirs is sealed by the vault.
CREATE TABLE mail_notices (
  household bytea NOT NULL REFERENCES households ON DELETE CASCADE,
  person bytea NOT NULL CHECK (octet_length(person) = 16),
  sealed bytea NOT NULL,
  -- HMAC of the code with which a mail's reader ends them, under a key outside of the database.
  stop bytea NOT NULL UNIQUE CHECK (octet_length(stop) = 16),
  pace text NOT NULL CHECK (pace IN ('daily', 'at-once')),
  due_at timestamptz,
  mailed_at timestamptz,
  PRIMARY KEY (household, person)
) WITH (fillfactor = 70);
CREATE INDEX ON mail_notices (due_at) WHERE due_at IS NOT NULL;
GRANT SELECT, INSERT, DELETE ON mail_notices TO pawpost_app;
GRANT UPDATE (sealed, stop, pace, due_at, mailed_at) ON mail_notices TO pawpost_app;

-- The device that is pushed to in a session: the vault's HMAC of its id, so that a dump does not
-- tell which account is whose device. A device without a session is pushed to no more.
ALTER TABLE sessions ADD COLUMN device_tag bytea CHECK (octet_length(device_tag) = 16);
CREATE INDEX ON sessions (device_tag) WHERE device_tag IS NOT NULL;
GRANT UPDATE (device_tag) ON sessions TO pawpost_app;
