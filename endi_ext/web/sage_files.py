"""The journal in the host's layout for Sage, in one ZIP: its four files, and a fifth for what has none."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..exchanges import sage, sage_entries
from ..kernel.errors import DomainError
from ..ledger.spans import Span

MEMORY_BYTES = 500_000
AT_ONCE = 500
PIECE_BYTES = 65_536
# As enDI's own screens call them.
JOURNAL_NAMES = {
    sage.SALES: "code journal des factures internes",
    sage.PURCHASES: "code journal des factures fournisseur internes",
    sage.RECEIPTS: "code journal des encaissements internes",
    sage.PAYMENTS: "code journal des paiements fournisseur internes",
}
TRANSFER_NAME = "compte banque des encaissements internes"


class SageNotConfigured(DomainError):
    """The host does not say in which journals and through which account it goes (facts: missing)."""

    code = "sage_not_configured"


def write(
    session: Any,
    accounting: Any,
    span: Span,
    out: IO[bytes],
    counted: Callable[[Any], Any],
    *,
    only: Any = None,
) -> None:
    """Write the entries of `span` into `out`, a ZIP; `counted` is told of each. Raises SageNotConfigured."""
    layout = accounting.layout(session)
    _refuse_incomplete(layout)
    with ExitStack() as opened:
        files: dict[str, Any] = {}
        for part, line in lines(
            session, accounting, layout, counted(sage_entries.told(session, span, only=only))
        ):
            if part not in files:
                files[part] = opened.enter_context(SpooledTemporaryFile(max_size=MEMORY_BYTES))
                files[part].write(sage.heading(part))
            files[part].write(line)
        _zip(out, files)


def _refuse_incomplete(layout: sage.Layout) -> None:
    missing = [JOURNAL_NAMES[part] for part in sage.JOURNAL_PARTS if not layout.journals.get(part)]
    if not layout.transfer_account:
        missing.append(TRANSFER_NAME)
    if missing:
        raise SageNotConfigured(missing=", ".join(missing))


def lines(
    session: Any, accounting: Any, layout: sage.Layout, told: Iterator[Any]
) -> Iterator[tuple[str, bytes]]:
    """Yield (file, line) of entries."""
    while some := list(islice(told, AT_ONCE)):
        sides = [sage.sides_of(one.head.code, one.head.source, one.lines) for one in some]
        pairs = {(one.seller_key, one.buyer_key) for one in sides if one}
        cards = accounting.cards(session, pairs)
        for one, apart in zip(some, sides, strict=True):
            for part, cells in _rows(one, apart, cards, layout):
                yield part, sage.line_of(part, cells)


def _rows(
    one: Any, apart: sage.Sides | None, cards: Any, layout: sage.Layout
) -> Iterator[tuple[str, dict[str, str]]]:
    if apart is None:
        return sage.other_rows(one.head, one.lines, layout)
    return sage.rows(one.head, apart, one.papers, cards[apart.seller_key, apart.buyer_key], layout)


def _zip(out: IO[bytes], files: dict[str, Any]) -> None:
    """Put the files into a ZIP that is the same for the same content: it bears no instant of its own."""
    with ZipFile(out, "w") as archive:
        for part in sage.PARTS:
            if part in files:
                _add(archive, sage.FILE_NAMES[part], files[part])


def _add(archive: ZipFile, name: str, content: Any) -> None:
    told = ZipInfo(name)
    told.compress_type, told.external_attr = ZIP_DEFLATED, 0o644 << 16
    content.seek(0)
    with archive.open(told, "w") as file:
        while piece := content.read(PIECE_BYTES):
            file.write(piece)
