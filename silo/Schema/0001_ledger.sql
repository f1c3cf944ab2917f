-- The ledger: what is evidence is only ever inserted.

CREATE TABLE log (
    log_id  smallint PRIMARY KEY CHECK (log_id BETWEEN 1 AND 4095),
    origin  text COLLATE "C" NOT NULL UNIQUE,
    -- Never written. FOR UPDATE asks for the privilege to update some column, and this one is it.
    turn    smallint NOT NULL DEFAULT 0
);

-- One event, one entry, one leaf. `bytes` is the evidence; the rest is where to find it.
CREATE TABLE entry (
    position  bigint   NOT NULL,
    sequence  bigint   NOT NULL,
    subject   uuid     NOT NULL,
    log_id    smallint NOT NULL,
    bytes     bytea    NOT NULL,
    PRIMARY KEY (log_id, position),
    UNIQUE (log_id, subject, sequence)
);

-- The signed head after each batch, and the right edge of the tree that the next batch goes on from.
CREATE TABLE checkpoint (
    size      bigint   NOT NULL,
    log_id    smallint NOT NULL,
    frontier  bytea    NOT NULL,
    note      bytea    NOT NULL,
    PRIMARY KEY (log_id, size)
);

-- What entries only hash. It may be erased; the evidence stays valid.
CREATE TABLE payload (
    position  bigint   NOT NULL,
    log_id    smallint NOT NULL,
    name      text COLLATE "C" NOT NULL,
    salt      bytea    NOT NULL,
    value     bytea    NOT NULL,
    PRIMARY KEY (log_id, position, name)
);

-- Idempotency keys that were used, and where their result is to be read.
CREATE TABLE command (
    at            timestamptz NOT NULL,
    sequence      bigint      NOT NULL,
    subject       uuid        NOT NULL,
    log_id        smallint    NOT NULL,
    command_id    bytea       NOT NULL,
    request_hash  bytea       NOT NULL,
    -- The type and id of a subject that is no instance.
    subject_name  text COLLATE "C",
    PRIMARY KEY (log_id, command_id)
);

-- Rows lie in the order of their time, so a few bytes for each range of pages find the old ones.
CREATE INDEX command_age ON command USING brin (at) WITH (pages_per_range = 32);

-- Projections: made of entries, and made of them again by `rebuild`.

-- Room on each page, and no index on what changes, so that a new state overwrites in place.
CREATE TABLE instance (
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    sequence           bigint      NOT NULL,
    instance_id        uuid        NOT NULL,
    log_id             smallint    NOT NULL,
    owning_team_id     text COLLATE "C" NOT NULL,
    workflow_id        text COLLATE "C" NOT NULL,
    workflow_version   text COLLATE "C" NOT NULL,
    policy_version_id  text COLLATE "C" NOT NULL,
    materiality        text COLLATE "C" NOT NULL,
    mode               text COLLATE "C" NOT NULL,
    state              text COLLATE "C" NOT NULL,
    reason             text COLLATE "C",
    PRIMARY KEY (log_id, instance_id)
) WITH (fillfactor = 75);

CREATE INDEX instance_of_team ON instance (owning_team_id, instance_id);

-- What waits for a person.
CREATE TABLE inbox (
    since                    timestamptz NOT NULL,
    decide_by                timestamptz,
    instance_id              uuid        NOT NULL,
    log_id                   smallint    NOT NULL,
    owning_team_id           text COLLATE "C" NOT NULL,
    step                     text COLLATE "C",
    eligible_approver_roles  text[] NOT NULL,
    PRIMARY KEY (log_id, instance_id)
);

CREATE INDEX inbox_by_deadline ON inbox (owning_team_id, decide_by, instance_id);

-- The one deadline that an instance has at a time.
CREATE TABLE timer (
    due_at       timestamptz NOT NULL,
    instance_id  uuid        NOT NULL,
    log_id       smallint    NOT NULL,
    deadline     text COLLATE "C" NOT NULL,
    PRIMARY KEY (log_id, instance_id)
);

CREATE INDEX timer_due ON timer (due_at);
