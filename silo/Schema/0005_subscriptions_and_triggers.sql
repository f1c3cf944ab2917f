-- Who is told of what happens, and by which secret it is signed: a secret itself lies in a file and never here.
CREATE TABLE subscription (
    created_at       timestamptz NOT NULL,
    disabled_at      timestamptz,
    -- One silo at a time delivers; the number is one more each time, so that who comes back late moves nothing.
    leased_until     timestamptz,
    lease            bigint      NOT NULL DEFAULT 0,
    -- Not before this, after a delivery that failed.
    retry_at         timestamptz,
    subscription_id  uuid        NOT NULL,
    owning_team_id   text COLLATE "C" NOT NULL,
    created_by       text COLLATE "C" NOT NULL,
    format           text COLLATE "C" NOT NULL,
    -- None where the address is itself a secret.
    url              text COLLATE "C",
    secret           text COLLATE "C" NOT NULL,
    entry_types      text[]      NOT NULL,
    workflow_id      text COLLATE "C",
    PRIMARY KEY (subscription_id)
) WITH (fillfactor = 75);

CREATE INDEX subscription_of_team ON subscription (owning_team_id, subscription_id);

-- The next position that a subscription is told of, and how often that failed. A log without a row is new: all of it.
CREATE TABLE subscription_cursor (
    position         bigint      NOT NULL,
    subscription_id  uuid        NOT NULL,
    attempts         integer     NOT NULL DEFAULT 0,
    log_id           smallint    NOT NULL,
    PRIMARY KEY (subscription_id, log_id)
) WITH (fillfactor = 75);

-- What was given up on. It is sent once more when somebody asks for it.
CREATE TABLE dead_letter (
    failed_at        timestamptz NOT NULL,
    position         bigint      NOT NULL,
    subscription_id  uuid        NOT NULL,
    attempts         integer     NOT NULL,
    log_id           smallint    NOT NULL,
    is_asked_for     boolean     NOT NULL DEFAULT false,
    event_id         text COLLATE "C" NOT NULL,
    event_type       text COLLATE "C" NOT NULL,
    fault            text COLLATE "C" NOT NULL,
    PRIMARY KEY (subscription_id, log_id, position)
);

CREATE INDEX dead_letter_asked_for ON dead_letter (subscription_id) WHERE is_asked_for;

-- What starts workflows by itself. It is read out of the definitions once, by whichever silo comes first, also of those
-- that an earlier release registered.
CREATE TABLE workflow_trigger (
    registered_at     timestamptz NOT NULL,
    -- When a schedule fires next.
    due_at            timestamptz,
    subject           uuid        NOT NULL,
    log_id            smallint    NOT NULL,
    place             smallint    NOT NULL,
    owning_team_id    text COLLATE "C" NOT NULL,
    workflow_id       text COLLATE "C" NOT NULL,
    workflow_version  text COLLATE "C" NOT NULL,
    hook_id           text COLLATE "C",
    PRIMARY KEY (log_id, subject, place)
);

CREATE INDEX workflow_trigger_due ON workflow_trigger (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX workflow_trigger_hook ON workflow_trigger (hook_id) WHERE hook_id IS NOT NULL;

-- The versions whose triggers were read.
CREATE TABLE workflow_triggers_read (
    subject  uuid     NOT NULL,
    log_id   smallint NOT NULL,
    PRIMARY KEY (log_id, subject)
);
