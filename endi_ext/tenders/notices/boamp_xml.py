"""The XML of BOAMP, brought to what its API makes of it, and read by the same readers. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from . import boamp
from .eforms_tree import local_name
from .model import NoticeRefused, ReadNotice
from .refusals import NoNotice

NOTICES = ("ANNONCE", "ann")
# Parts of a notice that files hold alone.
PARTS = frozenset({*boamp.NATIONAL, "DONNEES"})
LEGACY, SOURCE = "boamp_legacy", "boamp_xml"


def read(root: Any) -> Iterator[ReadNotice | NoticeRefused]:
    """Yield the notices of a document, or why one of them is refused. Raises NoNotice."""
    name = local_name(root)
    if name in PARTS:
        yield _read({name: plain(root)})
        return
    documents = [root] if name in NOTICES else list(root.iter(*(f"{{*}}{one}" for one in NOTICES)))
    if not documents:
        raise NoNotice
    for document in documents:
        yield _read(plain(document))


def plain(element: Any) -> Any:
    """Return an element as JSON: an object, its text where it holds nothing else, "" where it is empty."""
    found: dict[str, Any] = {f"@{name}": value for name, value in element.items() if "}" not in name}
    for child in element:
        name, value = local_name(child), plain(child)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    # After an element too: a text may be broken by <br/>.
    pieces = (element.text, *(child.tail for child in element))
    written = "\n".join(piece.strip() for piece in pieces if piece and piece.strip())
    if not found:
        return written
    return {**found, "#text": written} if written else found


def _read(record: Any) -> ReadNotice | NoticeRefused:
    if not isinstance(record, dict):
        return NoNotice()
    try:
        found = boamp.read_record(record)
    except NoticeRefused as refusal:
        return refusal
    if found.notice.source != LEGACY:
        return found
    return replace(found, notice=replace(found.notice, source=SOURCE))
