-- The end of a household: its last guardian asks for it, and nothing of it stays.

-- What must not come back: a phone that was away still has the log, and would submit it again. Half a
-- hash of the household's id says that it was here to whoever knows the id, and to nobody else.
CREATE TABLE ended_households (
  tag bytea PRIMARY KEY CHECK (octet_length(tag) = 16)
);
GRANT SELECT ON ended_households TO pawpost_app;

-- Households that are gone, until their keys in the vault are destroyed, too: that follows the commit.
CREATE TABLE leaving_households (
  leaving bytea PRIMARY KEY CHECK (octet_length(leaving) = 16)
);
GRANT SELECT, DELETE ON leaving_households TO pawpost_app;

CREATE FUNCTION household_tag(of_household bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp
RETURN substring(sha256('\x706177706f73742f656e6465642f7631'::bytea || of_household) FROM 1 FOR 16);

-- The only way in which the server deletes a household: whatever names it in a column of that name,
-- in tables that came later as well. Returns how many rows of each table went.
CREATE FUNCTION delete_household(of_household bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  part name;
  gone bigint;
  counts jsonb := '{}';
BEGIN
  FOR part IN
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND a.attname = 'household' AND NOT a.attisdropped AND a.atttypid = 'bytea'::regtype
    -- Other tables may refer to this one.
    ORDER BY c.relname = 'households', c.relname
  LOOP
    EXECUTE format('DELETE FROM %I WHERE household = $1', part) USING of_household;
    GET DIAGNOSTICS gone = ROW_COUNT;
    counts := counts || jsonb_build_object(part, gone);
  END LOOP;
  INSERT INTO leaving_households VALUES (of_household) ON CONFLICT DO NOTHING;
  INSERT INTO ended_households VALUES (household_tag(of_household)) ON CONFLICT DO NOTHING;
  RETURN counts;
END;
$$;
REVOKE ALL ON FUNCTION delete_household FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_household TO pawpost_app;
