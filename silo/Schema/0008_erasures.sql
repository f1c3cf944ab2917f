-- Which instances had something erased lately: whoever has one in memory forgets it. The rows are kept for an hour or so.
CREATE TABLE erasure (
    at           timestamptz NOT NULL,
    position     bigint      NOT NULL,
    instance_id  uuid        NOT NULL,
    log_id       smallint    NOT NULL,
    PRIMARY KEY (log_id, position)
);
