"""Tables handed out as CSV: opened in a spreadsheet by a double click, never run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from pyramid.response import FileIter, Response

# A spreadsheet runs a cell that begins like this.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MEMORY_BYTES = 1_000_000


def cents(value: int) -> str:
    """Return an amount with a decimal comma and no separator, empty for zero."""
    return f"{'-' if value < 0 else ''}{abs(value) // 100},{abs(value) % 100:02d}" if value else ""


def harmless(cell: Any) -> str:
    """Return the text of a cell, disarmed where a spreadsheet would take it for a formula."""
    text = str(cell)
    is_number = text[1:].replace(",", "").isdigit()
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not is_number else text


def write(out: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as our CSV is written: semicolons, a mark that tells UTF-8, every cell harmless."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(heading)
    lines.writerows([harmless(cell) for cell in row] for row in rows)
    text.detach()  # written out first


def answer(request: Any, file_name: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Return the table as a file, read now while the transaction is open, on disk when it is long."""
    file = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - the response closes it once sent
    write(file, [request.endi_ext.text(title) for title in heading], rows)
    length = file.tell()
    file.seek(0)
    response = Response(content_type="text/csv", charset="utf-8", app_iter=FileIter(file))
    response.content_disposition = f'attachment; filename="{file_name}.csv"'
    response.content_length = length
    return response
