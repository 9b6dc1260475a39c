"""The journal of a month or of a fiscal year as a file: FEC shape, CSV or XLSX, written as it is read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from ..exchanges import roles, titles
from ..kernel.engine import reading_once
from ..ledger import exports, fec, openings, spans
from ..ledger.spans import Span
from ..reconciliation import year_end
from . import csv_export
from .i18n import _

FEC, CSV, XLSX, SAGE = "fec", "csv", "xlsx", "sage"
# What accounting software takes in: these files are marked. The others are read by people.
FOR_THE_SOFTWARE = (FEC, SAGE)
SHAPES = {
    FEC: ("txt", f"text/plain; charset={fec.ENCODING}"),
    CSV: ("csv", "text/csv; charset=utf-8"),
    XLSX: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    SAGE: ("zip", "application/zip"),
}
COLUMNS = (
    _("Journal"),
    _("Numéro"),
    _("Date"),
    _("Pièce"),
    _("Compte"),
    _("Analytique"),
    _("Enseigne"),
    _("Tiers"),
    _("Libellé"),
    _("Débit"),
    _("Crédit"),
    _("Clé de l’enseigne"),
)
STEP = 1_000

Text = Callable[[str], str]
Progress = Callable[[int, int | None], None]


def name_of(span: Span, shape: str, siren: str) -> str:
    """Return what the file is to be called."""
    if shape == FEC:
        return fec.file_name(siren, span.ends_on)
    return f"{'sage' if shape == SAGE else 'journal'}-{span.name}.{SHAPES[shape][0]}"


def write(
    session: Any,
    span: Span,
    shape: str,
    out: IO[bytes],
    text: Text,
    progress: Progress,
    *,
    only: Any = None,
    accounting: Any = None,
) -> int:
    """Write the journal of `span` into `out`; return how many entries it has. Raises NoEntries.

    For the accounting software `only` may narrow it to some entries; Sage needs the host's `accounting`.
    """
    count = exports.entries_of(session, span, only)
    if shape in FOR_THE_SOFTWARE and not count:
        raise fec.NoEntries(span=span.name)
    if shape == FEC:
        told = _counted(exports.recorded_lines(session, span, only), _id, count, progress)
        _write_fec(session, told if only is not None else chain(year_openings(session, span), told), out)
        return count
    if shape == SAGE:
        _write_sage(session, accounting, span, out, lambda told: _counted(told, _id, count, progress), only)
        return count
    rows = exports.journal_lines(session, since=span.starts_on, until=span.ends_on)
    heading, told = [text(title) for title in COLUMNS], _counted(rows, _number, count, progress)
    if shape == CSV:
        csv_export.write(out, heading, map(csv_row, told))
    else:
        # Imported when needed: it doubles the memory of an export that does without.
        from . import sheets

        sheets.write(map(_xlsx_row, told), out, heading)
    return count


def _counted(
    rows: Iterable[Any], entry_of: Callable[[Any], Any], count: int, progress: Progress
) -> Iterator[Any]:
    """Yield the rows, telling now and then how many entries went by."""
    last, done = None, 0
    for row in rows:
        entry = entry_of(row)
        if entry != last:
            last, done = entry, done + 1
            if done % STEP == 0:
                progress(done, count)
        yield row
    progress(count, count)


def _id(row: Any) -> Any:
    return row[0].id


def _number(row: Any) -> Any:
    return row.effective_on, row.code, row.number


def year_openings(session: Any, span: Span) -> Iterable[Any]:
    """Return what the file of a whole year begins with; a month's begins with nothing."""
    if spans.YEAR.fullmatch(span.name) is None:
        return ()
    results = year_end.results_of(roles.ever(session))
    return openings.lines(session, span, f"À nouveaux au {span.starts_on:%d/%m/%Y}", results)


def _write_fec(session: Any, rows: Iterable[Any], out: IO[bytes]) -> None:
    out.write(fec.heading())
    with reading_once(session):
        out.writelines(fec.lines(rows, titles.names(session)))


def _write_sage(
    session: Any, accounting: Any, span: Span, out: IO[bytes], counted: Callable[[Any], Any], only: Any
) -> None:
    # Imported when needed: other shapes do without.
    from . import sage_files

    sage_files.write(session, accounting, span, out, counted, only=only)


def csv_row(line: Any) -> Sequence[Any]:
    """Return a line of the journal as its CSV has it."""
    amounts = csv_export.cents(line.debit_cents), csv_export.cents(line.credit_cents)
    return (*_facts(line, line.effective_on.strftime("%d/%m/%Y")), *amounts, line.party_key)


def _xlsx_row(line: Any) -> Sequence[Any]:
    amounts = (_euros(line.debit_cents), _euros(line.credit_cents))
    return (*_facts(line, line.effective_on), *amounts, line.party_key)


def _euros(cents: int) -> Decimal | None:
    return Decimal(cents).scaleb(-2) if cents else None


def _facts(line: Any, on: Any) -> Sequence[Any]:
    return (
        line.code,
        line.number,
        on,
        line.document,
        line.account,
        line.analytic_code,
        line.party,
        line.counterparty or "",
        line.text,
    )
