-- What a drop-box sent lately: a row for each that ever sent, so that a link that leaked cannot flood
-- the family it leads to.
CREATE TABLE box_counts (
  household bytea NOT NULL REFERENCES households ON DELETE CASCADE,
  -- The id of the box's key.
  box bytea NOT NULL CHECK (octet_length(box) = 16),
  -- When the 24 hours began that are counted.
  began_at timestamptz NOT NULL,
  sent integer NOT NULL CHECK (sent > 0),
  PRIMARY KEY (household, box)
);
GRANT SELECT, INSERT ON box_counts TO pawpost_app;
GRANT UPDATE (began_at, sent) ON box_counts TO pawpost_app;
