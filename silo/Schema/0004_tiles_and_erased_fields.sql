-- What a log's tree hashes to, in tiles of 256: made of entries, so that a proof need not hash them all again.
CREATE TABLE tile (
    index   bigint   NOT NULL,
    log_id  smallint NOT NULL,
    level   smallint NOT NULL,
    root    bytea    NOT NULL,
    hashes  bytea    NOT NULL,
    PRIMARY KEY (log_id, level, index)
);

-- An erased field leaves its hash: what is left of a payload is still checked with it.
ALTER TABLE payload ALTER COLUMN salt DROP NOT NULL;
ALTER TABLE payload ALTER COLUMN value DROP NOT NULL;
ALTER TABLE payload ADD COLUMN hash bytea;
