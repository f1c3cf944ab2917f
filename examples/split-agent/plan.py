"""Plans, leaves the plan in the team's storage, and asks before it is carried out."""
import json
import os
import sys

import act
import task

change = task.context()["change"]
plan = {
    "change": change,
    "commands": [f"deploy {change}"],
    "reasoning": os.environ.get("AGENT_REASONING", "small, and behind a flag"),  # stays here
}
kept = task.keep(json.dumps(plan).encode())

# The facts that the decision is about, and which plan it is; not the agent's reasons.
state, context = task.ask("deploy", {"environment": "production", "change": change, "percent": 100, "plan": kept["hash"]})
if state == task.GO_ON:
    act.carry_out(kept, context)
elif state == task.WAIT:
    task.report(checkpoint=kept)
    sys.exit(3)
else:
    sys.exit("the deployment was refused")
