"""Files from outside, taken in with care: no network, no more memory than a notice deserves. Pure.

Nothing is guessed about encodings: a file is what it declares to be, or it is refused.
"""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, NoReturn
from xml.parsers import expat

from lxml import etree

from .refusals import NoticeEmpty, NoticeTooDeep, NoticeTooLarge, NoticeUnreadable, NoticeWithDoctype

MEBIBYTE = 1024 * 1024
# Deeper than any notice (the deepest sample has 20 levels), shallow enough for readers that recurse.
# In XML lxml itself stops at 256.
MOST_DEPTH = 100
# The root element begins within: what stands before it in a notice is a declaration and a comment or two.
LONGEST_PROLOG = 256 * 1024
# Of one element: lxml reads them in a time that grows with the square of their number.
MOST_ATTRIBUTES = 1_000
# Of a file that holds one record a line.
MOST_LINES = 20_000
# Lots of one notice: eForms number them LOT-0001 to LOT-9999.
MOST_LOTS = 10_000


@dataclass(frozen=True)
class Limits:
    """How much is read. `marks` bounds the tags and attributes, or the items: they are what costs memory."""

    file_bytes: int = 32 * MEBIBYTE
    marks: int = 1_000_000


NOTICE = Limits()


def parse(content: bytes, limits: Limits = NOTICE) -> Any:
    """Return the root element of an XML file, without its comments and processing instructions.

    Raises NoticeTooLarge, NoticeEmpty, NoticeWithDoctype, NoticeTooDeep, NoticeUnreadable.
    """
    check_size(content, limits)
    if content.count(b"<") + content.count(b"=") > limits.marks:
        raise NoticeTooLarge(most_mb=limits.file_bytes // MEBIBYTE)
    if content[:1].isspace() and b"\0" not in content[:8]:
        content = content.lstrip()  # a line before the XML declaration: of a copy and paste, harmless
    _refuse_doctype(content)
    # A parser of its own for each file: lxml's are not shared between threads without waiting.
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=False,
        remove_comments=True, remove_pis=True, strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        if "depth" in str(problem):
            raise NoticeTooDeep from None
        raise NoticeUnreadable(format="XML", line=problem.lineno or 0) from None
    except (ValueError, LookupError):  # of lxml: an encoding it does not know
        raise NoticeUnreadable(format="XML", line=0) from None
    if content.count(b"=") > MOST_ATTRIBUTES and _has_many_attributes(root):
        raise NoticeTooLarge(most_mb=limits.file_bytes // MEBIBYTE)
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        raise NoticeWithDoctype
    if _is_other_than_declared(content, document.encoding or "UTF-8"):
        raise NoticeUnreadable(format="XML", line=1)
    return root


def load_json(content: bytes | str, limits: Limits = NOTICE) -> Any:
    """Return what a JSON file holds: UTF-8 (or UTF-16 and 32 where their marks say so), NaN as none.

    Raises NoticeTooLarge, NoticeEmpty, NoticeTooDeep, NoticeUnreadable.
    """
    check_size(content, limits)
    text = content if isinstance(content, str) else _json_text(content)
    if sum(map(text.count, ",[{")) > limits.marks:
        raise NoticeTooLarge(most_mb=limits.file_bytes // MEBIBYTE)
    try:
        value = json.loads(text, parse_float=_finite, parse_constant=_unknown)
    except RecursionError:
        raise NoticeTooDeep from None
    except json.JSONDecodeError as problem:
        lines = text.count("\n") if problem.msg == "Extra data" else 0
        if not 0 < lines <= MOST_LINES:
            raise NoticeUnreadable(format="JSON", line=problem.lineno) from None
        value = [load_json(line, limits) for line in text.splitlines() if line.strip()]  # a record a line
    except ValueError:  # a number that is none, or of more digits than Python reads
        raise NoticeUnreadable(format="JSON", line=0) from None
    if _is_deep_value(value):
        raise NoticeTooDeep
    return value


def no_more_lots(listed: Iterable[Any]) -> list[Any]:
    """Return the lots of a notice. Raises NoticeTooLarge: more than any notice has."""
    found = list(islice(listed, MOST_LOTS + 1))
    if len(found) > MOST_LOTS:
        raise NoticeTooLarge(most_mb=NOTICE.file_bytes // MEBIBYTE)
    return found


def check_size(content: bytes | str, limits: Limits = NOTICE) -> None:
    """Refuse what is too large or empty. Raises NoticeTooLarge, NoticeEmpty."""
    if len(content) > limits.file_bytes:
        raise NoticeTooLarge(most_mb=limits.file_bytes // MEBIBYTE)
    # Not `content.strip()`: that would copy it. NUL bytes too: a file allocated and never written.
    if not re.search(r"[^\s\x00]" if isinstance(content, str) else rb"[^\s\x00]", content):  # type: ignore[arg-type]
        raise NoticeEmpty


def _refuse_doctype(content: bytes) -> None:
    # Before lxml sees it: expat stops at the first word of a DOCTYPE, nothing of it is read. What expat
    # cannot read so far (UTF-7, EBCDIC: ways past a guard) is refused, though lxml might.
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _stop_at_doctype
    parser.StartElementHandler = _stop_at_root
    try:
        parser.Parse(content[:LONGEST_PROLOG], False)
    except _RootReached:
        return
    except expat.ExpatError as problem:
        raise NoticeUnreadable(format="XML", line=problem.lineno) from None
    except (ValueError, LookupError):  # of Python: an encoding it does not know, or of several bytes
        raise NoticeUnreadable(format="XML", line=1) from None
    raise NoticeUnreadable(format="XML", line=parser.CurrentLineNumber)


class _RootReached(Exception):
    pass


def _stop_at_doctype(*_: Any) -> NoReturn:
    raise NoticeWithDoctype


def _stop_at_root(*_: Any) -> NoReturn:
    raise _RootReached


_has_many_attributes = etree.XPath(f"boolean(//*[count(@*) > {MOST_ATTRIBUTES}])")


def _is_other_than_declared(content: bytes, encoding: str) -> bool:
    """Whether UTF-8 says it is of one byte a letter: every accent of it would be read wrong ("Ã©")."""
    if encoding.upper().startswith("UTF") or content.isascii():
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _json_text(content: bytes) -> str:
    try:
        # As RFC 8259 has it: UTF-8, with a mark or not; the wide ones are told by their zeros.
        return content.decode(json.detect_encoding(content))
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise NoticeUnreadable(format="JSON", line=line) from None


def _finite(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(written)
    return value


def _unknown(_name: str) -> None:
    # "NaN" is no JSON, but real files of awarded contracts have it where a value is missing.
    return None


def _is_deep_value(value: Any) -> bool:
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    # json makes plain lists and objects only: comparing types costs a third of asking isinstance.
    held = value.values() if type(value) is dict else value if type(value) is list else ()
    return [one for one in held if type(one) is dict or type(one) is list]
