"""One door for every file: what it is, then the reader of that format; or why it is refused. Pure."""

from .guard import MEBIBYTE, NOTICE
from .model import NoticeRefused, ReadNotice

__all__ = ["MEBIBYTE", "MOST_BYTES", "NoticeRefused", "ReadNotice", "read"]

MOST_BYTES = NOTICE.file_bytes


def read(content: bytes) -> list[ReadNotice]:
    """Return the notices of a file, told by its content alone: never by its name.

    Raises NoticeRefused: too large, not readable, no notice, a notice one cannot answer.
    """
    raise NotImplementedError
