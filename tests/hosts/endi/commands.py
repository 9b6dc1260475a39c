"""Commands of the host and ours, run as an administrator would, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 120


def run(name, *arguments, folder, patience_s=PATIENCE_S):
    """Run one of the environment's commands to its end and return what it said; a failure is an error."""
    done = attempt(name, *arguments, folder=folder, patience_s=patience_s)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def attempt(name, *arguments, folder, patience_s=PATIENCE_S):
    """The same, whatever comes of it."""
    command = [str(BIN / name), *(str(argument) for argument in arguments)]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=patience_s,
        check=False,
        env=environment(),
    )


def start(name, *arguments, folder):
    """Start one of the environment's commands and return its process; its words go to a log in `folder`."""
    command = [str(BIN / name), *(str(argument) for argument in arguments)]
    with (folder / f"{name}.log").open("w") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment())


def environment():
    # Python modules of these tests are run from elsewhere.
    return {**os.environ, "PYTHONWARNINGS": "ignore", "PYTHONPATH": str(ROOT)}
