"""How papers, steps, questions and parts of a tender are called on a page; what usual lists hold."""

from datetime import date
from typing import Any

from ..tenders import calendar, checklist, proposal, questions
from ..tenders.calendar import Step
from ..tenders.checklist import Item
from .i18n import _
from .states import CAUTION, DRAFT, INVALID, NEUTRAL, VALID, Badge

PAPER = {
    checklist.MISSING: Badge(_("À fournir"), CAUTION),
    checklist.PROVIDED: Badge(_("À vérifier"), NEUTRAL),
    checklist.CHECKED: Badge(_("Vérifiée"), VALID),
    checklist.NOT_NEEDED: Badge(_("Sans objet ici"), DRAFT),
    checklist.MADE: Badge(_("Préparée avec le dossier"), VALID),
}
EXPIRES = Badge(_("Périmée avant la remise"), INVALID)
OVER = Badge(_("Périmée"), INVALID)
TO_RENEW = Badge(_("À renouveler"), CAUTION)
WHO = {
    checklist.COOPERATIVE: _("La coopérative"),
    checklist.TEAM: _("L’équipe"),
    checklist.MEMBER: _("Chaque entrepreneur de l’équipe"),
    checklist.FIRM: _("Chaque entreprise extérieure"),
}
ORIGIN = {
    checklist.NOTICE: _("Demandée par l’acheteur"),
    checklist.LIST: _("Liste de la coopérative"),
    checklist.TEAM_ADDED: _("Ajoutée par l’équipe"),
}

STEPS = {
    calendar.DECIDE: _("Décider d’y aller ou non"),
    calendar.QUESTIONS: _("Poser les questions à l’acheteur"),
    calendar.PRICES: _("Prix et répartition arrêtés"),
    calendar.PAPERS: _("Pièces réunies et vérifiées"),
    calendar.PROPOSAL: _("Mémoire technique écrit"),
    calendar.REVIEW: _("Relecture de tout le dossier"),
    calendar.SUBMIT: _("Déposer l’offre"),
}
DONE = Badge(_("Fait"), VALID)
LATE = Badge(_("En retard"), INVALID)
SOON = Badge(_("Cette semaine"), CAUTION)
AHEAD = Badge(_("À venir"), NEUTRAL)
WITHIN_DAYS = 7

QUESTION = {
    questions.DRAFT: Badge(_("À poser"), CAUTION),
    questions.SENT: Badge(_("Posée, réponse attendue"), NEUTRAL),
    questions.ANSWERED: Badge(_("Répondue"), VALID),
    questions.WITHDRAWN: Badge(_("Abandonnée"), DRAFT),
}
PART = {
    proposal.TO_WRITE: Badge(_("À écrire"), CAUTION),
    proposal.DRAFT: Badge(_("En cours d’écriture"), NEUTRAL),
    proposal.READY: Badge(_("Prête"), VALID),
}

# What cooperatives are usually asked for; a beginning, to be changed. (words, who, has a term)
USUAL_PAPERS = (
    (_("Extrait Kbis de moins de trois mois"), checklist.COOPERATIVE, True),
    (_("Attestation de vigilance URSSAF"), checklist.COOPERATIVE, True),
    (_("Attestation de régularité fiscale"), checklist.COOPERATIVE, True),
    (_("Attestation d’assurance responsabilité civile professionnelle"), checklist.COOPERATIVE, True),
    (_("Relevé d’identité bancaire"), checklist.COOPERATIVE, False),
    (_("Pouvoir du signataire"), checklist.COOPERATIVE, True),
    (_("Chiffre d’affaires des trois derniers exercices"), checklist.COOPERATIVE, True),
    (_("Références et CV"), checklist.MEMBER, False),
    (_("Attestation d’assurance décennale, si le métier l’exige"), checklist.MEMBER, True),
    (_("Extrait Kbis"), checklist.FIRM, True),
    (_("Attestation de vigilance URSSAF"), checklist.FIRM, True),
    (_("Attestation de régularité fiscale"), checklist.FIRM, True),
    (_("Attestation d’assurance"), checklist.FIRM, True),
    (_("Habilitation du mandataire, signée"), checklist.FIRM, False),
)

# A plan to begin a technical proposal with: title, what belongs in it.
USUAL_PARTS = (
    (
        _("Compréhension du besoin"),
        _("Ce que l’acheteur attend, dans vos mots ; ce que vous avez vu sur place."),
    ),
    (
        _("L’équipe et son organisation"),
        _("Qui fait quoi, l’interlocuteur de l’acheteur, comment vous vous coordonnez."),
    ),
    (_("Méthode et moyens"), _("Déroulement, matériel, fournitures, contrôle de la qualité.")),
    (_("Calendrier d’exécution"), _("Étapes, durées, ce qui dépend de l’acheteur.")),
    (
        _("Références comparables"),
        _("Trois chantiers ou missions semblables : client, date, montant, ce qui s’y compare."),
    ),
    (
        _("Environnement et insertion"),
        _("Déchets, déplacements, matériaux, emploi : seulement ce que vous ferez vraiment."),
    ),
)
CRITERION_GUIDANCE = _("Critère de jugement de l’acheteur. Répondez-y point par point.")


def of_paper(item: Item) -> Badge:
    """Return the badge of a paper of the checklist."""
    return EXPIRES if item.expires else PAPER[item.state]


def who_of(item: Item, speech: Any) -> str:
    """Return who provides a paper, in words."""
    return item.member.name if item.member is not None else str(speech.text(WHO[item.who]))


def of_step(step: Step, today: date) -> Badge:
    """Return the badge of a step."""
    if step.done:
        return DONE
    if step.is_late(today):
        return LATE
    return SOON if step.on is not None and (step.on - today).days < WITHIN_DAYS else AHEAD


def name_of(step: Step, speech: Any) -> str:
    """Return what a step is called."""
    return step.label or str(speech.text(STEPS[step.key]))


# What happened to a paper, after the name of who did it.
EVENTS = {
    "add": _("a ajouté la pièce à la liste"),
    "provide": _("a déposé la pièce"),
    "check": _("a vérifié la pièce"),
    "send_back": _("demande la pièce de nouveau"),
    "set_aside": _("a marqué la pièce sans objet"),
    "ask_again": _("a remis la pièce au programme"),
}


def event_of(event: Any) -> str:
    """Return what an event of a paper says, as a marked sentence."""
    return EVENTS.get(event.action, event.action)
