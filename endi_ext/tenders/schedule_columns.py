"""What the columns of a price schedule are called in the files of buyers: BPU, DQE, DPGF. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..exchanges.spreadsheets import FileRefused, Row, column_name, says_something
from . import price_facts

REFERENCE, DESCRIPTION, UNIT, QUANTITY = "reference", "description", "unit", "quantity"
UNIT_PRICE, TOTAL, LOT, PART, LABEL, SHARES = "unit_price", "total", "lot", "part", "label", "shares"

# What a page calls them; the file says them in its own way.
TITLES = {
    LOT: "Lot", PART: "Partie", LABEL: "Option ou variante", REFERENCE: "N°", DESCRIPTION: "Désignation",
    UNIT: "Unité", QUANTITY: "Quantité", UNIT_PRICE: "Prix unitaire HT", TOTAL: "Montant HT",
    SHARES: "Répartition",
}  # fmt: skip

EXACT = {
    LOT: ("lot", "n_lot", "n_du_lot", "no_lot", "numero_du_lot"),
    PART: ("partie", "nature_du_prix"),
    LABEL: ("option_ou_variante", "nom_de_l_option", "pse"),
    REFERENCE: (
        "n", "no", "num", "numero", "ref", "reference", "references", "code", "item", "poste", "article",
        "n_de_prix", "no_de_prix", "numero_de_prix", "n_prix", "no_prix", "n_du_prix", "numero_du_prix",
        "n_article", "n_d_article", "n_poste", "n_de_poste", "rep", "repere", "ref_prix", "reference_prix",
    ),
    DESCRIPTION: (
        "libelle", "libelles", "description", "descriptif", "intitule", "prestation", "prestations",
    ),
    UNIT: ("u", "un", "unite", "unites", "unite_de_mesure"),
    QUANTITY: ("q", "qte", "qtes", "qt", "quantite", "quantites", "nombre", "nb"),
    UNIT_PRICE: ("pu", "puht", "pu_ht", "prix_u", "prix_u_ht", "p_u", "p_u_ht"),
    TOTAL: ("total", "totaux", "montant", "montants", "pt", "pt_ht", "p_t_ht", "prix_total"),
    SHARES: ("repartition", "attribue_a", "attribution", "qui", "realise_par", "execute_par"),
}  # fmt: skip
BEGINS = {
    DESCRIPTION: ("designation", "libelle_", "description_", "intitule_", "nature_des_", "prestations_"),
    QUANTITY: ("quantite_", "quantites_", "qte_"),
    UNIT_PRICE: ("prix_unitaire", "prix_unitaires", "pu_"),
    TOTAL: ("montant_", "total_", "prix_total", "prix_forfaitaire"),
}
# With tax, a rate of tax, or in words: columns of the buyer's that say nothing we need.
NOT_OURS = ("ttc", "tva", "lettres", "t_t_c")
TOTALS = re.compile(
    r"(?:sous[ -]?)?totaux|(?:sous[ -]?)?total\b|montant (?:total|tva|ttc|ht)|tva\b|t\.v\.a|report\b"
)
PARTS = {
    "": price_facts.BASE, "base": price_facts.BASE, "offre de base": price_facts.BASE,
    "option": price_facts.OPTION, "pse": price_facts.OPTION, "variante": price_facts.VARIANT,
}  # fmt: skip
MOST_TITLE_ROWS = 60
MOST_BLANK_ROWS = 1_000
KNOWN = tuple(name for names in EXACT.values() for name in names)


def meaning(header: Any) -> str | None:
    """Return which of our columns a header is, none where it is another."""
    name = column_name(header)
    if not name or any(word in name for word in NOT_OURS):
        return None
    for column, names in EXACT.items():
        if name in names:
            return column
    return next(
        (column for column, starts in BEGINS.items() if name.startswith(starts)),
        None,
    )


def find(rows: Iterator[Row]) -> tuple[int, dict[str, int]]:
    """Return the line of the header and where each column is: below whatever title the file begins with.

    Raises FileRefused: schedule_without_header, column_doubled.
    """
    for count, (line, cells) in enumerate(rows):
        places = _places(cells)
        if DESCRIPTION in places and places.keys() & {UNIT_PRICE, QUANTITY, TOTAL, UNIT}:
            _refuse_doubled(line, cells)
            return line, places
        if count >= MOST_TITLE_ROWS:
            break
    raise FileRefused("schedule_without_header")


def without_blanks(rows: Iterator[Row], most_rows: int) -> Iterator[Row]:
    """Leave out blank rows; a file that is little else, or too long, is refused early."""
    blank = count = 0
    for line, cells in rows:
        if any(map(says_something, cells)):
            blank, count = 0, count + 1
            if count > most_rows:
                raise FileRefused("schedule_too_long", line=line, most=most_rows)
            yield line, cells
            continue
        blank += 1
        if blank > MOST_BLANK_ROWS:
            raise FileRefused("schedule_blank_rows", line=line, most=MOST_BLANK_ROWS)


def _places(cells: Sequence[Any]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = meaning(cell) if isinstance(cell, str) else None
        if column is not None:
            places.setdefault(column, place)
    return places


def _refuse_doubled(line: int, cells: Sequence[Any]) -> None:
    found = [column for column in map(meaning, (cell for cell in cells if isinstance(cell, str))) if column]
    doubled = next((column for column in found if found.count(column) > 1), None)
    if doubled is not None:
        raise FileRefused("column_doubled", line=line, column=TITLES[doubled])
