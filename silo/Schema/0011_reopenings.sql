-- Logs that went on under another name: the database had come back from before a head that was known.
CREATE TABLE reopening (
    -- Of the entry that says so.
    position    bigint   NOT NULL,
    -- How many entries were known under the name before.
    known_size  bigint   NOT NULL,
    log_id      smallint NOT NULL,
    former      text COLLATE "C" NOT NULL UNIQUE,
    PRIMARY KEY (log_id, position)
);
