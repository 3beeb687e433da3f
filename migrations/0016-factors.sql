-- Second factors: an authenticator app, passkeys, recovery codes. No row names anybody: accounts
-- are ids, secrets are sealed by the vault, codes and tokens are hashes, moments are days where a
-- day is enough.

CREATE TABLE totp (
  account text PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  secret bytea NOT NULL,
  -- The last step of thirty seconds whose code was accepted: none is accepted twice.
  last_step integer NOT NULL,
  -- Wrong codes in a row, and when one was last tried.
  failures integer NOT NULL,
  tried_at timestamptz NOT NULL,
  added_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON totp TO pawpost_app;
GRANT UPDATE (secret, last_step, failures, tried_at, added_at) ON totp TO pawpost_app;

-- Secrets that were shown and wait for their first code.
CREATE TABLE totp_enrolments (
  account text PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  secret bytea NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON totp_enrolments (expires_at);
GRANT SELECT, INSERT, DELETE ON totp_enrolments TO pawpost_app;
GRANT UPDATE (secret, expires_at) ON totp_enrolments TO pawpost_app;

-- What authenticators know an account by: random, and told to nobody else.
CREATE TABLE passkey_handles (
  account text PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  handle bytea NOT NULL UNIQUE CHECK (octet_length(handle) = 32)
);
GRANT SELECT, INSERT ON passkey_handles TO pawpost_app;

CREATE TABLE passkeys (
  credential bytea PRIMARY KEY,
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  passkey bytea NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  synced boolean NOT NULL,
  added_at timestamptz NOT NULL,
  -- The day it was last used.
  used_on timestamptz,
  UNIQUE (account, passkey)
);
GRANT SELECT, INSERT, DELETE ON passkeys TO pawpost_app;
GRANT UPDATE (counter, synced, used_on) ON passkeys TO pawpost_app;

CREATE TABLE recovery_codes (
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  code bytea NOT NULL CHECK (octet_length(code) = 32),
  PRIMARY KEY (account, code)
);
GRANT SELECT, INSERT, DELETE ON recovery_codes TO pawpost_app;

-- Challenges that passkeys have to sign: good once, for one purpose, for whoever asked for it.
CREATE TABLE passkey_challenges (
  -- SHA-256 of the challenge.
  challenge bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('add', 'sign-in', 'complete', 'prove')),
  -- Hash of the token of the session, the pending sign-in or the cookie that it was made for.
  holder bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  UNIQUE (holder, purpose)
);
CREATE INDEX ON passkey_challenges (expires_at);
GRANT SELECT, INSERT, DELETE ON passkey_challenges TO pawpost_app;
GRANT UPDATE (challenge, expires_at) ON passkey_challenges TO pawpost_app;

-- Sign-ins whose password was right and whose second factor is awaited.
CREATE TABLE pending_sign_ins (
  -- SHA-256 of the cookie's 32 random bytes.
  token bytea PRIMARY KEY,
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  tries integer NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON pending_sign_ins (expires_at);
GRANT SELECT, INSERT, DELETE ON pending_sign_ins TO pawpost_app;
GRANT UPDATE (tries) ON pending_sign_ins TO pawpost_app;
