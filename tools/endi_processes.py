"""Processes of the private enDI: started apart, noted by number, stopped only if they are still ours."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# ENDI_STATE keeps two of them apart, each with its own servers and databases.
STATE = Path(os.environ.get("ENDI_STATE") or ROOT / "var" / "endi")
PATIENCE_S = 120


class Missing(Exception):
    """Something the machine lacks, in a sentence."""


def start(name, *command):
    """Start `command` apart from this terminal and note its number, unless it runs."""
    if running(name) is not None:
        return
    with (STATE / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=STATE, env=clean_environment(), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    pid_file(name).write_text(str(process.pid))


def running(name):
    """Return the number of a process noted here, if it still runs and works in our folder."""
    try:
        pid = int(pid_file(name).read_text())
        folder = Path(f"/proc/{pid}/cwd").readlink()
    except (FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
        return None
    return pid if folder.is_relative_to(STATE) else None


def pid_file(name):
    return STATE / f"{name}.pid"


def run(*command, log):
    """Run `command` to its end; what it says goes to a log, whose end is shown if it fails."""
    path = STATE / log
    with path.open("w") as out:
        parts = [str(part) for part in command]
        done = subprocess.run(parts, cwd=STATE, env=clean_environment(), stdout=out, stderr=out, check=False)
    if done.returncode:
        raise Missing(f"{path.read_text()[-1500:]}\nÉchec de : {' '.join(parts[:2])} (voir {path}).")


def clean_environment():
    # The host takes each CAERP_… variable for a setting.
    return {name: value for name, value in os.environ.items() if not name.startswith("CAERP_")}


def stop(name):
    """Stop a process noted here and wait for its end."""
    pid = running(name)
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: running(name) is None, f"{name} ne s'arrête pas.")
    pid_file(name).unlink(missing_ok=True)


def wait_until(condition, sentence):
    limit = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > limit:
            raise Missing(sentence)
        time.sleep(0.2)


def listens(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
