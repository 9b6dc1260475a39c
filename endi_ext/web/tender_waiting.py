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
    """How a kind is said and where it is dealt with, below the tender's own page ("" for that page)."""

    sentence: str
    button: str
    page: str = ""
    dated: str = ""


WORDS = {
    waiting.INVITATION: Words(
        _("On vous invite à répondre ensemble :"),
        _("Lire et répondre"),
        dated=_("On vous invite à répondre ensemble, réponse attendue pour le {on} :"),
    ),
    waiting.POSITION: Words(
        _("Votre avis est attendu, y aller ou non :"),
        _("Prendre position"),
        dated=_("Votre avis est attendu pour le {on}, y aller ou non :"),
    ),
    waiting.DECISION: Words(_("Votre équipe s’est prononcée, à vous de conclure :"), _("Conclure")),
    waiting.PAPERS: Words(
        _("Pièces que vous avez à fournir, {count} :"),
        _("Déposer les pièces"),
        "checklist",
        _("Pièces que vous avez à fournir pour le {on}, {count} :"),
    ),
    waiting.CHECKS: Words(
        _("Pièces à vérifier, {count} :"),
        _("Vérifier les pièces"),
        "checklist",
        _("Pièces à vérifier pour le {on}, {count} :"),
    ),
    waiting.PARTS: Words(
        _("Parties du mémoire à écrire, {count} :"),
        _("Écrire"),
        "proposal",
        _("Parties du mémoire à écrire pour le {on}, {count} :"),
    ),
    waiting.QUESTIONS: Words(
        _("Questions à poser à l’acheteur, {count} :"),
        _("Voir les questions"),
        "questions",
        _("Questions à poser à l’acheteur pour le {on}, {count} :"),
    ),
    waiting.STEP: Words(
        _("Étape « {step} » :"), _("Voir le calendrier"), "calendar", _("Étape « {step} », pour le {on} :")
    ),
    waiting.OVERDUE: Words(
        _("La date limite est passée : dites si l’offre est déposée ou abandonnée."),
        _("Dire ce qu’il en est"),
    ),
}


def tasks(found: Sequence[Waited], context: Any, speech: Any) -> list[Task]:
    """Return what the reader is expected to do in tenders, the most pressing first."""
    return [_task(item, context, speech) for item in found]


def _task(item: Waited, context: Any, speech: Any) -> Task:
    words = WORDS[item.kind]
    facts = {"count": item.count, "on": speech.day(item.until) if item.until else ""}
    if item.kind == waiting.STEP:
        facts["step"] = paper_words.name_of(item.thing, speech)
    route = f"tender.{words.page}" if words.page else "tender"
    return Task(
        sentence=words.dated if words.dated and item.until else words.sentence,
        facts=facts,
        title=item.tender.title,
        url=context.path(route, tender_id=item.tender.id),
        button=words.button,
    )
