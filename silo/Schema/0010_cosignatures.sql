-- What witnesses sign beside a log's own key: each a line of the note of a head that was signed before.
CREATE TABLE cosignature (
    size     bigint   NOT NULL,
    log_id   smallint NOT NULL,
    -- The name of the key and its identifier.
    witness  text COLLATE "C" NOT NULL,
    line     bytea    NOT NULL,
    PRIMARY KEY (log_id, size, witness)
);
