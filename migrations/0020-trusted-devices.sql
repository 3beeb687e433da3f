-- Devices whose key stands for the second factor of an account. Neither the key nor the device's id
-- is here: the logs of households hold those, and a dump must not tell which account is whose there.
CREATE TABLE trusted_devices (
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  -- HMAC of account and public key, under a key that lies outside of the database.
  tag bytea NOT NULL CHECK (octet_length(tag) = 32),
  -- What names it among those of its account: random.
  device bytea NOT NULL CHECK (octet_length(device) = 16),
  since timestamptz NOT NULL,
  -- The day it was last used.
  used_on timestamptz NOT NULL,
  PRIMARY KEY (account, tag),
  UNIQUE (account, device)
);
GRANT SELECT, INSERT, DELETE ON trusted_devices TO pawpost_app;
GRANT UPDATE (since, used_on) ON trusted_devices TO pawpost_app;
