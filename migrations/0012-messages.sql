-- Messages: opaque envelopes in numbered mailboxes, and the sealed recordings they describe.

CREATE TABLE messages (
  household bytea NOT NULL,
  -- Made by the sender: sending the same one again changes nothing.
  message bytea NOT NULL CHECK (octet_length(message) = 16),
  -- As it came; it holds the hash of the ciphertext.
  envelope bytea NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (household, message)
);
ALTER TABLE messages ALTER COLUMN envelope SET STORAGE MAIN;

-- The number of the newest entry of each mailbox: the row that a send locks and counts up.
CREATE TABLE mailboxes (
  household bytea NOT NULL,
  principal bytea NOT NULL CHECK (octet_length(principal) = 16),
  latest bigint NOT NULL CHECK (latest >= 1),
  PRIMARY KEY (household, principal)
) WITH (fillfactor = 50);

CREATE TABLE mailbox_entries (
  household bytea NOT NULL,
  principal bytea NOT NULL,
  seq bigint NOT NULL CHECK (seq >= 1),
  message bytea NOT NULL,
  PRIMARY KEY (household, principal, seq),
  -- Who may read a message.
  UNIQUE (household, message, principal)
);

-- One row per recording, ciphertext of at most 288 KiB; it does not compress.
CREATE TABLE recordings (
  household bytea NOT NULL,
  message bytea NOT NULL,
  ciphertext bytea NOT NULL CHECK (octet_length(ciphertext) <= 294912),
  PRIMARY KEY (household, message)
);
ALTER TABLE recordings ALTER COLUMN ciphertext SET STORAGE EXTERNAL;

GRANT SELECT, INSERT ON messages, mailbox_entries, recordings TO pawpost_app;
GRANT SELECT, INSERT, UPDATE (latest) ON mailboxes TO pawpost_app;
