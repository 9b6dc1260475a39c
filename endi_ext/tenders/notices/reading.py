"""One door for every file: what it is, then the reader of that format; or why it is refused. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import eforms, guard, sniffing
from .eforms_tree import local_name
from .guard import NOTICE
from .model import NoticeRefused, ReadNotice
from .refusals import NoNotice

__all__ = ["MOST_BYTES", "NoticeRefused", "ReadNotice", "Reading", "read", "read_all"]

MOST_BYTES = NOTICE.file_bytes
BOAMP_SPACE = "{urn:boamp:"
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
    for one in _each(content):
        if isinstance(one, NoticeRefused):
            reading.refused.append(one)
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
    if sniffing.is_json(content):
        from . import boamp  # type: ignore[attr-defined]  # noqa: PLC0415

        yield from boamp.read_json(content)
    else:
        yield from _in_xml(guard.parse(content))


def _in_xml(root: Any) -> Iterator[ReadNotice | NoticeRefused]:
    documents = list(root.iter(*(f"{{*}}{name}" for name in eforms.ROOTS)))
    if documents:
        for document in documents:
            yield _eforms(document)
        return
    name = local_name(root)
    if name in OTHERS:
        raise NoNotice(OTHERS[name])
    from . import boamp_xml  # type: ignore[attr-defined]  # noqa: PLC0415

    yield from boamp_xml.read(root)


def _eforms(document: Any) -> ReadNotice | NoticeRefused:
    # BOAMP wraps eForms in elements of its own, under namespaces of its own.
    within_boamp = document.getparent() is not None or BOAMP_SPACE in _spaces(document)
    try:
        return eforms.read(document, eforms.BOAMP if within_boamp else eforms.TED)
    except NoticeRefused as refusal:
        return refusal


def _spaces(document: Any) -> str:
    return "".join(f"{{{space}" for space in document.nsmap.values())
