"""Carries out a plan with exactly the context that was approved."""
import json

import task


def carry_out(kept, context):
    if context["plan"] != kept["hash"]:
        raise SystemExit("what was approved is another plan")
    plan = json.loads(task.load(kept))
    with open(task.STORE / "done.log", "a") as log:
        for command in plan["commands"]:
            log.write(f"{command} to {context['environment']} at {context['percent']} %\n")
    task.report(evidence=[task.keep((task.STORE / "done.log").read_bytes())])


if __name__ == "__main__":
    carry_out(task.checkpoint(), task.context())
