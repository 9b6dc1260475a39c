"""The most memory that verifying a book takes, in a process of its own: for benchmarks/reading.py."""

from pathlib import Path

from sqlalchemy.orm import Session

from endi_ext.kernel.engine import make_engine, read_only
from endi_ext.ledger import audit


def once(url: str) -> None:
    """Verify a book and print the peak of memory in MiB."""
    with read_only(Session(make_engine(url, pooled=False), future=True)) as session:
        assert audit.verify(session).sound
    # Not getrusage: its maximum is inherited from whoever started the process.
    status = Path("/proc/self/status").read_text("utf-8")
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
