"""The command `endi-ext reconcile`: two lists of documents, or the host's, held against each other."""

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .terminal import Chosen, Failure, sentence_of, table

if TYPE_CHECKING:
    from .reconciliation.documents import Outcome
    from .reconciliation.lists import Read

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)

RULES = {
    "exact": "même montant, même référence ou même jour",
    "window": "même montant, dates proches",
    "date": "même montant, dates éloignées",
    "one_to_many": "une vente, plusieurs achats",
    "many_to_one": "plusieurs ventes, un achat",
    "tolerance": "montants proches",
    "label": "même libellé, montants différents",
    "party": "même référence, autres enseignes",
}
REASONS = {
    "missing_other_side": "rien en face",
    "duplicate": "en double",
    "ambiguous": "plusieurs documents possibles en face",
}
SIDES = {"sales": "Ventes", "purchases": "Achats"}


@click.command()
@click.option("--sales", type=FILE, help="Ce que disent les vendeurs (CSV ou XLSX).")
@click.option("--purchases", type=FILE, help="Ce que disent les acheteurs (CSV ou XLSX).")
@click.option("--period", metavar="2026-11|2026", help="Sans listes : un mois, ou un exercice de l'hôte.")
@click.option("--check", is_flag=True, help="Sans listes : finir en échec (1) s'il y a des écarts.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv", "xlsx"]),
    default="text",
    show_default=True,
    help="csv et xlsx : avec --out.",
)
@click.option(
    "--out", type=OUT, help="Le fichier à écrire (csv, xlsx) : une ligne par document ou par écart."
)
@click.pass_obj
def reconcile(
    chosen: Chosen,
    *,
    sales: Path | None,
    purchases: Path | None,
    period: str | None,
    shape: str,
    check: bool,
    out: Path | None,
) -> None:
    """Rapprocher deux listes de documents sans clé commune, ou les documents internes de l'hôte.

    Sans listes, les documents internes de l'hôte sont comparés deux à deux, et chaque écart est nommé.
    Deux listes ont pour colonnes, dans n'importe quel ordre : id, seller, buyer, date, amount ;
    facultatives : label, reference. Ce qui est sûr est confirmé, le reste est proposé avec ce qui diffère ;
    rien n'est enregistré.
    """
    if (out is None) != (shape in ("text", "json")):
        raise click.UsageError("--out va avec --format csv ou xlsx, et eux avec lui.")
    if sales is None and purchases is None:
        from . import finding_commands

        found = finding_commands.print_findings(chosen.installation(), period, shape, out)
        sys.exit(1 if check and found else 0)
    if sales is None or purchases is None or period:
        raise click.UsageError("Donnez --sales et --purchases ensemble, ou ni l'une ni l'autre.")
    _lists(sales, purchases, shape, out)


def _lists(sales: Path, purchases: Path, shape: str, out: Path | None) -> None:
    from .reconciliation import matching

    here, there = _read(sales), _read(purchases)
    outcome = matching.match(here.documents, there.documents)
    if out is not None:
        _write(outcome, here, there, shape, out)
    elif shape == "json":
        _print_json(outcome)
    else:
        _print_text(outcome)


def _write(outcome: "Outcome", sales: "Read", purchases: "Read", shape: str, out: Path) -> None:
    """Write the file whole or not at all, beside its place first."""
    from .web import matching_files
    from .web.speech import Speech

    rows = matching_files.of_outcome(outcome, sales, purchases)
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            matching_files.write(rows, shape, file, Speech().text)
        part.replace(out)
    except OSError as trouble:
        raise Failure(f"{out} ne peut pas être écrit : {trouble.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{out} : {len(outcome.matches)} rapprochements, {len(outcome.unmatched)} documents seuls.")


def _read(path: Path) -> "Read":
    from .reconciliation import lists

    with path.open("rb") as stream:
        found = lists.read(stream)
    for refusal in found.refused:
        place = ", ".join(part for part in (f"ligne {refusal.line}", refusal.column) if part)
        click.echo(f"{path.name}, {place} : {sentence_of(refusal.code, dict(refusal.facts))}", err=True)
    if found.refused:
        raise Failure(f"Rien n'a été rapproché : {len(found.refused)} refus dans {path.name}.")
    return found


def _print_json(outcome: "Outcome") -> None:
    shown = {
        "matches": [asdict(match) for match in outcome.matches],
        "unmatched": [asdict(one) for one in outcome.unmatched],
    }
    # As bytes: a terminal that is not in UTF-8 must not stop it.
    click.echo(json.dumps(shown, ensure_ascii=False).encode())


def _print_text(outcome: "Outcome") -> None:
    confirmed = [match for match in outcome.matches if match.confirmed]
    suggested = [match for match in outcome.matches if not match.confirmed]
    click.echo(
        f"Confirmés : {len(confirmed)}. Proposés : {len(suggested)}. Seuls : {len(outcome.unmatched)}."
    )
    if suggested:
        headings = ("Ventes", "Achats", "Écart", "Jours", "Pourquoi")
        rows = [
            (
                ", ".join(match.sales),
                ", ".join(match.purchases),
                f"{match.difference_cents / 100:.2f}".replace(".", ","),
                match.day_difference,
                RULES[match.rule],
            )
            for match in suggested
        ]
        table(headings, rows)
    counts = Counter((one.side, one.reason) for one in outcome.unmatched)
    for (side, reason), count in sorted(counts.items()):
        click.echo(f"{SIDES[side]}, {REASONS[reason]} : {count}")
        click.echo(
            "  " + ", ".join(one.id for one in outcome.unmatched if (one.side, one.reason) == (side, reason))
        )
