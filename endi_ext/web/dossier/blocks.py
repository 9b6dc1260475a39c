"""What a document of the dossier is made of: the same blocks become PDF and ODT. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# XML 1.0 knows no other control characters than these; people paste all sorts of things.
ALLOWED_CONTROLS = ("\t", "\n")


@dataclass(frozen=True)
class Rubric:
    """A heading of the form itself, as the form calls it."""

    text: str


@dataclass(frozen=True)
class Part:
    """A heading within a rubric."""

    text: str


@dataclass(frozen=True)
class Said:
    """A paragraph; line breaks are kept."""

    text: str


@dataclass(frozen=True)
class Hint:
    """What helps to fill in or to check; in small type."""

    text: str


@dataclass(frozen=True)
class Check:
    """What has to be compared with the official form before signing."""

    text: str


@dataclass(frozen=True)
class Fact:
    """A label and what is known; without a value the place to write it by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True)
class Box:
    """A box to tick; `left`: only the signatory ticks it; `deep`: it belongs to the one above."""

    text: str
    ticked: bool = False
    left: bool = False
    deep: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `numbers` are the columns of amounts, `total` its last row, `widths` in parts of the page."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    numbers: Sequence[int] = ()
    total: Sequence[str] = ()
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Signature:
    """A place to sign: who, and on behalf of whom."""

    who: str
    note: str = ""


Block = Rubric | Part | Said | Hint | Check | Fact | Box | Table | Signature


@dataclass(frozen=True)
class Document:
    """A document of the dossier.

    `mention` stands at its head and at the foot of each page: which version of which form it follows, and
    that it is to be checked. `work` names the consultation. `internal`: it is not for the buyer.
    """

    title: str
    work: str
    mention: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    subtitle: str = ""
    internal: bool = False


def spans(total: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the cells of a last row: text, place, how many columns it takes with the empty ones after it."""
    found: list[tuple[str, int, int]] = []
    for place, cell in enumerate(total):
        if found and not cell:
            text, start, wide = found[-1]
            found[-1] = (text, start, wide + 1)
        else:
            found.append((cell, place, 1))
    return found


def clean(text: str) -> str:
    """Return a text without what neither XML nor paper can hold."""
    return "".join(one for one in text if one in ALLOWED_CONTROLS or _printable(one))


def _printable(letter: str) -> bool:
    code = ord(letter)
    return 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF
