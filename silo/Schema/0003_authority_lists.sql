-- What lists and reports show of what governs, of decisions and of money. All of it is made of entries, and made of
-- them again by `rebuild`; what was registered before this migration appears once that was run.

-- The key is the one under which the entries are indexed.
CREATE TABLE workflow (
    registered_at      timestamptz NOT NULL,
    subject            uuid        NOT NULL,
    log_id             smallint    NOT NULL,
    owning_team_id     text COLLATE "C" NOT NULL,
    workflow_id        text COLLATE "C" NOT NULL,
    workflow_version   text COLLATE "C" NOT NULL,
    policy_version_id  text COLLATE "C" NOT NULL,
    materiality        text COLLATE "C" NOT NULL,
    mode               text COLLATE "C" NOT NULL,
    registered_by      text COLLATE "C" NOT NULL,
    PRIMARY KEY (log_id, subject)
);

CREATE INDEX workflow_of_team ON workflow (owning_team_id, registered_at, subject);

CREATE TABLE policy (
    registered_at      timestamptz NOT NULL,
    subject            uuid        NOT NULL,
    log_id             smallint    NOT NULL,
    owning_team_id     text COLLATE "C" NOT NULL,
    policy_version_id  text COLLATE "C" NOT NULL,
    registered_by      text COLLATE "C" NOT NULL,
    PRIMARY KEY (log_id, subject)
);

CREATE INDEX policy_of_team ON policy (owning_team_id, registered_at, subject);

-- Where the entry of a decision is. Its id says nothing of its log.
CREATE TABLE decision (
    decision_id  uuid     NOT NULL,
    instance_id  uuid     NOT NULL,
    sequence     bigint   NOT NULL,
    log_id       smallint NOT NULL,
    PRIMARY KEY (log_id, instance_id, sequence)
);

CREATE INDEX decision_by_id ON decision (decision_id);

-- One row for each recorded cost and none that is written twice: sums are made when somebody asks.
CREATE TABLE cost (
    at              timestamptz NOT NULL,
    sequence        bigint      NOT NULL,
    amount          numeric     NOT NULL,
    instance_id     uuid        NOT NULL,
    log_id          smallint    NOT NULL,
    owning_team_id  text COLLATE "C" NOT NULL,
    workflow_id     text COLLATE "C" NOT NULL,
    currency        text COLLATE "C" NOT NULL,
    PRIMARY KEY (log_id, instance_id, sequence)
);

CREATE INDEX cost_of_team ON cost (owning_team_id, at);
