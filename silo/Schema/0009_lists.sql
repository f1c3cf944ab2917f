-- Lists by state and by workflow, and counts for the overview, read no more rows than they show.

-- Changes once in a life: as long as it does not, an index that names it lets new states overwrite in place.
ALTER TABLE instance ADD COLUMN is_over boolean GENERATED ALWAYS AS (state IN ('COMPLETED', 'TERMINATED')) STORED;

CREATE INDEX instance_live ON instance (owning_team_id, instance_id) WHERE NOT is_over;

-- Every instance that was terminated has a reason, and no other has.
CREATE INDEX instance_terminated ON instance (owning_team_id, instance_id) WHERE reason IS NOT NULL;

CREATE INDEX instance_of_workflow ON instance (owning_team_id, workflow_id, instance_id);
