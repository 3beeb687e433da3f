-- What each household takes up, so that none fills the disk of all. Counted with every recording that
-- comes and goes, in its own transaction.
CREATE TABLE household_space (
  household bytea PRIMARY KEY REFERENCES households ON DELETE CASCADE,
  -- Of the recordings that are here now.
  bytes bigint NOT NULL CHECK (bytes >= 0),
  -- When the 24 hours began that are counted.
  began_at timestamptz NOT NULL,
  sent integer NOT NULL CHECK (sent >= 0)
);
INSERT INTO household_space
SELECT household, sum(octet_length(ciphertext)), now(), 0 FROM recordings GROUP BY household;
GRANT SELECT, INSERT ON household_space TO pawpost_app;
GRANT UPDATE (bytes, began_at, sent) ON household_space TO pawpost_app;

-- The server deletes recordings in this one way: those whose keys were destroyed everywhere, at a
-- family's own word. Returns how many bytes are free now.
CREATE FUNCTION drop_recordings(of_household bytea, of_messages bytea[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM recordings WHERE household = of_household AND message = ANY (of_messages)
    RETURNING octet_length(ciphertext) AS bytes
  ), freed AS (
    SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM gone
  ), counted AS (
    UPDATE household_space SET bytes = greatest(0, household_space.bytes - freed.bytes)
    FROM freed WHERE household = of_household
  )
  SELECT bytes FROM freed
$$;
REVOKE ALL ON FUNCTION drop_recordings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_recordings TO pawpost_app;
