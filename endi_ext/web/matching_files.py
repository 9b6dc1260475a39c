"""What became of every document of two lists, as CSV or XLSX: one line each, matches together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import IO, Any

from ..reconciliation.campaign_models import CONFIRMED, LEFT, MATCHED, SPAN, SUGGESTED, WAIVED
from ..reconciliation.documents import PURCHASES, SALES, Document, Outcome
from . import campaigns as words
from . import csv_export
from .i18n import _

CSV, XLSX = "csv", "xlsx"
SHAPES = {
    CSV: ("csv", "text/csv; charset=utf-8"),
    XLSX: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
COLUMNS = (
    _("Rapprochement"),
    _("État"),
    _("Règle"),
    _("Indice"),
    _("Écart"),
    _("Jours"),
    _("Côté"),
    _("Document"),
    _("Vendeur"),
    _("Acheteur"),
    _("Date"),
    _("Montant"),
    _("Libellé"),
    _("Référence"),
    _("Raison"),
)
PLACES = {LEFT: _("Seul"), WAIVED: _("Écarté")}

Text = Callable[[str], str]


def write(rows: Iterable[Any], shape: str, out: IO[bytes], text: Text) -> None:
    """Write the rows (campaign_queries.told, or `of_outcome`) into `out`."""
    heading = [text(title) for title in COLUMNS]
    if shape == CSV:
        csv_export.write(out, heading, (_csv(row, text) for row in rows))
        return
    # Imported when needed: it doubles the memory of an export that does without.
    from . import sheets

    sheets.write((_xlsx(row, text) for row in rows), out, heading)


def of_outcome(outcome: Outcome, sales: Any, purchases: Any) -> Iterator[Any]:
    """Yield the rows of two lists that were just matched, as campaign_queries.told does."""
    known = {
        (side, one.id): _Told(side, one, told, listed.names)
        for side, listed in ((SALES, sales), (PURCHASES, purchases))
        for one, told in zip(listed.documents, listed.told, strict=True)
    }
    for number, match in enumerate(outcome.matches, 1):
        state = CONFIRMED if match.confirmed else SUGGESTED
        facts = {
            "match_id": number,
            "state": state,
            "rule": match.rule,
            "score_permille": round(match.score * 1000),
            "difference_cents": match.difference_cents,
            "day_difference": match.day_difference,
        }
        for side, keys in ((SALES, match.sales), (PURCHASES, match.purchases)):
            for key in keys:
                yield known[side, key].row(place=MATCHED, reason="", **facts)
    for one in outcome.unmatched:
        yield known[one.side, one.id].row(place=LEFT, reason=one.reason, match_id=None)


class _Told:
    """A document of a list with what its list writes of it."""

    def __init__(self, side: str, one: Document, told: tuple[str, str], names: Any) -> None:
        self.facts = {
            "side": side,
            "name": one.id,
            "dated_on": date.fromordinal(one.day),
            "cents": one.cents,
            "label": told[0],
            "reference": told[1],
            "seller": names[one.seller],
            "buyer": names[one.buyer],
            "note": "",
        }

    def row(self, **facts: Any) -> Any:
        return SimpleNamespace(**self.facts, **facts)


def _csv(row: Any, text: Text) -> Sequence[Any]:
    return _cells(row, text, csv_export.cents, lambda on: on.strftime("%d/%m/%Y"), _with_comma)


def _xlsx(row: Any, text: Text) -> Sequence[Any]:
    return _cells(row, text, lambda cents: Decimal(cents).scaleb(-2), lambda on: on, lambda score: score)


def _with_comma(score: float) -> str:
    return str(score).replace(".", ",")


def _cells(
    row: Any,
    text: Text,
    money: Callable[[int], Any],
    day: Callable[[date], Any],
    number: Callable[[float], Any],
) -> Sequence[Any]:
    matched: Sequence[Any] = ("", text(PLACES.get(row.place, "")), "", "", "", "")
    if row.match_id:
        matched = (
            row.match_id % SPAN,
            text(words.BADGES[row.state].label),
            text(words.RULES[row.rule]),
            number(row.score_permille / 1000),
            money(row.difference_cents),
            row.day_difference,
        )
    why = row.note or (text(words.REASONS[row.reason]) if row.reason and not row.match_id else "")
    return (
        *matched,
        text(words.SIDES[row.side]),
        row.name,
        row.seller,
        row.buyer,
        day(row.dated_on),
        money(row.cents),
        row.label,
        row.reference,
        why,
    )
