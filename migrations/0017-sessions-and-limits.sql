-- Where a session began, roughly: a truncated network (/24 or /48) and the family of the browser.
ALTER TABLE sessions
  ADD COLUMN place text NOT NULL DEFAULT '',
  ADD COLUMN browser text NOT NULL DEFAULT '';

-- Whether the password was on a list of breached ones when it was last seen; null: never looked.
-- Whether it is long enough to be the only proof. How many sign-ins failed in a row, from anywhere.
ALTER TABLE accounts
  ADD COLUMN password_breached boolean,
  ADD COLUMN password_alone boolean NOT NULL DEFAULT true,
  ADD COLUMN failures integer NOT NULL DEFAULT 0;
GRANT UPDATE (password_breached, password_alone, failures) ON accounts TO pawpost_app;

-- Browsers that an account was signed in with. The hash is bound to the account, so that a dump
-- does not tell which accounts share a browser.
CREATE TABLE known_browsers (
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  token bytea NOT NULL CHECK (octet_length(token) = 32),
  failures integer NOT NULL DEFAULT 0,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (account, token)
);
GRANT SELECT, INSERT, DELETE ON known_browsers TO pawpost_app;
GRANT UPDATE (failures, seen_at) ON known_browsers TO pawpost_app;

-- Token buckets. A key is an HMAC: no address, neither of mail nor of a network, can be read from
-- it. A bucket that is full again is as good as none, and is swept.
CREATE TABLE throttles (
  key bytea PRIMARY KEY CHECK (octet_length(key) = 16),
  full_at timestamptz NOT NULL
);
CREATE INDEX ON throttles (full_at);
GRANT SELECT, INSERT, DELETE ON throttles TO pawpost_app;
GRANT UPDATE (full_at) ON throttles TO pawpost_app;

-- Long codes that were mailed: SHA-256 of at least 128 random bits, good once.
CREATE TABLE mailed_codes (
  code bytea PRIMARY KEY CHECK (octet_length(code) = 32),
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  purpose text NOT NULL CHECK (purpose IN ('reset', 'unblock')),
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON mailed_codes (account);
CREATE INDEX ON mailed_codes (expires_at);
GRANT SELECT, INSERT, DELETE ON mailed_codes TO pawpost_app;

-- Accounts that are gone, until their keys in the vault are destroyed, too: that follows the commit.
CREATE TABLE leavers (
  account text PRIMARY KEY
);
GRANT SELECT, DELETE ON leavers TO pawpost_app;

-- The only way in which the server deletes an account. Everything that refers to it goes with it.
CREATE FUNCTION delete_account(of_account text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  WITH same_address AS (
    DELETE FROM sign_ups
    WHERE address_index = (SELECT address_index FROM accounts WHERE account = of_account)
    RETURNING account
  )
  INSERT INTO leavers SELECT account FROM same_address
    UNION SELECT account FROM accounts WHERE account = of_account
    ON CONFLICT DO NOTHING;
  DELETE FROM accounts WHERE account = of_account;
END;
REVOKE ALL ON FUNCTION delete_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_account TO pawpost_app;
