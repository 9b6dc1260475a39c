"""The command `endi-ext letter`: a book that was there before letters is caught up with."""

from typing import TYPE_CHECKING

import click

from .terminal import Chosen, act, progress, require_tables

if TYPE_CHECKING:
    from .installation import Installation


@click.command("letter")
@click.pass_obj
def letter(chosen: Chosen) -> None:
    """Lettrer ce qui ne l'est pas encore : échanges et règlements d'avant le lettrage, écritures annulées.

    À lancer une fois après une mise à jour ; ce qui est lettré ou annulé à la main n'est pas touché.
    Reprend où il en était s'il est interrompu ; le traitement quotidien fait de même, par petites parties.
    """
    installation = chosen.installation()
    require_tables(installation)
    accounts, letters = _catch_up(installation)
    click.echo(f"{letters} lettrage(s) posé(s), {accounts} compte(s) pris en compte.")


def _catch_up(installation: "Installation") -> tuple[int, int]:
    from .exchanges import letters
    from .installation import writing

    accounts = made = 0
    with progress("Lettrage") as bar:
        while True:
            with writing(installation) as session:
                part = letters.catch_up(session, act())
            accounts, made = accounts + part.accounts, made + part.letters
            bar(part.done, part.total)
            if part.finished:
                return accounts, made
