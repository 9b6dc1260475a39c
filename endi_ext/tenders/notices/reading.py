"""One door for every file: what it is, then the reader of that format; or why it is refused. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from . import boamp, boamp_xml, eforms, guard, sniffing
from .eforms_tree import local_name
from .guard import MEBIBYTE, NOTICE
from .model import NoticeRefused, ReadNotice
from .refusals import NoNotice, NoticeTooLarge

__all__ = ["MOST_BYTES", "NoticeRefused", "ReadNotice", "Reading", "read", "read_all"]

MOST_BYTES = NOTICE.file_bytes
# A day of BOAMP has some four hundred.
MOST_NOTICES = 5_000
BOAMP_SPACE = "urn:boamp:"
# What other XML of public contracts there is.
OTHERS = {"marches": "no_notice_awards", "marche": "no_notice_awards", "TED_EXPORT": "no_notice_old_ted"}


@dataclass(frozen=True)
class Reading:
    """What a file holds: the notices one can answer, and why each of the others is none."""

    notices: list[ReadNotice]
    refused: list[NoticeRefused]


def read(content: bytes) -> list[ReadNotice]:
    """Return the notices of a file, told by its content alone: never by its name.

    Raises NoticeRefused: too large, not readable, no notice, or no notice that one can answer.
    """
    return read_all(content).notices


def read_all(content: bytes) -> Reading:
    """Return the notices of a file that holds several, those that cannot be answered apart.

    Raises NoticeRefused where there is none to answer.
    """
    reading = Reading([], [])
    for count, one in enumerate(_each(content), start=1):
        if count > MOST_NOTICES:
            raise NoticeTooLarge(most_mb=MOST_BYTES // MEBIBYTE)
        if isinstance(one, NoticeRefused):
            # Without the way it came: its frames hold what it was read from.
            reading.refused.append(one.with_traceback(None))
        else:
            reading.notices.append(one)
    if not reading.notices:
        raise next(iter(reading.refused), NoNotice())
    return reading


def _each(content: bytes) -> Iterator[ReadNotice | NoticeRefused]:
    guard.check_size(content)
    other = sniffing.what_else(content)
    if other is not None:
        raise NoNotice(other)
    return boamp.read_json(content) if sniffing.is_json(content) else _in_xml(guard.parse(content))


def _in_xml(root: Any) -> Iterator[ReadNotice | NoticeRefused]:
    name = local_name(root)
    if name in eforms.ROOTS:
        yield _eforms(root, eforms.BOAMP if _is_of_boamp(root) else eforms.TED)
        return
    if name in OTHERS:
        raise NoNotice(OTHERS[name])
    wrapped = list(root.iter(*_anywhere(eforms.ROOTS)))
    if (
        wrapped
        and name not in boamp_xml.PARTS
        and next(root.iter(*_anywhere(boamp_xml.NOTICES)), None) is None
    ):
        # In an envelope that we do not know.
        yield from (_eforms(document, eforms.BOAMP) for document in wrapped)
        return
    yield from boamp_xml.read(root)


def _eforms(document: Any, source: str) -> ReadNotice | NoticeRefused:
    try:
        return eforms.read(document, source)
    except NoticeRefused as refusal:
        return refusal


def _is_of_boamp(root: Any) -> bool:
    return any(space.startswith(BOAMP_SPACE) for space in root.nsmap.values())


def _anywhere(names: Iterable[str]) -> list[str]:
    return [f"{{*}}{name}" for name in names]
