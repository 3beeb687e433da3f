-- In which language an account's owner is written to when they are not there to say so. It is that of
-- their last sign-in, or what they chose since.
ALTER TABLE accounts
  ADD COLUMN language text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'es', 'ar'));
GRANT UPDATE (language) ON accounts TO pawpost_app;
