-- What was brought along from another service. Nothing here joins an account to the old one for
-- somebody who holds a stolen copy of the old data: its ids are kept only as HMACs under a key that
-- lies outside the database.

CREATE TABLE imports (
  -- SHA-256 of a file of the export.
  file bytea PRIMARY KEY CHECK (octet_length(file) = 32),
  kind text NOT NULL,
  -- So many records of it are dealt with, and what came of them: counts, no addresses.
  records bigint NOT NULL CHECK (records >= 0),
  tally jsonb,
  done boolean NOT NULL,
  -- The ids of the accounts that come next: their keys may be in the vault already.
  reserved text[] NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE imported_accounts (
  -- HMAC of the old id, and whose account it became.
  tag bytea PRIMARY KEY CHECK (octet_length(tag) = 16),
  account text NOT NULL UNIQUE REFERENCES accounts ON DELETE CASCADE
);

-- Whom an imported account had invited when the old service ended. No name came along.
CREATE TABLE waiting_invitations (
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  -- HMAC of account and address: one invitation is there once, and points to no other account.
  tag bytea NOT NULL CHECK (octet_length(tag) = 16),
  address bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, tag)
);

GRANT SELECT, INSERT, UPDATE (records, tally, done, reserved, changed_at) ON imports TO pawpost_app;
GRANT SELECT, INSERT ON imported_accounts TO pawpost_app;
GRANT SELECT, INSERT, DELETE ON waiting_invitations TO pawpost_app;
