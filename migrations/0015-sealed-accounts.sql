-- Addresses and passwords are kept sealed under keys outside the database; an address is looked up
-- by a blind index. What was there before is sealed when the server starts, which then drops the
-- old table and its files with it.

ALTER TABLE sessions DROP CONSTRAINT sessions_account_fkey;
ALTER TABLE accounts RENAME TO accounts_in_clear;
ALTER INDEX accounts_pkey RENAME TO accounts_in_clear_pkey;
REVOKE ALL ON accounts_in_clear FROM pawpost_app;

CREATE TABLE accounts (
  account text PRIMARY KEY,
  -- First 16 bytes of an HMAC of the address, and the version of its key.
  address_index bytea NOT NULL UNIQUE CHECK (octet_length(address_index) = 16),
  index_kv integer NOT NULL CHECK (index_kv >= 1),
  address bytea NOT NULL,
  password bytea NOT NULL,
  password_set_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON accounts TO pawpost_app;
GRANT UPDATE (address_index, index_kv, address, password, password_set_at) ON accounts
  TO pawpost_app;

-- Who was about to sign up does so once more: their rows were no promise, and held addresses.
DROP TABLE sign_ups;
CREATE TABLE sign_ups (
  account text PRIMARY KEY,
  address_index bytea NOT NULL CHECK (octet_length(address_index) = 16),
  address bytea NOT NULL,
  password bytea NOT NULL,
  code bytea NOT NULL,
  code_expires_at timestamptz NOT NULL,
  tries integer NOT NULL,
  codes integer NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX ON sign_ups (address_index, created_at);
CREATE INDEX ON sign_ups (created_at);
GRANT SELECT, INSERT, DELETE ON sign_ups TO pawpost_app;
GRANT UPDATE (code, code_expires_at, tries, codes) ON sign_ups TO pawpost_app;
