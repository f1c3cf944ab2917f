"""What the runner starts. Two programs share nothing but references: one plans and asks, the other carries out."""
import os
import pathlib
import sys

program = {"START": "plan.py", "RESUME": "act.py"}[os.environ["GANTRAL_KIND"]]
os.execv(sys.executable, [sys.executable, str(pathlib.Path(__file__).with_name(program))])
