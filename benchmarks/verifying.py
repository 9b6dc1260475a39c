"""The most memory that verifying a book takes, in a process of its own: for benchmarks/reading.py."""

import resource
from pathlib import Path

from sqlalchemy.orm import Session

from endi_ext.kernel.engine import make_engine, read_only
from endi_ext.ledger import audit_halves


def once(url: str) -> None:
    """Verify a book and print the peak of memory in MiB, of the process that takes most."""
    with read_only(Session(make_engine(url, pooled=False), future=True)) as session:
        assert audit_halves.verify(session).sound
    # Not getrusage of our own: its maximum is inherited from whoever started the process.
    status = Path("/proc/self/status").read_text("utf-8")
    ours, theirs = int(status.partition("VmHWM:")[2].split()[0]), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(max(ours, theirs.ru_maxrss) / 1024)
