"""What an exchange may be and what follows from its facts: rules without a session, for one and for many."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..kernel import money
from ..kernel.errors import DomainError
from ..kernel.history import Act
from ..kernel.parties import COOPERATIVE, EXTERNAL, Party
from . import postings
from .choices import Choices
from .models import OPEN, Exchange, Settlement

LABEL_LENGTH = 190
TEXT_LENGTH = 500

# What the books say; their language is the cooperative's.
SETTLEMENT_TEXT = "Règlement : {}"
REVERSAL_TEXT = "Annulation : {} ({})"
REDUCTION_TEXT = "Avoir : {} ({})"
RETENTION_TEXT = "Retenue de garantie : {}"
RELEASE_TEXT = "Libération de la retenue de garantie : {}"


class SameParty(DomainError):
    """Seller and buyer are the same party (facts: party)."""

    code = "same_party"


class PartyInactive(DomainError):
    """The party does not trade any more (facts: party)."""

    code = "party_inactive"


class PartyExternal(DomainError):
    """The party is another legal person: real invoices with VAT belong to the host (facts: party)."""

    code = "party_external"


class AmountNotPositive(DomainError):
    """An amount is zero or negative (facts: amount_cents)."""

    code = "amount_not_positive"
    field = "amount_cents"


class TooMuch(DomainError):
    """More is settled than remains due (facts: amount_cents, remaining_cents)."""

    code = "too_much"
    field = "amount_cents"


class HeldBack(DomainError):
    """What is settled is partly held back (facts: amount_cents, payable_cents, retained_cents)."""

    code = "held_back"
    field = "amount_cents"


class MoreThanHeld(DomainError):
    """More is let go than is held back (facts: amount_cents, held_cents)."""

    code = "more_than_held"
    field = "amount_cents"


class ReleasePassed(DomainError):
    """The day of the release has come: it is too late to oppose it (facts: release_on)."""

    code = "release_passed"


class ChangedMeanwhile(DomainError):
    """Someone else changed the exchange at the same moment: look again (facts: exchange)."""

    code = "changed_meanwhile"


@dataclass(frozen=True, slots=True)
class ExchangeFacts:
    """What is needed to record an exchange; no contribution means the seller's rate decides.

    One that `awaits_client` is due only when the client pays: nothing of it has a date yet. One `begun` under
    an agreement is recorded even when a party has left the cooperative since.
    """

    source: str
    seller_id: int
    buyer_id: int
    net_cents: int
    accepted_on: date
    label: str
    due_on: date | None = None
    reference: str = ""
    contribution_cents: int | None = None
    awaits_client: bool = False
    begun: bool = False


def refuse_wrong_facts(facts: ExchangeFacts, seller: Party, buyer: Party) -> None:
    """Refuse what no exchange may be. Raises SameParty, PartyInactive, PartyExternal, AmountNotPositive."""
    if facts.seller_id == facts.buyer_id:
        raise SameParty(party=seller.name)
    for party in (seller, buyer):
        if party.kind == EXTERNAL:
            raise PartyExternal(party=party.name)
        if not party.active and not facts.begun:
            raise PartyInactive(party=party.name)
    if facts.net_cents <= 0:
        raise AmountNotPositive(amount_cents=facts.net_cents)


def may_exchange(party: Party) -> bool:
    """Say whether a party trades inside the cooperative."""
    return bool(party.active) and party.kind != EXTERNAL


def contribution_of(facts: ExchangeFacts, seller: Party, chosen: Choices) -> int:
    """Return what the seller owes the cooperative: as said, by the seller's rate, or by the default."""
    if facts.contribution_cents is not None:
        return facts.contribution_cents
    return money.percent_of(facts.net_cents, rate_bp_of(seller, chosen))


def rate_bp_of(seller: Party, chosen: Choices) -> int:
    """Return the rate of a seller's contribution; the cooperative owes itself none."""
    if seller.kind == COOPERATIVE:
        return 0
    own: int | None = seller.contribution_rate_bp
    return chosen.default_rate_bp if own is None else own


def due_on_of(facts: ExchangeFacts, payment_days: int) -> date | None:
    """Return when it is due: as said, else so many days after the acceptance; none if it awaits a client."""
    if facts.awaits_client:
        return None
    return facts.due_on or facts.accepted_on + timedelta(days=payment_days)


def awaiting_cents_of(facts: ExchangeFacts) -> int:
    """Return what of it waits for the client at first."""
    return facts.net_cents if facts.awaits_client else 0


def fit_awaiting(exchange: Exchange) -> None:
    """Let no more wait for the client than may be paid: what was paid or held back does not wait."""
    exchange.awaiting_cents = min(int(exchange.awaiting_cents), exchange.payable_cents)


def differences(exchange: Exchange, facts: ExchangeFacts) -> list[str]:
    """Return the names of the facts in which an exchange differs; what was left to defaults may."""
    said = {
        "seller_id": facts.seller_id,
        "buyer_id": facts.buyer_id,
        "net_cents": facts.net_cents,
        "accepted_on": facts.accepted_on,
        "label": shortened(facts.label, LABEL_LENGTH),
        "reference": facts.reference,
        "due_on": facts.due_on or exchange.due_on,
        "contribution_cents": _first(facts.contribution_cents, exchange.contribution_cents),
    }
    return [name for name, value in said.items() if getattr(exchange, name) != value]


def acceptance_of(exchange: Exchange, cooperative_id: int) -> postings.Acceptance:
    """Return the fact to post for an exchange."""
    return postings.Acceptance(
        source=exchange.source,
        seller_id=exchange.seller_id,
        buyer_id=exchange.buyer_id,
        cooperative_id=cooperative_id,
        net_cents=exchange.net_cents,
        contribution_cents=exchange.contribution_cents,
        accepted_on=exchange.accepted_on,
        text=exchange.label,
        document=exchange.reference,
    )


def payment_of(exchange: Exchange, settlement: Settlement) -> postings.Payment:
    """Return the fact to post for a settlement."""
    return postings.Payment(
        source=settlement_source(settlement.request_key),
        seller_id=exchange.seller_id,
        buyer_id=exchange.buyer_id,
        amount_cents=settlement.amount_cents,
        settled_on=settlement.settled_on,
        text=settlement_text(exchange.label),
        document=exchange.reference,
    )


def retention_of(
    exchange: Exchange, cents: int, source: str, on: date, *, released: bool = False
) -> postings.Retention:
    """Return the fact to post for what is held back of an exchange, or let go."""
    text = (RELEASE_TEXT if released else RETENTION_TEXT).format(exchange.label)
    return postings.Retention(
        source=source,
        seller_id=exchange.seller_id,
        buyer_id=exchange.buyer_id,
        amount_cents=cents,
        on=on,
        text=shortened(text, TEXT_LENGTH),
        document=exchange.reference,
    )


def settlement_text(label: str) -> str:
    """Return the text of an entry that settles."""
    return shortened(SETTLEMENT_TEXT.format(label), TEXT_LENGTH)


def reversal_text(exchange: Exchange, reason: str) -> str:
    """Return the text of an entry that undoes."""
    return shortened(REVERSAL_TEXT.format(exchange.label, reason.strip()), TEXT_LENGTH)


def reduction_text(exchange: Exchange, reason: str) -> str:
    """Return the text of an entry that takes a part back."""
    return shortened(REDUCTION_TEXT.format(exchange.label, reason), TEXT_LENGTH)


def settlement_source(request_key: str) -> str:
    """Return the source of the entry that settles."""
    return f"settlement:{request_key}"


def reduction_source(request_key: str) -> str:
    """Return the source of the entry that takes back a part."""
    return f"reduction:{request_key}"


def held_source(exchange: Exchange) -> str:
    """Return the source of the entry that holds back."""
    return f"{exchange.source}:retained"


def released_source(exchange: Exchange, number: int) -> str:
    """Return the source of the entry of the `number`th release."""
    return f"{exchange.source}:released:{number}"


def new_exchange(facts: ExchangeFacts, seller: Party, chosen: Choices, act: Act) -> Exchange:
    """Return the row of an exchange about to be recorded."""
    return Exchange(
        source=facts.source,
        seller_id=facts.seller_id,
        buyer_id=facts.buyer_id,
        net_cents=facts.net_cents,
        contribution_cents=contribution_of(facts, seller, chosen),
        settled_cents=0,
        retained_cents=0,
        awaiting_cents=awaiting_cents_of(facts),
        accepted_on=facts.accepted_on,
        due_on=due_on_of(facts, chosen.payment_days),
        label=shortened(facts.label, LABEL_LENGTH),
        reference=facts.reference,
        state=OPEN,
        recorded_at=act.at,
    )


def shortened(text: str, length: int) -> str:
    """Return the text, cut with an ellipsis where it is too long."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _first(said: int | None, recorded: int) -> int:
    return recorded if said is None else said
