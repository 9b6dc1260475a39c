"""From facts to entries: the one page an accountant reviews. Pure: no session, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..ledger.entries import EntryDraft

ROLES = ("expense", "payable", "receivable", "revenue", "contribution_expense", "contribution_revenue")


@dataclass(frozen=True)
class Scheme:
    """Which account plays which role; `accounts` maps each of ROLES to an account number."""

    code: str
    label: str
    accounts: Mapping[str, str]


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


def accepted(scheme: Scheme, fact: Acceptance) -> EntryDraft:
    """Return the entry of an acceptance, contribution included."""
    raise NotImplementedError


def settled(scheme: Scheme, fact: Payment) -> EntryDraft:
    """Return the entry of a settlement."""
    raise NotImplementedError
