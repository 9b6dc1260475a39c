"""On what and beside what it was measured: the machine, the versions, the load."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("SQLAlchemy", "mysqlclient", "pyramid", "locust", "splink", "recordlinkage", "django-hordak")


def surroundings() -> dict[str, str]:
    """Return what a reader must know to judge the figures."""
    return {
        "begun": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": _said_by("git", "describe", "--always", "--dirty"),
        "machine": f"{os.cpu_count()} cores ({_processor()}), {_memory_gib():.0f} GiB, {platform.system()}"
        f" {platform.release()}",
        "Python": platform.python_version(),
        "libraries": ", ".join(_versions()),
        "databases": f"SQLite {_sqlite()}; {_said_by('mariadbd', '--version')}",
        "load at the start (1, 5, 15 min)": ", ".join(f"{value:.1f}" for value in os.getloadavg()),
    }


def _versions() -> list[str]:
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found


def _said_by(*command: str) -> str:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        return f"no {command[0]}"
    return done.stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version
