-- Accounts whose address was found in what was stolen from somebody else. Addresses that nobody
-- here has leave no trace.
CREATE TABLE breached_accounts (
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  -- Whose list it is, as the operator calls it.
  source text NOT NULL CHECK (source <> ''),
  found_at timestamptz NOT NULL,
  -- When its owner was mailed, and the random name of that mail: while it is held back in the outbox,
  -- this row says whether it leaves.
  told_at timestamptz,
  mail text,
  PRIMARY KEY (account, source)
);
CREATE INDEX breached_accounts_told ON breached_accounts (told_at);
CREATE INDEX breached_accounts_mail ON breached_accounts (mail);
GRANT SELECT, INSERT ON breached_accounts TO pawpost_app;
GRANT UPDATE (told_at, mail) ON breached_accounts TO pawpost_app;

-- Lists that are being read: so many records of them are dealt with, and counts of what came of
-- them. A row is gone when its list is read to the end.
CREATE TABLE breach_lists (
  -- SHA-256 of the file.
  file bytea NOT NULL CHECK (octet_length(file) = 32),
  source text NOT NULL,
  tally jsonb NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (file, source)
);
GRANT SELECT, INSERT, DELETE ON breach_lists TO pawpost_app;
GRANT UPDATE (tally, changed_at) ON breach_lists TO pawpost_app;
