"""The command `endi-ext adopt`: the host's internal documents brought into the books."""

from datetime import UTC, datetime, time
from secrets import token_hex
from typing import TYPE_CHECKING

import click

from .terminal import Chosen, act, host_reading, progress, require_tables, table

if TYPE_CHECKING:
    from .installation import Installation
    from .reconciliation.pair_models import Adoption

DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command()
@click.option("--dry-run", is_flag=True, help="Regarder seulement, sans rien porter au livre.")
@click.option("--since", type=DAY, help="Seulement ce qui a changé depuis ce jour (AAAA-MM-JJ).")
@click.pass_obj
def adopt(chosen: Chosen, *, dry_run: bool, since: datetime | None) -> None:
    """Reprendre les documents internes de l'hôte : ceux qui concordent deviennent des échanges.

    Rien n'est changé chez l'hôte. Relancée, la commande ajoute ce qui est nouveau et rien d'autre ;
    interrompue, elle garde ce qui est déjà repris.
    """
    installation = chosen.installation()
    require_tables(installation)
    run = _run(installation, dry_run=dry_run, since=_instant(since))
    _print(run)


def _run(installation: "Installation", *, dry_run: bool, since: datetime | None) -> "Adoption":
    """Go through the documents batch by batch, each in a transaction of its own."""
    from .installation import writing
    from .reconciliation import adoption_runs
    from .reconciliation.pair_models import RUNNING, Adoption

    reading = host_reading(installation)
    with writing(installation) as session:
        key = token_hex(16)
        run = adoption_runs.begin(session, reading, dry_run=dry_run, request_key=key, act=act(), since=since)
    with progress("Reprise") as bar:
        while run.state == RUNNING:
            with writing(installation) as session:
                run = adoption_runs.go_on(session, session.get(Adoption, run.id) or run, reading, act())
            bar(run.seen, max(run.expected, run.seen))
    return run


def _instant(since: datetime | None) -> datetime | None:
    from .kernel.paris import PARIS

    return None if since is None else datetime.combine(since, time.min, PARIS).astimezone(UTC)


def _print(run: "Adoption") -> None:
    from .web.adoption_words import KINDS, REASONS, word_of
    from .web.speech import Speech

    speech = Speech()
    rows = [
        (speech.text(KINDS[kind]), speech.text(word_of(became, dry_run=run.dry_run)), count)
        for kind, of_it in sorted(run.counts.items())
        for became, count in sorted(of_it.items(), key=lambda one: (one[0] in REASONS, one[0]))
    ]
    if rows:
        table(("Documents", "Ce qu'ils deviennent", "Nombre"), rows)
    left_out = sum(count for of_it in run.counts.values() for name, count in of_it.items() if name in REASONS)
    if run.dry_run:
        click.echo("Rien n'a été porté au livre : c'était un regard.")
    click.echo(f"{run.seen} document(s) lu(s), {left_out} laissé(s) de côté (page Reprise, n° {run.id}).")
