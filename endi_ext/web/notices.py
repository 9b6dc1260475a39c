"""What people are told of each event, in a letter and in the host: the words, and where they lead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..kernel.parties import Party
from ..reconciliation.question_models import Question
from ..subcontracts.dispute_models import Dispute
from ..subcontracts.models import Amendment
from ..subcontracts.notices import Case
from . import routes, tender_letters, tender_routes
from .desk_routes import PARTY_QUESTION
from .i18n import _

# By (subject, action): what happened, as both sides may read it. {who} is the side that acted, or the person
# when it was neither; amounts stay on the page.
SENTENCES = {
    ("subcontract", "propose"): _("{who} propose une sous-traitance : {title}"),
    ("subcontract", "counter"): _("{who} a répondu avec des changements : {title}"),
    ("subcontract", "accept"): _("{who} a accepté la proposition : {title}"),
    ("subcontract", "decline"): _("{who} a refusé la proposition : {title}"),
    ("subcontract", "withdraw"): _("{who} a retiré sa proposition : {title}"),
    ("subcontract", "expire"): _("Proposition restée sans réponse à sa date limite : {title}"),
    ("subcontract", "comment"): _("{who} a laissé un commentaire : {title}"),
    ("subcontract", "call_off"): _("{who} vous passe commande : {title}"),
    ("subcontract", "end"): _("{who} a mis fin à l’accord-cadre : {title}"),
    ("subcontract", "pronounce_acceptance"): _("{who} a prononcé la réception : {title}"),
    ("subcontract", "draw_up_final_account"): _("{who} a établi le décompte général, à signer : {title}"),
    ("subcontract", "sign_final_account"): _("{who} a signé le décompte général : {title}"),
    ("subcontract", "refuse_final_account"): _("{who} a refusé le décompte général : {title}"),
    ("subcontract", "withdraw_final_account"): _("{who} a retiré le décompte général : {title}"),
    ("subcontract", "name_invoice"): _(
        "{who} a nommé la facture du client dont dépend le règlement : {title}"
    ),
    ("subcontract", "forget_invoice"): _("{who} ne suit plus cette facture de son client : {title}"),
    ("subcontract", "lift_wait"): _("{who} n’attend plus son client pour vous régler : {title}"),
    ("subcontract", "divide_receipt"): _("{who} a dit ce que couvre un paiement de son client : {title}"),
    ("amendment", "propose"): _("{who} propose l’avenant n° {number} : {title}"),
    ("amendment", "counter"): _("{who} a répondu à l’avenant n° {number} avec des changements : {title}"),
    ("amendment", "accept"): _("{who} a accepté l’avenant n° {number} : {title}"),
    ("amendment", "decline"): _("{who} a refusé l’avenant n° {number} : {title}"),
    ("amendment", "withdraw"): _("{who} a retiré l’avenant n° {number} : {title}"),
    ("amendment", "expire"): _("Avenant n° {number} resté sans réponse à sa date limite : {title}"),
    ("delivery", "declare"): _("{who} a livré, à vérifier : {title}, livraison n° {number}"),
    ("delivery", "accept"): _("{who} a accepté la livraison n° {number} : {title}"),
    ("delivery", "accept_in_part"): _("{who} a accepté en partie la livraison n° {number} : {title}"),
    ("delivery", "accept_by_silence"): _(
        "Livraison n° {number} acceptée faute de réponse dans le délai convenu : {title}"
    ),
    ("delivery", "contest"): _("{who} a contesté la livraison n° {number} : {title}"),
    ("delivery", "withdraw"): _("{who} a retiré la livraison n° {number} : {title}"),
    ("delivery", "reverse"): _("L’acceptation de la livraison n° {number} est annulée : {title}"),
    ("delivery", "remind"): _("Une livraison attend votre réponse : {title}, livraison n° {number}"),
    ("dispute", "write"): _("{who} a écrit dans un différend : {title}"),
    ("dispute", "propose"): _("{who} propose une issue à un différend : {title}"),
    ("dispute", "agree"): _("{who} a accepté l’issue que vous proposiez, le différend est clos : {title}"),
    ("dispute", "ask_arbitration"): _("{who} demande l’arbitrage d’un différend : {title}"),
    ("dispute", "take"): _("{who} arbitre votre différend : {title}"),
    ("dispute", "decide"): _("{who} a tranché le différend : {title}"),
    ("exchange", "recorded"): _("Un échange est enregistré : {title}"),
    ("exchange", "settled"): _("Un règlement est enregistré : {title}"),
    ("exchange", "settlement_reversed"): _("Un règlement est annulé : {title}"),
    ("exchange", "reversed"): _("Un échange est annulé : {title}"),
    ("exchange", "reduced"): _("Un avoir diminue un échange : {title}"),
    ("exchange", "step_rejected"): _("La comptabilité a rejeté une écriture en attente : {title}"),
    ("exchange", "release"): _("La retenue de garantie est libérée : {title}"),
    ("exchange", "release_in_part"): _("Une partie de la retenue de garantie est libérée : {title}"),
    ("exchange", "contest_release"): _("{who} s’oppose à la libération de la retenue de garantie : {title}"),
    ("exchange", "lift_contest"): _("{who} ne s’oppose plus à la libération de la retenue : {title}"),
    ("exchange", "client_paid"): _("Le client a payé, une part devient due : {title}"),
    ("question", "ask"): _("La comptabilité vous pose une question : {title}"),
    ("question", "ask_again"): _("La comptabilité a encore une question : {title}"),
    ("party", "remind"): _("{name} : ce qui attend votre réponse ({count})"),
}

EVERY_SENTENCE = {**SENTENCES, **tender_letters.SENTENCES}

HELLO = _("Bonjour {name},")
REASON = _("Précision :")
TO_READ = _("Pour lire et répondre :")
WITHOUT_ADDRESS = _("Pour lire et répondre : connectez-vous, puis « Échanges internes », « À traiter ».")
WHY = _(
    "Vous recevez cette lettre parce que vous travaillez pour {party}. Vous pouvez n’en recevoir qu’une par "
    "jour, ou aucune : « À traiter », puis « Mes notifications »."
)
DIGEST_TITLE = _("Vos échanges internes, nouvelles du jour : {count}")
DIGEST_INTRO = _("Voici ce qui s’est passé :")


@dataclass(frozen=True)
class Told:
    """One thing to tell one person: `sentence` in their language, `path` of the page, why it was done."""

    sentence: str
    path: str
    reason: str
    party: str


def told(event: Any, case: Case, author: Party | None, party: Party, speech: Any) -> Told:
    """Return what to tell somebody of `party`."""
    facts = {
        "who": event.actor_name if author is None else author.name,
        "title": case.title,
        "number": getattr(case.thing, "number", ""),
        "name": party.name,
        "count": event.state_after,
    }
    sentence = speech.text(EVERY_SENTENCE[(event.subject, event.action)], **facts)
    # A subject is one line, whatever was typed.
    return Told(" ".join(sentence.split()), path_of(case, party), event.reason or "", party.name)


def letter(one: Told, name: str, site: str, speech: Any) -> tuple[str, str]:
    """Return the subject and the body of the letter that tells one thing."""
    reason = [f"{speech.text(REASON)}\n{one.reason}"] if one.reason else []
    parts = [speech.text(HELLO, name=name), f"{one.sentence}.", *reason, *_where(site, one.path, speech)]
    return one.sentence, _body(parts, [one.party], speech)


def digest(many: Sequence[Told], name: str, site: str, speech: Any) -> tuple[str, str]:
    """Return the subject and the body of the letter that tells all of a day."""
    parties = list(dict.fromkeys(one.party for one in many))
    listed = ["\n".join([f"- {one.sentence}", *([f"  {site}{one.path}"] if site else [])]) for one in many]
    parts = [speech.text(HELLO, name=name), speech.text(DIGEST_INTRO), "\n".join(listed)]
    if not site:
        parts.append(speech.text(WITHOUT_ADDRESS))
    return speech.text(DIGEST_TITLE, count=len(many)), _body(parts, parties, speech)


OWN_PAGES: dict[type, tuple[str, str]] = {
    Amendment: (routes.AMENDMENT, "amendment_id"),
    Dispute: (routes.DISPUTE, "dispute_id"),
}


def path_of(case: Case, party: Party) -> str:
    """Return the page on which `party` finds what happened, from the root of the site."""
    ids: dict[str, Any] = {"id": party.host_id}
    if case.subcontract is not None:
        ids["subcontract_id"] = case.subcontract.id
        own = OWN_PAGES.get(type(case.thing))
        if own is not None:
            pattern, name = own
            return address(pattern, **ids, **{name: case.thing.id})
        if case.delivery is not None:
            return address(routes.DELIVERY, delivery_id=case.delivery.id, **ids)
        return address(routes.SUBCONTRACT, **ids)
    if case.exchange is not None:
        return f"{address(routes.PARTY, **ids)}/all/{case.exchange.id}"
    if isinstance(case.thing, Question):
        return address(PARTY_QUESTION, question_id=case.thing.id, **ids)
    of_tender = tender_letters.page_of(case.thing)
    if of_tender is not None:
        tender_id, below = of_tender
        return address(tender_routes.TENDER, tender_id=tender_id, **ids) + below
    return address(routes.PARTY, **ids)


def address(pattern: str, **ids: Any) -> str:
    """Return an address from its pattern: the worker serves no pages and knows no routes."""
    return re.sub(r"\{(\w+):\\d\{[\d,]+\}\}", lambda found: str(ids[found[1]]), pattern)


def _where(site: str, path: str, speech: Any) -> list[str]:
    return [f"{speech.text(TO_READ)}\n{site}{path}"] if site else [speech.text(WITHOUT_ADDRESS)]


def _body(parts: Sequence[str], parties: Sequence[str], speech: Any) -> str:
    why = speech.text(WHY, party=", ".join(parties))
    return "\n\n".join([*parts, f"-- \n{why}"]) + "\n"
