"""The commands of tenders: `endi-ext import notice`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .terminal import Chosen, act, require_tables, sentence

if TYPE_CHECKING:
    from .tenders.notice_store import Kept
    from .tenders.notices.model import Notice
    from .tenders.notices.reading import Reading

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORMATS = click.Choice(["text", "json"])

OUTCOMES = {
    "new": "Nouvel avis",
    "same": "Avis déjà connu, rien n'a changé",
    "changed": "Avis mis à jour",
    "older": "Avis gardé pour mémoire, un plus récent est en vigueur",
}


@click.command()
@click.argument("file", type=FILE, metavar="FICHIER")
@click.option(
    "--format", "form", type=FORMATS, default="text", show_default=True,
    help="json : écrire ce qui est lu, sans rien enregistrer.",
)  # fmt: skip
@click.pass_obj
def notice(chosen: Chosen, *, file: Path, form: str) -> None:
    """Reprendre un avis de marché publié : XML eForms (TED, BOAMP), JSON ou XML du BOAMP.

    Le contenu décide, non le nom du fichier. Le même avis deux fois ne change rien ; un rectificatif met à
    jour les réponses en cours. Ce qui n'est pas un appel d'offres est refusé en disant ce que c'est.
    """
    reading = _read(file)
    if form == "json":
        _print(reading)
    else:
        _keep(chosen, reading)
    for refusal in reading.refused:
        click.echo(f"Laissé de côté : {sentence(refusal)}", err=True)


def _read(file: Path) -> "Reading":
    from .tenders.notices import reading

    with file.open("rb") as stream:
        # One byte too many is enough to know: the rest is never read.
        return reading.read_all(stream.read(reading.MOST_BYTES + 1))


def _print(reading: "Reading") -> None:
    import json

    from .tenders.notices.model import plain

    listed = [plain(one.notice) for one in reading.notices]
    shown = listed[0] if len(listed) == 1 else listed
    # As bytes: a terminal that is not in UTF-8 must not stop it.
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2).encode())


def _keep(chosen: Chosen, reading: "Reading") -> None:
    from .installation import writing
    from .tenders import notice_store

    installation = chosen.installation()
    require_tables(installation)
    with writing(installation) as session:
        told = [_told(notice_store.keep(session, one, act()), one.notice) for one in reading.notices]
    for line in told:
        click.echo(line)


def _told(kept: "Kept", notice: "Notice") -> str:
    from .kernel.paris import PARIS

    named = notice.title or notice.notice_id or "sans titre"
    due = notice.deadline and f"à remettre avant le {notice.deadline.astimezone(PARIS):%d/%m/%Y à %H:%M}"
    facts = ", ".join(part for part in (f"« {named} »", notice.buyer_name, due) if part)
    updated = f" ; réponses en cours mises à jour : {len(kept.updated)}" if kept.updated else ""
    return f"{OUTCOMES[kept.outcome]} : {facts}{updated}."
