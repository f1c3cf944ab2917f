"""The task that a runner started this process for: plain files and environment variables, no SDK."""
import hashlib
import json
import os
import pathlib
import subprocess

GO_ON, WAIT, STOP = 0, 3, 4
STORE = pathlib.Path(os.environ["AGENT_STORE"])  # the team's own storage; Gantral never sees what is in it


def context():
    return json.loads(pathlib.Path(os.environ["GANTRAL_CONTEXT_FILE"]).read_text())


def checkpoint():
    return json.loads(pathlib.Path(os.environ["GANTRAL_CHECKPOINT_FILE"]).read_text())


def ask(step, facts):
    """Asks before a step; answers what to do and with which context."""
    asked = subprocess.run(["gantral", "authority", "--step", step, "--context", "-", "--json"], input=json.dumps(facts), stdout=subprocess.PIPE, text=True)
    if asked.returncode not in (GO_ON, WAIT, STOP):
        raise SystemExit("no answer to what was asked")
    return asked.returncode, json.loads(asked.stdout)["context"]


def keep(content):
    """Puts content into the store, and answers a reference with its hash."""
    digest = hashlib.sha256(content).hexdigest()
    path = STORE / digest
    path.write_bytes(content)
    return {"ref": path.as_uri(), "hash": f"sha256:{digest}"}


def load(reference):
    """Reads what a reference names, if it is still what the hash says."""
    content = pathlib.Path(reference["ref"].removeprefix("file://")).read_bytes()
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != reference["hash"]:
        raise SystemExit(f"{reference['ref']} is not what was handed over")
    return content


def report(**outcome):
    pathlib.Path(os.environ["GANTRAL_OUTCOME_FILE"]).write_text(json.dumps(outcome))
