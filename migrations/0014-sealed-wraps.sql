-- Wraps are kept sealed under shred keys, which lie outside the database. What was there before is
-- sealed when the server starts, which then drops the old table and its files with it.

ALTER TABLE wraps RENAME TO wraps_in_clear;
ALTER INDEX wraps_pkey RENAME TO wraps_in_clear_pkey;
ALTER INDEX wraps_device RENAME TO wraps_in_clear_device;
REVOKE ALL ON wraps_in_clear FROM pawpost_app;

-- One row per wrap that the log names; the verifier lets it name each only once.
CREATE TABLE wraps (
  household bytea NOT NULL,
  device bytea NOT NULL CHECK (octet_length(device) = 16),
  principal bytea NOT NULL CHECK (octet_length(principal) = 16),
  epoch integer NOT NULL CHECK (epoch >= 1),
  sealed bytea NOT NULL,
  PRIMARY KEY (household, device, principal, epoch)
);
ALTER TABLE wraps ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- A recovery card knows its own id and no household: it is found by the wraps made for it.
CREATE INDEX wraps_device ON wraps (device);

-- Epochs that a family closed for ever: all of a principal's below a number.
CREATE TABLE closed_epochs (
  household bytea NOT NULL,
  principal bytea NOT NULL CHECK (octet_length(principal) = 16),
  below integer NOT NULL CHECK (below >= 2),
  -- Whether their shred keys are destroyed, too; that follows the commit.
  destroyed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (household, principal)
);
CREATE INDEX closed_epochs_waiting ON closed_epochs (household, principal) WHERE NOT destroyed;

-- The only way in which the server deletes wraps. It leaves a trace.
CREATE FUNCTION close_epochs(of_household bytea, of_principal bytea, all_below integer)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  INSERT INTO closed_epochs AS known (household, principal, below)
    VALUES (of_household, of_principal, all_below)
    ON CONFLICT (household, principal) DO UPDATE
    SET below = greatest(known.below, excluded.below), destroyed = false;
  DELETE FROM wraps
    WHERE household = of_household AND principal = of_principal AND epoch < all_below;
END;
REVOKE ALL ON FUNCTION close_epochs FROM PUBLIC;

GRANT SELECT, INSERT ON wraps TO pawpost_app;
GRANT SELECT, UPDATE (destroyed) ON closed_epochs TO pawpost_app;
GRANT EXECUTE ON FUNCTION close_epochs TO pawpost_app;
