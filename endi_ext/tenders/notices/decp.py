"""Awarded contracts as buyers publish them: DECP of 2019 and v2.0.3, in JSON and XML. Pure.

Files of a month hold a hundred thousand contracts: they are read one by one, whatever their number.
"""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree

from . import boamp_xml, decp_contract, guard
from .decp_contract import Award, Unusable
from .eforms_tree import local_name
from .refusals import (
    NoNotice,
    NoticeEmpty,
    NoticeTooDeep,
    NoticeTooLarge,
    NoticeUnreadable,
    NoticeWithDoctype,
)

CHUNK = 256 * 1024
# The most one contract may take: the largest known are far below.
MOST_OF_ONE = 4 * guard.MEBIBYTE
# Names under which contracts and concessions are listed.
KINDS = {"marche": "contract", "marches": "contract", "contrat-concession": "concession"}
LISTED = re.compile(r'"(marches?|contrat-concession)"\s*:\s*([\[{])')
MOST_ELEMENTS_OF_ONE = 50_000
END = object()
SEPARATORS = re.compile(r"[\s,]*")


def read(stream: BinaryIO) -> Iterator[Award | Unusable]:
    """Yield the contracts of a file, and those that cannot be used.

    Raises NoticeEmpty, NoNotice where it holds no contracts, NoticeUnreadable, NoticeTooDeep,
    NoticeWithDoctype.
    """
    head = stream.read(CHUNK)
    begun = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not begun.strip(b"\0"):
        raise NoticeEmpty
    if not begun.startswith((b"<", b"{", b"[")):
        raise NoNotice("no_awards")
    found = _in_xml(head, stream) if begun.startswith(b"<") else _in_json(head, stream)
    first = next(found, None)
    if first is None:
        raise NoNotice("no_awards")
    yield first
    yield from found


def _in_json(head: bytes, stream: BinaryIO) -> Iterator[Award | Unusable]:
    reader = _Text(head, stream)
    if reader.begins_a_list():
        yield from _listed(reader, "contract")
    while (found := reader.find(LISTED)) is not None:
        kind = KINDS[found.group(1)]
        if found.group(2) == "[":
            yield from _listed(reader, kind)
        elif found.group(1) != "marches":
            # The only one of its kind; {"marches": {...}} holds lists of both.
            reader.back(1)
            yield _contract(reader.value(), kind)


def _listed(reader: "_Text", kind: str) -> Iterator[Award | Unusable]:
    while (value := reader.item()) is not END:
        yield _contract(value, kind)


def _contract(value: Any, kind: str) -> Award | Unusable:
    try:
        return decp_contract.read(value, kind)
    except RecursionError:
        raise NoticeTooDeep from None


class _Text:
    """The text of a file, read as it is needed: what was read is let go."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._stream = stream
        self._bytes = codecs.getincrementaldecoder("utf-8-sig")()
        self._decoder = json.JSONDecoder(parse_constant=_none)
        self._text, self._at, self._line = "", 0, 1
        self._take(head)

    def begins_a_list(self) -> bool:
        """Go into the list that the whole file is; tell whether it is one."""
        found = re.match(r"\s*\[", self._text)
        self._at = found.end() if found else 0
        return found is not None

    def find(self, wanted: "re.Pattern[str]") -> "re.Match[str] | None":
        """Go behind the next match, over what is before it."""
        while True:
            found = wanted.search(self._text, self._at)
            if found is not None:
                self._at = found.end()
                return found
            # Names are short: only the end may hold half of one.
            self._at = max(self._at, len(self._text) - 200)
            if not self._more():
                return None

    def back(self, places: int) -> None:
        """Go back what was just read."""
        self._at -= places

    def item(self) -> Any:
        """Return the next value of a list; END behind the last."""
        while True:
            self._at = SEPARATORS.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                break
            if not self._more():
                raise NoticeUnreadable(format="JSON", line=self._line)
        if self._text[self._at] == "]":
            self._at += 1
            return END
        return self.value()

    def value(self) -> Any:
        """Return the value that begins here."""
        while True:
            try:
                value, behind = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise NoticeTooDeep from None
            except ValueError:
                if len(self._text) - self._at > MOST_OF_ONE or not self._more():
                    line = self._line + self._text.count("\n", 0, self._at)
                    raise NoticeUnreadable(format="JSON", line=line) from None
                continue
            self._at = behind
            return value

    def _more(self) -> bool:
        # What has been read is let go; as much again is taken, so that a long value is not tried too often.
        self._line += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :], 0
        taken = self._stream.read(max(CHUNK, len(self._text)))
        self._take(taken)
        return bool(taken)

    def _take(self, taken: bytes) -> None:
        try:
            self._text += self._bytes.decode(taken, final=not taken)
        except UnicodeDecodeError:
            raise NoticeUnreadable(format="JSON", line=self._line + self._text.count("\n")) from None


def _none(name: str) -> None:
    """Read a number that is none (NaN, Infinity) as one not said."""


def _in_xml(head: bytes, stream: BinaryIO) -> Iterator[Award | Unusable]:
    if b"<!DOCTYPE" in head.replace(b"\0", b""):
        raise NoticeWithDoctype
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        recover=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    elements, chunk = _Elements(), head
    try:
        while chunk:
            parser.feed(chunk)
            yield from elements.ended(parser)
            chunk = stream.read(CHUNK)
        root = parser.close()
        yield from elements.ended(parser)
    except etree.XMLSyntaxError as problem:
        raise NoticeUnreadable(format="XML", line=problem.lineno or 0) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NoticeWithDoctype


class _Elements:
    """The elements of a file as they end: contracts are read, all else is let go."""

    def __init__(self) -> None:
        self._within, self._count = 0, 0

    def _refuse_too_much(self, element: Any) -> None:
        # Of one contract; a file may hold as many of them as it likes.
        if self._count > MOST_ELEMENTS_OF_ONE or len(element.attrib) > guard.MOST_ATTRIBUTES:
            raise NoticeTooLarge(most_mb=MOST_OF_ONE // guard.MEBIBYTE)

    def ended(self, parser: Any) -> Iterator[Award | Unusable]:
        """Yield the contracts that ended since we were last asked."""
        for event, element in parser.read_events():
            name = local_name(element)
            is_contract = name in KINDS and name != "marches"
            if event == "start":
                self._within += is_contract
                self._count = self._count + 1 if self._within else 0
                self._refuse_too_much(element)
                continue
            self._within -= is_contract
            if self._within == 0:
                if is_contract:
                    yield _contract(boamp_xml.plain(element), KINDS[name])
                _let_go(element)


def _let_go(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def plain(award: Award) -> Mapping[str, Any]:
    """Return a contract as what JSON can hold, always the same for the same contract."""
    return {**vars(award), "notified_on": award.notified_on.isoformat(),
            "winners": [list(vars(one).values()) for one in award.winners]}  # fmt: skip
