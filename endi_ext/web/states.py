"""How states and steps are called on a page, seen by one of the two parties."""

from dataclasses import dataclass
from typing import Any

from .i18n import _
from .tender_steps import STEPS as OF_TENDERS

VALID, CAUTION, INVALID, NEUTRAL, DRAFT = "valid", "caution", "invalid", "neutral", "draft"


@dataclass(frozen=True)
class Badge:
    """A state in one or two words, with the host's class of its colour."""

    label: str
    css: str


SUBCONTRACT = {
    "agreed": Badge(_("En cours"), VALID),
    "completed": Badge(_("Terminée"), VALID),
    "closed": Badge(_("Close, décompte signé"), VALID),
    "declined": Badge(_("Refusée"), INVALID),
    "withdrawn": Badge(_("Retirée"), NEUTRAL),
    "expired": Badge(_("Restée sans réponse"), NEUTRAL),
}
FRAME = {
    **SUBCONTRACT,
    "agreed": Badge(_("Accord-cadre en vigueur"), VALID),
    "completed": Badge(_("Accord-cadre terminé"), NEUTRAL),
}
AMENDMENT = {
    "agreed": Badge(_("Signé, en vigueur"), VALID),
    "declined": Badge(_("Refusé"), INVALID),
    "withdrawn": Badge(_("Retiré"), NEUTRAL),
    "expired": Badge(_("Resté sans réponse"), NEUTRAL),
}
YOUR_TURN = Badge(_("À vous de répondre"), CAUTION)
THEIR_TURN = Badge(_("En attente de réponse"), NEUTRAL)

DELIVERY = {
    "accepted": Badge(_("Acceptée"), VALID),
    "contested": Badge(_("Contestée"), INVALID),
    "withdrawn": Badge(_("Retirée"), NEUTRAL),
    "reversed": Badge(_("Acceptation annulée"), NEUTRAL),
}
IN_PART = Badge(_("Acceptée en partie"), VALID)
TO_CHECK = Badge(_("À vérifier"), CAUTION)
BEING_CHECKED = Badge(_("En attente d’acceptation"), NEUTRAL)

DISPUTE = {
    "open": Badge(_("En discussion"), NEUTRAL),
    "arbitration": Badge(_("En arbitrage"), CAUTION),
    "closed": Badge(_("Clos"), NEUTRAL),
}
OUTCOME = {
    "accepted": Badge(_("Clos : tout est accepté"), VALID),
    "accepted_in_part": Badge(_("Clos : accepté en partie"), VALID),
    "withdrawn": Badge(_("Clos : rien n’est accepté"), NEUTRAL),
    "released": Badge(_("Clos : tout est libéré"), VALID),
    "released_in_part": Badge(_("Clos : libéré en partie"), VALID),
    "kept": Badge(_("Clos : rien n’est libéré"), NEUTRAL),
}

RETENTION = {
    "held": Badge(_("Retenu"), NEUTRAL),
    "contested": Badge(_("Libération contestée"), INVALID),
    "released": Badge(_("Libéré"), VALID),
}
FINAL_ACCOUNT = {
    "signed": Badge(_("Signé"), VALID),
    "refused": Badge(_("Refusé"), INVALID),
    "withdrawn": Badge(_("Retiré"), NEUTRAL),
}
TO_SIGN = Badge(_("À vous de signer"), CAUTION)
TO_BE_SIGNED = Badge(_("En attente de signature"), NEUTRAL)

EXCHANGE = {
    "waiting": Badge(_("En attente de comptabilisation"), DRAFT),
    "open": Badge(_("À régler"), CAUTION),
    "partly_settled": Badge(_("Réglé en partie"), CAUTION),
    "settled": Badge(_("Réglé"), VALID),
    "cancelled": Badge(_("Annulé"), NEUTRAL),
}

QUESTION = {
    "asked": Badge(_("En attente de réponse"), CAUTION),
    "answered": Badge(_("Répondue"), VALID),
    "closed": Badge(_("Close"), NEUTRAL),
}

STEP_WAITS = Badge(_("Une écriture attend la comptabilité"), DRAFT)
AWAITING_CLIENT = Badge(_("En attente du client"), NEUTRAL)
HELD_BACK = Badge(_("En retenue de garantie"), NEUTRAL)

# What happened, after the name of who did it. Unknown steps show as they are stored.
STEPS = {
    ("subcontract", "propose"): _("a proposé ce travail"),
    ("subcontract", "counter"): _("a répondu avec des changements"),
    ("subcontract", "accept"): _("a accepté la proposition"),
    ("subcontract", "decline"): _("a refusé la proposition"),
    ("subcontract", "withdraw"): _("a retiré sa proposition"),
    ("subcontract", "expire"): _("a constaté que la date limite de réponse était passée"),
    ("subcontract", "comment"): _("a laissé un commentaire"),
    ("subcontract", "amend"): _("a rouvert le travail en signant un avenant"),
    ("subcontract", "call_off"): _("a passé cette commande sur l’accord-cadre"),
    ("subcontract", "end"): _("a mis fin à l’accord-cadre"),
    ("amendment", "propose"): _("a proposé un avenant"),
    ("amendment", "counter"): _("a répondu à l’avenant avec des changements"),
    ("amendment", "accept"): _("a signé l’avenant"),
    ("amendment", "decline"): _("a refusé l’avenant"),
    ("amendment", "withdraw"): _("a retiré son avenant"),
    ("amendment", "expire"): _("a constaté que la date limite de réponse à l’avenant était passée"),
    ("subcontract", "complete"): _("a achevé le travail convenu : tout est livré et accepté"),
    ("subcontract", "reopen"): _("a rouvert la sous-traitance : une livraison acceptée a été annulée"),
    ("subcontract", "pronounce_acceptance"): _(
        "a prononcé la réception : les retenues de garantie sont libérées"
    ),
    ("subcontract", "draw_up_final_account"): _("a établi le décompte général"),
    ("subcontract", "sign_final_account"): _("a signé le décompte général : le travail est clos"),
    ("subcontract", "refuse_final_account"): _("a refusé le décompte général"),
    ("subcontract", "withdraw_final_account"): _("a retiré le décompte général"),
    ("delivery", "declare"): _("a déclaré la livraison"),
    ("delivery", "accept"): _("a accepté la livraison"),
    ("delivery", "accept_in_part"): _("a accepté la livraison en partie"),
    ("delivery", "accept_by_silence"): _(
        "a constaté que le délai de réponse était passé : la livraison est acceptée"
    ),
    ("delivery", "remind"): _("a rappelé que la livraison attend une réponse"),
    ("delivery", "contest"): _("a contesté la livraison"),
    ("delivery", "withdraw"): _("a retiré la livraison"),
    ("delivery", "reverse"): _("a annulé l’acceptation de la livraison"),
    ("delivery", "conclude"): _("a conclu l’accord qui met fin au différend"),
    ("delivery", "abandon"): _("a conclu l’accord qui met fin au différend : la livraison est retirée"),
    ("delivery", "arbitrate"): _("a tranché le différend : la livraison est acceptée, en tout ou en partie"),
    ("delivery", "dismiss"): _("a tranché le différend : la livraison est écartée"),
    ("dispute", "write"): _("a écrit un message"),
    ("dispute", "propose"): _("a proposé une issue au différend"),
    ("dispute", "agree"): _("a accepté l’issue proposée : le différend est clos"),
    ("dispute", "accept"): _("a cédé : le différend est clos"),
    ("dispute", "withdraw"): _("a cédé : le différend est clos"),
    ("dispute", "ask_arbitration"): _("a demandé l’arbitrage"),
    ("dispute", "take"): _("a pris le différend en charge, comme arbitre"),
    ("dispute", "decide"): _("a tranché le différend"),
    ("dispute", "close"): _("a décidé à la place d’une partie qui n’est plus active : le différend est clos"),
    ("subcontract", "name_invoice"): _("a nommé la facture du client"),
    ("subcontract", "forget_invoice"): _("ne suit plus cette facture du client"),
    ("subcontract", "lift_wait"): _("n’attend plus le paiement du client"),
    ("subcontract", "divide_receipt"): _("a dit ce que couvre un paiement du client"),
    ("exchange", "recorded"): _("a enregistré l’échange"),
    ("exchange", "entered"): _("a validé l’écriture en attente : l’échange est au livre"),
    ("exchange", "settlement_waits"): _("a demandé un règlement, qui attend la comptabilité"),
    ("exchange", "reduction_waits"): _("a demandé un avoir, qui attend la comptabilité"),
    ("exchange", "release_waits"): _(
        "a demandé la libération de la retenue de garantie, qui attend la comptabilité"
    ),
    ("exchange", "step_rejected"): _("a rejeté l’écriture en attente : rien n’a changé"),
    ("exchange", "settled"): _("a enregistré un règlement"),
    ("exchange", "settlement_reversed"): _("a annulé un règlement"),
    ("exchange", "reversed"): _("a annulé l’échange"),
    ("exchange", "reduced"): _("a porté un avoir au livre : l’échange vaut moins"),
    ("exchange", "document_asked"): _("a redemandé un document"),
    ("exchange", "document_given_up"): _("a renoncé à un document"),
    ("exchange", "retained"): _("a mis une part en retenue de garantie"),
    ("exchange", "release"): _("a libéré la retenue de garantie"),
    ("exchange", "release_in_part"): _("a libéré une partie de la retenue de garantie"),
    ("exchange", "contest_release"): _("s’oppose à la libération de la retenue de garantie"),
    ("exchange", "lift_contest"): _("a levé son opposition à la libération de la retenue de garantie"),
    ("exchange", "awaits_client"): _("a noté qu’une plus grande part attend le client"),
    ("exchange", "client_paid"): _("a noté que le client a payé : une part devient due"),
    ("question", "ask"): _("a posé la question"),
    ("question", "ask_again"): _("a posé une nouvelle question"),
    ("question", "answer"): _("a répondu"),
    ("question", "close"): _("a fermé la question"),
    **OF_TENDERS,
}


def of_subcontract(subcontract: Any, party: Any) -> Badge:
    """Return the badge of a subcontract as `party` sees it."""
    if subcontract.state == "proposed":
        return THEIR_TURN if subcontract.proposed_by_id == party.id else YOUR_TURN
    return (FRAME if subcontract.kind == "frame" else SUBCONTRACT)[subcontract.state]


def of_amendment(amendment: Any, party: Any) -> Badge:
    """Return the badge of an amendment as `party` sees it."""
    if amendment.state == "proposed":
        return THEIR_TURN if amendment.proposed_by_id == party.id else YOUR_TURN
    return AMENDMENT[amendment.state]


def of_delivery(delivery: Any, party: Any) -> Badge:
    """Return the badge of a delivery as `party` sees it."""
    if delivery.state == "declared":
        return TO_CHECK if delivery.subcontract.buyer_id == party.id else BEING_CHECKED
    return of_any_delivery(delivery)


def of_any_delivery(delivery: Any) -> Badge:
    """Return the badge of a delivery as people who are not a side of it see it."""
    if delivery.state == "declared":
        return BEING_CHECKED
    if delivery.state == "accepted" and delivery.accepted_cents != delivery.net_cents:
        return IN_PART
    return DELIVERY[delivery.state]


def of_dispute(dispute: Any, side: str) -> Badge:
    """Return the badge of a dispute as one of its sides, or its arbiter, sees it."""
    if dispute.state == "closed":
        return OUTCOME.get(dispute.outcome, DISPUTE["closed"])
    return YOUR_TURN if dispute.expected in (side, "both") else DISPUTE[dispute.state]


def of_retention(retention: Any) -> Badge:
    """Return the badge of what is held back."""
    return RETENTION[retention.state]


def of_final_account(account: Any, party: Any) -> Badge:
    """Return the badge of a final account as `party` sees it."""
    if account.state == "proposed":
        return TO_BE_SIGNED if account.drawn_by_id == party.id else TO_SIGN
    return FINAL_ACCOUNT[account.state]


def of_exchange(exchange: Any) -> Badge:
    """Return the badge of an exchange; while nothing of it is due, why."""
    if exchange.state == "waiting":
        return EXCHANGE["waiting"]
    if exchange.step_waits:
        return STEP_WAITS
    if exchange.remaining_cents and not exchange.due_cents:
        return AWAITING_CLIENT if exchange.awaiting_cents else HELD_BACK
    return EXCHANGE[exchange.state]


def of_question(question: Any) -> Badge:
    """Return the badge of a question."""
    return QUESTION[question.state]


def step_of(event: Any) -> str:
    """Return what an event of the history says, as a marked sentence."""
    return STEPS.get((event.subject, event.action), event.action)
