-- A recovery card knows its own id and no household: it is found by the wraps made for it.
CREATE INDEX wraps_device ON wraps (device);
