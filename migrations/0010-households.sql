-- Households: what the server keeps of a family is its signed log and sealed wraps, no names.
-- Every key starts with the household, so that the tables can be spread over machines by it.

CREATE TABLE households (
  household bytea PRIMARY KEY CHECK (octet_length(household) = 16),
  -- How many links the log has, and the hash of the newest: what append compares and swaps.
  length integer NOT NULL CHECK (length >= 1),
  head bytea NOT NULL CHECK (octet_length(head) = 32),
  created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

CREATE TABLE links (
  household bytea NOT NULL,
  seq integer NOT NULL CHECK (seq >= 0),
  link bytea NOT NULL,
  PRIMARY KEY (household, seq)
);
-- Keys and signatures do not compress.
ALTER TABLE links ALTER COLUMN link SET STORAGE EXTERNAL;

-- One row per wrap that the log names; the verifier lets it name each only once.
CREATE TABLE wraps (
  household bytea NOT NULL,
  device bytea NOT NULL CHECK (octet_length(device) = 16),
  principal bytea NOT NULL CHECK (octet_length(principal) = 16),
  epoch integer NOT NULL CHECK (epoch >= 1),
  wrap bytea NOT NULL,
  PRIMARY KEY (household, device, principal, epoch)
);
ALTER TABLE wraps ALTER COLUMN wrap SET STORAGE EXTERNAL;

GRANT SELECT, INSERT, UPDATE (length, head) ON households TO pawpost_app;
GRANT SELECT, INSERT ON links, wraps TO pawpost_app;
