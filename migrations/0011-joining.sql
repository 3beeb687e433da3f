-- Requests to join that wait for a guardian. Whether one was admitted is the log's to say.

CREATE TABLE join_requests (
  household bytea NOT NULL,
  request bytea NOT NULL CHECK (octet_length(request) = 16),
  invite bytea NOT NULL CHECK (octet_length(invite) = 16),
  -- The device that asks.
  device bytea NOT NULL CHECK (octet_length(device) = 16),
  bytes bytea NOT NULL,
  join_signature bytea NOT NULL CHECK (octet_length(join_signature) = 64),
  device_signature bytea NOT NULL CHECK (octet_length(device_signature) = 64),
  -- Sealed to the household: who it is and what they say.
  hello bytea NOT NULL,
  nonce bytea CHECK (octet_length(nonce) = 32),
  nonce_by bytea CHECK (octet_length(nonce_by) = 16),
  reveal bytea CHECK (octet_length(reveal) = 32),
  declined boolean NOT NULL DEFAULT false,
  -- Grows with every change of the row.
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (household, request),
  CHECK ((nonce IS NULL) = (nonce_by IS NULL)),
  CHECK (reveal IS NULL OR nonce IS NOT NULL)
);
ALTER TABLE join_requests ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE join_requests ALTER COLUMN hello SET STORAGE EXTERNAL;

-- One at a time for each invitation.
CREATE UNIQUE INDEX join_requests_waiting ON join_requests (household, invite) WHERE NOT declined;

GRANT SELECT, INSERT, UPDATE (nonce, nonce_by, reveal, declined, version)
  ON join_requests TO pawpost_app;
