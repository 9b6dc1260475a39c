"""A table of a page handed out as CSV, XLSX or PDF: the same rows, each column written by its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response

from ..kernel.errors import DomainError
from . import csv_export, papers
from .errors import flash_error
from .messages import sentence

TEXT, CODE, DAY, CENTS = "text", "code", "day", "cents"
CSV, XLSX, PDF = "csv", "xlsx", "pdf"
SHAPES = (PDF, XLSX, CSV)
# WeasyPrint takes some seconds for these; a spreadsheet serves better beyond.
MOST_ROWS_OF_A_PDF = 3_000
MEMORY_BYTES = 1_000_000
PAPER = "papers/table.mako"


class TableTooLong(DomainError):
    """A paper of so many lines serves nobody (facts: most)."""

    code = "table_too_long"


@dataclass(frozen=True)
class Column:
    """A column: its title, and how its cells are written."""

    title: str
    kind: str = TEXT


@dataclass
class Table:
    """What is handed out: `name` is that of the file, rows hold dates and cents as they are.

    Of the PDF alone: `facts` are (label, text) above the rows, `total` the last row, `oldest_first` turns the
    rows around.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    facts: Sequence[tuple[str, str]] = ()
    total: Sequence[Any] | None = None
    oldest_first: bool = False
    notes: Sequence[str] = field(default=())


def asked(request: Any) -> str | None:
    """Return the shape the address asks for, if any."""
    shape = request.GET.get("format")
    return shape if shape in SHAPES else None


def answer(request: Any, table: Table, shape: str) -> Response:
    """Return the file; what is too long for a PDF is told on the page it comes from."""
    if shape == XLSX:
        return _xlsx(request, table)
    if shape == PDF:
        try:
            return _pdf(request, table)
        except TableTooLong as refusal:
            flash_error(request, sentence(refusal, request.endi_ext))
            kept = {name: value for name, value in request.GET.items() if name != "format"}
            return HTTPSeeOther(request.current_route_path(_query=kept))
    rows = ([_csv_cell(column, cell) for column, cell in _paired(table, row)] for row in table.rows)
    return csv_export.answer(request, table.name, [column.title for column in table.columns], rows)


def _pdf(request: Any, table: Table) -> Response:
    rows = list(islice(table.rows, MOST_ROWS_OF_A_PDF + 1))
    if len(rows) > MOST_ROWS_OF_A_PDF:
        raise TableTooLong(most=MOST_ROWS_OF_A_PDF)
    shown = rows[::-1] if table.oldest_first else rows
    return papers.answer(request, PAPER, table.name, {"table": table, "rows": shown})


def _xlsx(request: Any, table: Table) -> Response:
    # Imported when needed: pages are served without it.
    from . import sheets
    from .views.journal_files import download_of

    file = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - the response closes it once sent
    heading = [request.endi_ext.text(column.title) for column in table.columns]
    rows = ([_xlsx_cell(column, cell) for column, cell in _paired(table, row)] for row in table.rows)
    sheets.write(rows, file, heading)  # type: ignore[arg-type]
    return download_of(file, XLSX, f"{table.name}.xlsx")


def _paired(table: Table, row: Sequence[Any]) -> Iterable[tuple[Column, Any]]:
    return zip(table.columns, row, strict=True)


def _csv_cell(column: Column, cell: Any) -> str:
    if column.kind == CENTS:
        return csv_export.cents(cell or 0)
    return cell.strftime("%d/%m/%Y") if column.kind == DAY and cell else cell or ""


def _xlsx_cell(column: Column, cell: Any) -> Any:
    if column.kind == CENTS:
        return Decimal(cell).scaleb(-2) if cell is not None else None
    return cell
