"""The price schedule as a table to hand out, in the words the import reads: CSV, or a workbook."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ..exchanges.cells import safe_cell
from ..tenders import share_words
from ..tenders.models import Member, Tender
from ..tenders.schedule_columns import SHARES, TITLES
from ..tenders.splits import LineSplit, Split

PART_WORDS = {"base": "", "option": "Option", "variant": "Variante"}
NUMBER_FORMATS = {"Quantité": "#,##0.###", "Prix unitaire HT": "#,##0.00", "Montant HT": "#,##0.00"}
WIDTHS = {"Désignation": 60, "Répartition": 40}
USUAL_WIDTH = 14
# The columns before those that say who has what.
OF_BUYER = list(TITLES).index(SHARES)


def heading(team: Sequence[Member]) -> list[str]:
    """Return the titles of the columns: those an import reads, then what each member gets."""
    return [*TITLES.values(), *(f"Part de {member.name}" for member in team)]


def rows(tender: Tender, split: Split, team: Sequence[Member]) -> Iterator[list[Any]]:
    """Yield a row for each line: texts, thousandths as numbers, euros as numbers, nothing where unknown."""
    names = {member.id: member.name for member in team}
    for one in split.lines:
        line = one.line
        yield [
            line.lot.key or line.lot.title,
            PART_WORDS[line.part],
            line.label,
            line.reference,
            line.description,
            line.unit,
            _scaled(line.quantity_thousandths, 1000),
            _scaled(line.unit_price_cents, 100),
            _scaled(line.total_cents if line.priced else None, 100),
            _said(one, names),
            *(_scaled(one.parts.get(member.id, 0), 100) for member in team),
        ]


def as_text(cell: Any) -> str:
    """Return a cell of a CSV: numbers with the comma."""
    if isinstance(cell, float):
        return f"{cell:.3f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(cell)


def workbook(tender: Tender, split: Split, team: Sequence[Member], *, for_buyer: bool = False) -> bytes:
    """Return the schedule as an XLSX, without anybody's part for a buyer; texts are never formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Prix"
    titles = heading(team)[: OF_BUYER if for_buyer else None]
    sheet.append([safe_cell(title) for title in titles])
    for one, row in zip(split.lines, rows(tender, split, team), strict=True):
        if one.line.lot.answered or not for_buyer:
            told = row[: len(titles)]
            sheet.append([(safe_cell(cell) or None) if isinstance(cell, str) else cell for cell in told])
    _dress(sheet, titles)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _dress(sheet: Any, titles: Sequence[str]) -> None:
    sheet.freeze_panes = "A2"
    for place, title in enumerate(titles, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = WIDTHS.get(title, USUAL_WIDTH)
        number_format = NUMBER_FORMATS.get(title) or ("#,##0.00" if place > len(TITLES) else None)
        if number_format:
            for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place):
                cell.number_format = number_format


def _said(one: LineSplit, names: dict[int, str]) -> str:
    return " ; ".join(
        f"{names[share.member_id]} : {share_words.write(share.kind, share.value)}"
        for share in one.line.shares
        if share.member_id in names
    )


def _scaled(units: int | None, scale: int) -> float | str:
    # A spreadsheet holds floats: exact to the cent far beyond what a line may be worth.
    return "" if units is None else units / scale
