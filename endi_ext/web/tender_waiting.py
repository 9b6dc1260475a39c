"""What waits for the reader in tenders, in words: a line of the first page for each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..tenders import waiting
from ..tenders.waiting import Waited
from . import paper_words
from .i18n import _
from .waiting import Task


@dataclass(frozen=True)
class Words:
    """How a kind is said, one thing or several, and where it is dealt with below the tender's own page."""

    one: str
    button: str
    page: str = ""
    several: str = ""


WORDS = {
    waiting.INVITATION: Words(_("On vous invite à répondre ensemble :"), _("Lire et répondre")),
    waiting.POSITION: Words(_("Votre avis est attendu, y aller ou non :"), _("Prendre position"), "decision"),
    waiting.DECISION: Words(
        _("Votre équipe s’est prononcée, à vous de conclure :"), _("Conclure"), "decision"
    ),
    waiting.PAPERS: Words(
        _("Vous avez une pièce à fournir :"),
        _("Déposer les pièces"),
        "checklist",
        _("Vous avez {count} pièces à fournir :"),
    ),
    waiting.CHECKS: Words(
        _("Une pièce est à vérifier :"),
        _("Vérifier les pièces"),
        "checklist",
        _("{count} pièces sont à vérifier :"),
    ),
    waiting.PARTS: Words(
        _("Vous avez une partie du mémoire à écrire :"),
        _("Écrire"),
        "proposal",
        _("Vous avez {count} parties du mémoire à écrire :"),
    ),
    waiting.QUESTIONS: Words(
        _("Une question est à poser à l’acheteur :"),
        _("Voir les questions"),
        "questions",
        _("{count} questions sont à poser à l’acheteur :"),
    ),
    waiting.STEP: Words(_("Étape « {step} » :"), _("Voir le calendrier"), "calendar"),
    waiting.OVERDUE: Words(
        _("La date limite est passée, dites si l’offre est déposée ou abandonnée :"),
        _("Dire ce qu’il en est"),
        "outcome",
    ),
    waiting.CHANGED: Words(_("L’acheteur a changé la consultation, relisez-la :"), _("Voir ce qui change")),
    waiting.RESULT: Words(
        _("L’offre est déposée depuis longtemps, notez le résultat :"), _("Noter le résultat"), "outcome"
    ),
    waiting.AGREEMENTS: Words(
        _("C’est gagné, envoyez à chacun son accord :"), _("Préparer les accords"), "agreements"
    ),
}


def tasks(found: Sequence[Waited], context: Any, speech: Any) -> list[Task]:
    """Return what the reader is expected to do in tenders, the most pressing first."""
    return [_task(item, context, speech) for item in found]


def _task(item: Waited, context: Any, speech: Any) -> Task:
    words = WORDS[item.kind]
    facts: dict[str, Any] = {"count": item.count}
    if item.kind == waiting.STEP:
        facts["step"] = paper_words.name_of(item.thing, speech)
    route = f"tender.{words.page}" if words.page else "tender"
    return Task(
        sentence=words.several if words.several and item.count > 1 else words.one,
        facts=facts,
        title=item.tender.title,
        url=context.path(route, tender_id=item.tender.id),
        button=words.button,
        until=item.until,
    )
