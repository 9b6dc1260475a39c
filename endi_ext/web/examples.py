"""The worked example that explains a scheme: posted by the very functions that post real exchanges."""

from collections.abc import Sequence
from datetime import date

from ..exchanges import postings
from ..ledger.entries import EntryDraft
from .i18n import _
from .shown_lines import ShownEntry, ShownLine

SELLER, BUYER, COOPERATIVE = 1, 2, 3
NAMES = {SELLER: _("Vendeur"), BUYER: _("Acheteur"), COOPERATIVE: _("Coopérative")}
NET_CENTS, CONTRIBUTION_CENTS, RETAINED_CENTS = 100_000, 10_000, 5_000
DAY = date(2026, 1, 31)  # any day will do: it is not shown


def of(scheme: postings.Scheme) -> Sequence[ShownEntry]:
    """Return the entries of 1 000,00 € accepted with a contribution of 10 %, then settled.

    Last, those of 5 % held back of it: they come only where the agreement holds something back.
    """
    accepted = postings.Acceptance(
        "example", SELLER, BUYER, COOPERATIVE, NET_CENTS, CONTRIBUTION_CENTS, DAY, _("À l’acceptation")
    )
    settled = postings.Payment("example:settled", SELLER, BUYER, NET_CENTS, DAY, _("Au règlement"))
    return [
        _shown(postings.accepted(scheme, accepted)),
        _shown(postings.settled(scheme, settled)),
        _shown(postings.retained(scheme, _held(_("Si 5 % sont en retenue de garantie, aussitôt")))),
        _shown(postings.released(scheme, _held(_("Quand la retenue est libérée")))),
    ]


def _held(text: str) -> postings.Retention:
    return postings.Retention("example:retained", SELLER, BUYER, RETAINED_CENTS, DAY, text)


def _shown(draft: EntryDraft) -> ShownEntry:
    lines = [
        ShownLine(
            line.number,
            NAMES[line.party_id],
            "",
            NAMES[line.counterparty_id] if line.counterparty_id else "",
            line.debit_cents,
            line.credit_cents,
        )
        for line in draft.lines
    ]
    return ShownEntry(draft.text, lines)
