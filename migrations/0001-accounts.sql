CREATE TABLE accounts (
  account text PRIMARY KEY,
  address text NOT NULL UNIQUE,
  password text NOT NULL,
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON accounts TO pawpost_app;

CREATE TABLE sign_ups (
  account text PRIMARY KEY,
  address text NOT NULL,
  password text NOT NULL,
  code bytea NOT NULL,
  code_expires_at timestamptz NOT NULL,
  tries integer NOT NULL,
  codes integer NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX ON sign_ups (address, created_at);
CREATE INDEX ON sign_ups (created_at);
GRANT SELECT, INSERT, DELETE ON sign_ups TO pawpost_app;
GRANT UPDATE (code, code_expires_at, tries, codes) ON sign_ups TO pawpost_app;

CREATE TABLE sessions (
  token bytea PRIMARY KEY,
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL
);
CREATE INDEX ON sessions (account);
GRANT SELECT, INSERT, DELETE ON sessions TO pawpost_app;
GRANT UPDATE (seen_at) ON sessions TO pawpost_app;
