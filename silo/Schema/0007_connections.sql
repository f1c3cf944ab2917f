-- Where teams keep the secrets that their runners resolve: references, and never what they refer to.
CREATE TABLE connection (
    created_at      timestamptz NOT NULL,
    owning_team_id  text COLLATE "C" NOT NULL,
    connection_id   text COLLATE "C" NOT NULL,
    version         text COLLATE "C" NOT NULL,
    reference       text COLLATE "C" NOT NULL,
    created_by      text COLLATE "C" NOT NULL,
    PRIMARY KEY (owning_team_id, connection_id, version)
);
