"""Tables handed out as XLSX, written row by row; text stays text, whatever it begins with."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# What a sheet holds, less its heading.
ROWS_OF_A_SHEET = 1_048_575


def write(
    rows: Iterable[Sequence[Any]], out: IO[bytes], heading: Sequence[str], *, most: int = ROWS_OF_A_SHEET
) -> None:
    """Write the rows into as many sheets of a workbook as they need, each under the heading."""
    book = Workbook(write_only=True)
    waiting: Any = iter(rows)
    while waiting is not None:
        sheet = book.create_sheet(f"{heading[0]} {len(book.worksheets) + 1}")
        sheet.append([_cell(sheet, title) for title in heading])
        for row in islice(waiting, most):
            sheet.append([_cell(sheet, value) for value in row])
        sheet.close()
        following = next(waiting, None)
        waiting = None if following is None else chain((following,), waiting)
    book.save(out)


def _cell(sheet: Any, value: Any) -> Any:
    """Return what to put in a cell: only what openpyxl would take for a formula or an error is marked."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub(" ", value)
    if not text.startswith(("=", "#")):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
