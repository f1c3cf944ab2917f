-- The one piece of work that an instance has for runners at a time, and the process that has it now. What is to be handed
-- out and what is out are columns of one row, so that one lock settles who holds the work.
CREATE TABLE task (
    ready_at          timestamptz NOT NULL,
    lease_until       timestamptz,
    fencing_token     bigint      NOT NULL DEFAULT 0,
    task_id           uuid        NOT NULL,
    -- The task that a process holds: the one above, or the one before it.
    held_task_id      uuid,
    instance_id       uuid        NOT NULL,
    attempt           integer     NOT NULL DEFAULT 0,
    most_attempts     integer     NOT NULL,
    log_id            smallint    NOT NULL,
    -- START or RESUME; none while there is nothing to hand out.
    kind              text COLLATE "C",
    owning_team_id    text COLLATE "C" NOT NULL,
    queue             text COLLATE "C" NOT NULL,
    workflow_id       text COLLATE "C" NOT NULL,
    workflow_version  text COLLATE "C" NOT NULL,
    runner_id         text COLLATE "C",
    PRIMARY KEY (log_id, instance_id)
) WITH (fillfactor = 75);

CREATE INDEX task_ready ON task (owning_team_id, queue, workflow_id, ready_at) WHERE kind IS NOT NULL AND lease_until IS NULL;

CREATE INDEX task_lease ON task (lease_until) WHERE lease_until IS NOT NULL;

CREATE INDEX task_out ON task (owning_team_id, queue) WHERE lease_until IS NOT NULL;

-- What an operator said about a queue. One of which nothing was said is open and has no limit.
CREATE TABLE queue (
    changed_at      timestamptz NOT NULL,
    most_at_once    integer,
    owning_team_id  text COLLATE "C" NOT NULL,
    queue           text COLLATE "C" NOT NULL,
    state           text COLLATE "C" NOT NULL,
    changed_by      text COLLATE "C" NOT NULL,
    PRIMARY KEY (owning_team_id, queue)
);
