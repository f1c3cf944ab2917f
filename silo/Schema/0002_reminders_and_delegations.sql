-- Which silo is about to fire a timer is nobody's business; that one is, and until when, saves the others the work.
ALTER TABLE timer ADD COLUMN claimed_until timestamptz;

-- Room on each page, so that a claim overwrites in place and leaves the index of what is due alone.
ALTER TABLE timer SET (fillfactor = 75);

-- Who lends what to whom until when. The key is the one under which its entries are indexed.
CREATE TABLE delegation (
    granted_at       timestamptz NOT NULL,
    until            timestamptz NOT NULL,
    revoked_at       timestamptz,
    subject          uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    log_id           smallint    NOT NULL,
    owning_team_id   text COLLATE "C" NOT NULL,
    role             text COLLATE "C" NOT NULL,
    grantor_id       text COLLATE "C" NOT NULL,
    grantor_issuer   text COLLATE "C" NOT NULL,
    delegate_id      text COLLATE "C" NOT NULL,
    delegate_issuer  text COLLATE "C" NOT NULL,
    PRIMARY KEY (log_id, subject)
);

CREATE INDEX delegation_of_team ON delegation (owning_team_id, until);
