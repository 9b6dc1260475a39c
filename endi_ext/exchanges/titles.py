"""What the accounts and journals of exchanges are called outside our pages: in French, by number and code."""

from sqlalchemy.orm import Session

from ..ledger import openings
from ..ledger.fec import Names
from . import choices, postings

LIAISON = "Liaison entre enseignes"
RETENTIONS = "Retenues de garantie"
# What a year's file begins with is no journal of the books.
JOURNALS = {**postings.JOURNALS, openings.JOURNAL: openings.NAME}
OF_RESULT = {
    openings.PROFIT: "Résultat de l’exercice (bénéfice)",
    openings.LOSS: "Résultat de l’exercice (perte)",
}


def names(session: Session) -> Names:
    """Return the name of each journal, and of each account some scheme or choice names."""
    accounts = dict(OF_RESULT)
    # What is chosen comes last: it may give a number of the other scheme another role.
    for scheme in (*postings.SCHEMES.values(), choices.read(session).scheme):
        for role, number in scheme.accounts.items():
            accounts[number] = _title(scheme, role, number)
    return Names(JOURNALS, accounts)


def _title(scheme: postings.Scheme, role: str, number: str) -> str:
    """Return the name of an account; one that plays both sides of a role is named for both."""
    if scheme.accounts["payable"] == scheme.accounts["receivable"] == number:
        return LIAISON
    if scheme.accounts["retention_payable"] == scheme.accounts["retention_receivable"] == number:
        return RETENTIONS
    return postings.ROLE_LABELS[role].partition(" (")[0]
