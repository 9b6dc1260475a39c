"""What does not agree between the host's documents, as CSV or XLSX: one line each, both documents on it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from ..reconciliation.finding_codes import ABOUT
from ..reconciliation.found import Found, PaperSide
from . import csv_export
from .finding_page import SEVERITIES
from .finding_words import WORDS
from .i18n import _

CSV, XLSX = "csv", "xlsx"
COLUMNS = (
    _("Écart"),
    _("Code"),
    _("Gravité"),
    _("Date"),
    _("Vendeur"),
    _("Acheteur"),
    _("Montant en jeu"),
    _("Document du vendeur"),
    _("Montant TTC du vendeur"),
    _("Document de l’acheteur"),
    _("Montant TTC de l’acheteur"),
    _("Que faire"),
)

Text = Callable[[str], str]


def write(
    founds: Iterable[Found], names: Mapping[str | None, str], shape: str, out: IO[bytes], text: Text
) -> None:
    """Write the findings into `out`; parties are called by `names`."""
    heading = [text(title) for title in COLUMNS]
    if shape == CSV:
        rows = (_cells(one, names, text, csv_export.cents, _french) for one in founds)
        csv_export.write(out, heading, rows)
        return
    # Imported when needed: it doubles the memory of an export that does without.
    from . import sheets

    sheets.write((_cells(one, names, text, _decimal, lambda on: on) for one in founds), out, heading)


def _french(on: date) -> str:
    return on.strftime("%d/%m/%Y")


def _decimal(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _cells(
    one: Found,
    names: Mapping[str | None, str],
    text: Text,
    money: Callable[[int], Any],
    day: Callable[[date], Any],
) -> Sequence[Any]:
    words, (severity, _repair) = WORDS[one.code], ABOUT[one.code]
    return (
        text(words.title),
        one.code,
        text(SEVERITIES[severity].label),
        day(one.on),
        names.get(one.seller_key) or one.seller_key or "",
        names.get(one.buyer_key) or one.buyer_key or "",
        money(one.amount_cents),
        *_side(one.sale, money),
        *_side(one.purchase, money),
        text(words.to_do),
    )


def _side(paper: PaperSide | None, money: Callable[[int], Any]) -> tuple[Any, Any]:
    return ("", "") if paper is None else (paper.number or paper.key, money(paper.amount_cents))
