"""What waits for the reader, in words: a line of the first page for each kind of subcontracts/waiting.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..subcontracts import waiting
from ..subcontracts.waiting import Waited, Waiting
from .i18n import _

TITLE = "{title}"
DELIVERY_TITLE = _("{title}, livraison n° {number}")
AMENDMENT_TITLE = _("{title}, avenant n° {number}")


@dataclass(frozen=True)
class Task:
    """One thing to do: what happened, what it is about, where to do it."""

    sentence: str
    facts: Mapping[str, Any]
    title: str
    url: str
    button: str
    amount_cents: int | None = None
    primary: bool = True
    more: tuple[str, str] | None = None  # another button: its address and its label
    until: date | None = None


@dataclass(frozen=True)
class Words:
    """How a kind is said; `{name}` is the other side."""

    sentence: str
    button: str
    title: str = TITLE
    primary: bool = True
    amount: Callable[[Waited], int | None] = field(default=lambda item: item.thing.net_cents)


def _version_total(item: Waited) -> int:
    return item.total_cents


def _no_amount(_item: Waited) -> None:
    return None


def _at_stake(item: Waited) -> int:
    return int(item.thing.amount_cents)


IN_DISPUTE = Words(
    _("{name} attend votre réponse dans un différend :"), _("Lire et répondre"), amount=_at_stake
)
WORDS = {
    waiting.PROPOSAL: Words(_("{name} attend votre réponse :"), _("Lire et répondre"), amount=_version_total),
    waiting.AMENDMENT: Words(
        _("{name} propose de changer l’accord :"),
        _("Lire et répondre"),
        AMENDMENT_TITLE,
        amount=_version_total,
    ),
    waiting.DELIVERY: Words(_("{name} a livré :"), _("Vérifier la livraison"), DELIVERY_TITLE),
    waiting.CONTESTED: Words(_("{name} a contesté :"), _("Lire le motif"), DELIVERY_TITLE),
    waiting.DISPUTE + "_buyer": IN_DISPUTE,
    waiting.DISPUTE + "_seller": IN_DISPUTE,
    waiting.REVERSED: Words(
        _("L’acceptation a été annulée par le service comptable :"),
        _("Lire le motif"),
        DELIVERY_TITLE,
        primary=False,
    ),
    waiting.FINAL_ACCOUNT: Words(
        _("{name} a établi le décompte général :"),
        _("Vérifier et signer"),
        amount=lambda item: int(item.thing.accepted_cents),
    ),
    waiting.ACCEPTANCE: Words(
        _("Tout est livré : une retenue attend que vous prononciez la réception."),
        _("Voir la retenue"),
        amount=_no_amount,
    ),
    waiting.CLIENT_INVOICE: Words(
        _("Le règlement suit votre client : dites quelle facture il paie."),
        _("Nommer la facture"),
        amount=_no_amount,
    ),
}
AGAIN = _("Livrer de nouveau")


def tasks(found: Waiting, context: Any, speech: Any) -> list[Task]:
    """Return what the reader is expected to do, the oldest first."""
    return [_task(item, context, speech) for item in found.items]


def _task(item: Waited, context: Any, speech: Any) -> Task:
    words, subcontract = WORDS[item.kind], item.subcontract
    partner = subcontract.seller if subcontract.buyer_id == context.party.id else subcontract.buyer
    facts = {"title": subcontract.title, "number": getattr(item.thing, "number", "")}
    return Task(
        sentence=words.sentence,
        facts={"name": partner.name},
        title=subcontract.title if words.title == TITLE else speech.text(words.title, **facts),
        url=_url(item, context),
        button=words.button,
        amount_cents=words.amount(item),
        primary=words.primary,
        more=_more(item, context),
    )


# The page where each kind is dealt with, and what its address calls the thing; others: the subcontract's.
PAGES = {
    waiting.AMENDMENT: ("amendment", "amendment_id"),
    waiting.DELIVERY: ("delivery", "delivery_id"),
    waiting.CONTESTED: ("delivery", "delivery_id"),
    waiting.REVERSED: ("delivery", "delivery_id"),
    waiting.DISPUTE + "_buyer": ("dispute", "dispute_id"),
    waiting.DISPUTE + "_seller": ("dispute", "dispute_id"),
    waiting.FINAL_ACCOUNT: ("final_account", "account_id"),
    waiting.CLIENT_INVOICE: ("client", "subcontract_id"),
}


def _url(item: Waited, context: Any) -> str:
    page, name = PAGES.get(item.kind, ("subcontract", "subcontract_id"))
    return str(context.path(page, **{"subcontract_id": item.subcontract.id, name: item.thing.id}))


def _more(item: Waited, context: Any) -> tuple[str, str] | None:
    if item.kind != waiting.REVERSED or not context.may_act:
        return None
    again = {"again": item.thing.number}
    return context.path("delivery.new", subcontract_id=item.subcontract.id, query=again), AGAIN
