-- Another phone of somebody's comes in: what two phones leave for each other for ten minutes, sealed
-- under a secret that only their cameras saw. Gone when it is done.
CREATE TABLE pairings (
  pairing bytea PRIMARY KEY CHECK (octet_length(pairing) = 16),
  household bytea NOT NULL,
  -- The device that offers.
  maker bytea NOT NULL CHECK (octet_length(maker) = 16),
  -- One-time public key of whoever saw the code.
  key bytea NOT NULL CHECK (octet_length(key) = 32),
  offer bytea NOT NULL CHECK (octet_length(offer) <= 4096),
  answer bytea CHECK (octet_length(answer) <= 4096),
  nonce bytea CHECK (octet_length(nonce) <= 128),
  created_at timestamptz NOT NULL,
  CHECK (nonce IS NULL OR answer IS NOT NULL)
);
-- One at a time for each device.
CREATE UNIQUE INDEX ON pairings (household, maker);
CREATE INDEX ON pairings (created_at);
GRANT SELECT, INSERT, DELETE, UPDATE (answer, nonce) ON pairings TO pawpost_app;

-- Recovery cards, each sealed under what a passkey gives to its own device only.
CREATE TABLE wrapped_cards (
  credential bytea PRIMARY KEY REFERENCES passkeys ON DELETE CASCADE,
  account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  wrapped bytea NOT NULL CHECK (octet_length(wrapped) <= 256)
);
CREATE INDEX ON wrapped_cards (account);
GRANT SELECT, INSERT, DELETE, UPDATE (wrapped) ON wrapped_cards TO pawpost_app;
