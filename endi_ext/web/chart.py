"""What accounts and journals are called on a page: the French names of the roles they play."""

from typing import Any

from ..exchanges import choices, postings
from .i18n import _

ROLES = {
    "expense": _("Achats internes (charge de l’acheteur)"),
    "payable": _("Fournisseurs internes (dette de l’acheteur)"),
    "receivable": _("Clients internes (créance du vendeur)"),
    "revenue": _("Ventes internes (produit du vendeur)"),
    "contribution_expense": _("Contribution coopérative (charge du vendeur)"),
    "contribution_revenue": _("Contribution coopérative (produit de la coopérative)"),
    "retention_payable": _("Retenues de garantie à payer (dette de l’acheteur)"),
    "retention_receivable": _("Retenues de garantie à recevoir (créance du vendeur)"),
    "transfer": _("Virements internes (compte de passage des règlements)"),
}

TITLES = {
    "expense": _("Achats internes"),
    "payable": _("Fournisseurs internes"),
    "receivable": _("Clients internes"),
    "revenue": _("Ventes internes"),
    "contribution_expense": _("Contribution versée"),
    "contribution_revenue": _("Contributions reçues"),
    "retention_payable": _("Retenues de garantie"),
    "retention_receivable": _("Retenues de garantie"),
    "transfer": _("Virements internes"),
}
LIAISON = _("Liaison entre enseignes")


def titles(session: Any) -> dict[str, str]:
    """Return the title of each account number some scheme or choice names (marked sentences)."""
    found: dict[str, str] = {}
    for scheme in (*postings.SCHEMES.values(), choices.read(session).scheme):
        for role, number in scheme.accounts.items():
            both = scheme.accounts["payable"] == scheme.accounts["receivable"] == number
            found[number] = LIAISON if both else TITLES[role]
    return found


def debt_accounts(session: Any) -> list[str]:
    """Return the numbers of the accounts that say who owes: those in use and those of every scheme."""
    schemes = [choices.read(session).scheme, *postings.SCHEMES.values()]
    return sorted({scheme.accounts[role] for scheme in schemes for role in postings.ROLES_OF_RETENTION})
