"""From facts to entries: the one page an accountant reviews. Pure: no session, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..ledger.entries import EntryDraft, LineDraft, credit, debit, opposite

# The first six in the order of the lines of an acceptance: `accounts_of_acceptance` reads them back.
ROLES = (
    "expense", "payable", "receivable", "revenue", "contribution_expense", "contribution_revenue",
    "retention_payable", "retention_receivable",
)  # fmt: skip

# In the order of the lines of a retention.
ROLES_OF_RETENTION = ("payable", "retention_payable", "receivable", "retention_receivable")

# Left empty, settlements go straight from one side to the other.
OPTIONAL_ROLES = ("transfer",)

ROLE_LABELS = {
    "expense": "Achats internes",
    "payable": "Fournisseurs internes",
    "receivable": "Clients internes",
    "revenue": "Ventes internes",
    "contribution_expense": "Contribution coopérative (charge de l’enseigne)",
    "contribution_revenue": "Contribution coopérative (produit de la coopérative)",
    "retention_payable": "Retenues de garantie à payer",
    "retention_receivable": "Retenues de garantie à recevoir",
    "transfer": "Virements internes (facultatif)",
}

EXCHANGES, SETTLEMENTS, YEAR_END = "EXI", "RGI", "ODI"
JOURNALS = {
    EXCHANGES: "Achats et ventes internes",
    SETTLEMENTS: "Règlements internes",
    YEAR_END: "Opérations de fin d’exercice",
}


@dataclass(frozen=True)
class Scheme:
    """Which account plays which role; `accounts` maps each of ROLES to an account number."""

    code: str
    label: str
    accounts: Mapping[str, str]

    def with_accounts(self, chosen: Mapping[str, str]) -> "Scheme":
        """Return the scheme with the accounts an admin chose for its own; empty choices change nothing."""
        kept = {role: number for role, number in chosen.items() if number}
        return Scheme(self.code, self.label, {**self.accounts, **kept})


SCHEMES = {
    "4/6/7": Scheme(
        "4/6/7",
        "Comptes de tiers, charges et produits (4/6/7)",
        {
            "expense": "604020",
            "payable": "401900",
            "receivable": "411900",
            "revenue": "704900",
            "contribution_expense": "6223",
            "contribution_revenue": "7083",
            "retention_payable": "401700",
            "retention_receivable": "411700",
        },
    ),
    "181/186/187": Scheme(
        "181/186/187",
        "Comptes de liaison (181/186/187)",
        {
            "expense": "186",
            "payable": "181",
            "receivable": "181",
            "revenue": "187",
            "contribution_expense": "6223",
            "contribution_revenue": "7083",
            "retention_payable": "1817",
            "retention_receivable": "1817",
        },
    ),
}


@dataclass(frozen=True)
class Acceptance:
    """The buyer accepted something of the seller."""

    source: str
    seller_id: int
    buyer_id: int
    cooperative_id: int
    net_cents: int
    contribution_cents: int
    accepted_on: date
    text: str
    document: str = ""


@dataclass(frozen=True)
class Payment:
    """All or part of an exchange was settled."""

    source: str
    seller_id: int
    buyer_id: int
    amount_cents: int
    settled_on: date
    text: str
    document: str = ""


@dataclass(frozen=True)
class Retention:
    """Part of an exchange is held back (retenue de garantie), or what is held is let go."""

    source: str
    seller_id: int
    buyer_id: int
    amount_cents: int
    on: date
    text: str
    document: str = ""


def accepted(scheme: Scheme, fact: Acceptance) -> EntryDraft:
    """Return the entry of an acceptance: what the buyer owes, what the seller earns, the cooperative's share.

    The seller's contribution is an expense of the seller and revenue of the cooperative; none, no line.
    """
    account, seller, buyer = scheme.accounts, fact.seller_id, fact.buyer_id
    lines = (
        debit(account["expense"], buyer, fact.net_cents, seller),
        credit(account["payable"], buyer, fact.net_cents, seller),
        debit(account["receivable"], seller, fact.net_cents, buyer),
        credit(account["revenue"], seller, fact.net_cents, buyer),
    )
    return EntryDraft(
        journal=EXCHANGES,
        effective_on=fact.accepted_on,
        source=fact.source,
        text=fact.text,
        lines=lines + _contribution(account, fact) if fact.contribution_cents else lines,
        document=fact.document,
    )


def reduced(scheme: Scheme, fact: Acceptance) -> EntryDraft:
    """Return the entry that takes a part of an acceptance back: its lines, debit and credit exchanged."""
    draft = accepted(scheme, fact)
    return replace(draft, lines=opposite(draft.lines))


def settled(scheme: Scheme, fact: Payment) -> EntryDraft:
    """Return the entry of a settlement: the buyer's debt and the seller's claim shrink by the same amount.

    Through the transfer account (580, virements internes) on both sides when the cooperative named one.
    """
    account, seller, buyer, cents = scheme.accounts, fact.seller_id, fact.buyer_id, fact.amount_cents
    paid = debit(account["payable"], buyer, cents, seller)
    received = credit(account["receivable"], seller, cents, buyer)
    through = account.get("transfer", "")
    between = (credit(through, buyer, cents, seller), debit(through, seller, cents, buyer)) if through else ()
    return EntryDraft(
        journal=SETTLEMENTS,
        effective_on=fact.settled_on,
        source=fact.source,
        text=fact.text,
        lines=(paid, *between, received),
        document=fact.document,
    )


def retained(scheme: Scheme, fact: Retention) -> EntryDraft:
    """Return the entry that holds a part back: on both sides it moves to the retention accounts.

    A second entry beside the one of the acceptance, which stays whole: what was bought and sold is not
    changed by when it is paid.
    """
    return EntryDraft(
        journal=EXCHANGES,
        effective_on=fact.on,
        source=fact.source,
        text=fact.text,
        lines=_lines_of_retention(scheme.accounts, fact),
        document=fact.document,
    )


def released(scheme: Scheme, fact: Retention) -> EntryDraft:
    """Return the entry that lets go what was held: it is an ordinary debt and claim again, to be settled."""
    draft = retained(scheme, fact)
    return replace(draft, lines=opposite(draft.lines))


def accounts_of_retention(draft: EntryDraft) -> dict[str, str]:
    """Return which account played which role in an entry made by `retained`: its release uses the same."""
    return dict(zip(ROLES_OF_RETENTION, (line.number for line in draft.lines), strict=True))


def accounts_of_acceptance(draft: EntryDraft) -> dict[str, str]:
    """Return which account played which role in an entry made by `accepted`: its settlement uses the same."""
    return dict(zip(ROLES, (line.number for line in draft.lines), strict=False))


def _lines_of_retention(account: Mapping[str, str], fact: Retention) -> tuple[LineDraft, ...]:
    seller, buyer, cents = fact.seller_id, fact.buyer_id, fact.amount_cents
    return (
        debit(account["payable"], buyer, cents, seller),
        credit(account["retention_payable"], buyer, cents, seller),
        credit(account["receivable"], seller, cents, buyer),
        debit(account["retention_receivable"], seller, cents, buyer),
    )


def _contribution(account: Mapping[str, str], fact: Acceptance) -> tuple[LineDraft, ...]:
    seller, cooperative, cents = fact.seller_id, fact.cooperative_id, fact.contribution_cents
    return (
        debit(account["contribution_expense"], seller, cents, cooperative),
        credit(account["contribution_revenue"], cooperative, cents, seller),
    )
