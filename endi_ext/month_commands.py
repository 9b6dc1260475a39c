"""The command `endi-ext close`: a month closed from the command line, through the same checks as its page."""

from typing import Any

import click

from .terminal import Chosen, Failure, act, progress, require_tables, table


@click.command("close")
@click.option("--period", "named", required=True, metavar="2026-11", help="Le mois à clôturer.")
@click.option("--reason", default="", help="Le motif pour lequel ce qui reste à faire peut attendre.")
@click.option("--dry-run", is_flag=True, help="Dire seulement ce qui reste à faire.")
@click.pass_obj
def close(chosen: Chosen, *, named: str, reason: str, dry_run: bool) -> None:
    """Clôturer un mois, après les mêmes vérifications que la page Fin de mois.

    Ce qui bloque doit être réglé ; le reste peut être passé avec --reason, conservé dans l'historique du
    mois.
    """
    from pyramid.paster import bootstrap

    installation = chosen.installation()
    require_tables(installation)
    if not installation.includes_us:
        raise Failure("L'application ne charge pas encore endi_ext : ajoutez-le à ses includes.")
    # The host says what it has not made or exported: it must run.
    with bootstrap(str(installation.ini)) as environment:
        request = environment["request"]
        with request.tm, progress("Clôture") as bar:
            _close(request, named, reason, dry_run=dry_run, bar=bar)


def _close(request: Any, named: str, reason: str, *, dry_run: bool, bar: Any) -> None:
    from .web import month_desk

    session, host = request.dbsession, request.registry.endi_ext_host
    span = month_desk.month_of(session, named)
    setting = month_desk.setting_of(session, span, host)
    desk = month_desk.read(setting)
    _show(desk)
    if dry_run:
        return
    period = month_desk.close(setting, act(), reason=reason, progress=bar)
    click.echo(f"Le mois {span.name} est clôturé par {period.closed_by}.")
    click.echo(f"Son certificat : endi-ext export certificate --period {span.name} --out FICHIER")


def _show(desk: Any) -> None:
    from .web import month_words
    from .web.speech import Speech

    speech = Speech()
    rows = [
        (speech.text(month_words.WORDS[line.code].title), _state(line.state, speech), line.count)
        for line in desk.lines
    ]
    table(("Point", "État", "Nombre"), rows)


def _state(state: str, speech: Any) -> str:
    from .web import month_words

    return str(speech.text(month_words.STATES[state]))
