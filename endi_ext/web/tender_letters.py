"""What people are told of tenders: the words of each event, and the page it leads to."""

from typing import Any

from ..tenders.models import Member, Tender
from ..tenders.paper_models import ProposalPart, TenderPaper, TenderQuestion, TenderStep
from .i18n import _

SENTENCES = {
    ("tender", "update"): _("L’acheteur a modifié la consultation : {title}"),
    ("tender", "edit"): _("{who} a corrigé ce qui est su de la consultation : {title}"),
    ("tender", "choose_lots"): _("{who} a changé les lots auxquels l’équipe répond : {title}"),
    ("tender", "take_position"): _("{who} a pris position : {title}"),
    ("tender", "arrange_decision"): _("{who} a réglé comment l’équipe décide d’y aller : {title}"),
    ("tender", "change_shares"): _("{who} a changé la répartition des prix : {title}"),
    ("tender", "change_terms"): _("{who} a changé la rémunération, les frais ou l’échéancier : {title}"),
    ("tender", "change_liability"): _("{who} a choisi la forme de la réponse : {title}"),
    ("tender", "go"): _("C’est décidé, l’équipe répond : {title}"),
    ("tender", "no_go"): _("C’est décidé, l’équipe ne répond pas : {title}"),
    ("tender", "reconsider"): _("{who} remet la décision de répondre en question : {title}"),
    ("tender", "reopen"): _("{who} rouvre une réponse abandonnée : {title}"),
    ("tender", "submit"): _("{who} a déposé l’offre de l’équipe : {title}"),
    ("tender", "take_back"): _("{who} a noté que l’offre n’est pas déposée : {title}"),
    ("tender", "win"): _("Votre équipe a gagné : {title}"),
    ("tender", "lose"): _("L’offre de votre équipe n’est pas retenue : {title}"),
    ("tender", "note_result"): _("{who} a noté le résultat d’un lot : {title}"),
    ("tender", "correct_outcome"): _("{who} a corrigé le résultat : {title}"),
    ("tender", "abandon"): _("{who} abandonne la réponse : {title}"),
    ("tender", "remind"): _("La remise des offres approche (J-{count}) : {title}"),
    ("member", "invite"): _("{who} vous invite à répondre ensemble : {title}"),
    ("member", "invite_again"): _("{who} vous invite de nouveau à répondre ensemble : {title}"),
    ("member", "accept"): _("{who} rejoint votre équipe : {title}"),
    ("member", "decline"): _("{who} décline votre invitation : {title}"),
    ("member", "change"): _("{who} a changé ce qui vous est demandé : {title}"),
    ("member", "hand_over"): _("{who} vous confie la conduite de la réponse : {title}"),
    ("member", "remove"): _("{who} vous retire de l’équipe : {title}"),
    ("member", "leave"): _("{who} quitte votre équipe : {title}"),
    ("member", "remind"): _("Une invitation à répondre ensemble attend votre réponse : {title}"),
    ("tender_paper", "add"): _("{who} demande une pièce de plus : {title}"),
    ("tender_paper", "provide"): _("{who} a déposé une pièce, à vérifier : {title}"),
    ("tender_paper", "send_back"): _("{who} demande une pièce de nouveau : {title}"),
    ("tender_step", "arrange"): _("{who} a changé une étape dont vous vous chargez : {title}"),
    ("tender_step", "add"): _("{who} vous confie une étape : {title}"),
    ("tender_step", "remind"): _("Une étape arrive à son terme : {title}"),
    ("tender_question", "answer"): _("L’acheteur a répondu à une question : {title}"),
    ("proposal_part", "give"): _("{who} vous confie une partie du mémoire : {title}"),
    ("proposal_part", "finish"): _("{who} a terminé une partie du mémoire : {title}"),
}

# Below the tender's own page, where each thing is dealt with.
PAGES: dict[type, str] = {
    Tender: "",
    Member: "",
    TenderPaper: "/checklist",
    TenderStep: "/calendar",
    TenderQuestion: "/questions",
    ProposalPart: "/proposal",
}


def page_of(thing: Any) -> tuple[int, str] | None:
    """Return the tender's id and the page below its own, none for what is nothing of a tender."""
    below = PAGES.get(type(thing))
    if below is None:
        return None
    return (thing.id if isinstance(thing, Tender) else thing.tender_id), below
