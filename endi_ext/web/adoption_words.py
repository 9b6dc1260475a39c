"""What became of the host's documents, in words: what was adopted, and why the others were left out."""

from ..reconciliation import adoption as outcomes
from ..reconciliation import adoption_rules as rules
from ..reconciliation import adoption_steps as steps
from ..reconciliation.pairs import CREDIT_NOTE, INVOICE, QUOTATION
from .i18n import _

KINDS = {
    QUOTATION: _("Devis internes"),
    INVOICE: _("Factures internes"),
    CREDIT_NOTE: _("Avoirs internes"),
}

# What hosts call their documents on the page of an exchange.
PAPERS = (
    _("Devis"),
    _("Commande fournisseur"),
    _("Facture"),
    _("Facture fournisseur"),
    _("Avoir"),
    _("Avoir fournisseur"),
)

# What became of a pair, and what would become of it.
DONE = {
    outcomes.ADOPTED: _("reprises au livre"),
    outcomes.UPDATED: _("complétées"),
    outcomes.UNCHANGED: _("déjà reprises, rien de nouveau"),
    outcomes.KEPT: _("gardés en mémoire avec leur commande"),
    outcomes.WITH_ITS_INVOICE: _("suivent leur facture"),
}
TO_DO = {
    **DONE,
    outcomes.ADOPTED: _("à reprendre"),
    outcomes.UPDATED: _("déjà reprises, à revoir"),
    outcomes.KEPT: _("à garder en mémoire avec leur commande"),
}

# Why it was left out, and what to do.
REASONS = {
    rules.ALREADY_OURS: _("faites par ce module, déjà au livre"),
    rules.ORPHAN: _("document d’achat sans vente en face"),
    rules.NOT_VALID: _("pas encore validées"),
    rules.MIRROR_MISSING: _("rien chez l’acheteur"),
    rules.MIRROR_DOUBLED: _("transmises deux fois à l’acheteur"),
    rules.MIRROR_NOT_VALID: _("pas encore validées chez l’acheteur"),
    rules.PARTIES_DIFFER: _("les deux côtés ne nomment pas les mêmes enseignes"),
    rules.VAT: _("de la TVA sur un échange interne"),
    rules.AMOUNTS_DIFFER: _("montants différents des deux côtés"),
    rules.DATES_DIFFER: _("dates différentes des deux côtés"),
    rules.NOT_WHOLE_CENTS: _("montants plus fins que le centime"),
    rules.NOT_POSITIVE: _("montant nul ou du mauvais signe"),
    rules.CREDIT_UNSOUND: _("un avoir qui ne concorde pas"),
    rules.PAYMENTS_DIFFER: _("règlements différents des deux côtés"),
    rules.OVERPAID: _("réglées ou créditées au-delà de leur montant"),
    rules.PAID_DIFFERS: _("soldées d’un côté sans l’être en vérité"),
    outcomes.CLOSED_MONTH: _("d’un mois clôturé"),
    outcomes.UNKNOWN_PARTY: _("enseigne inconnue"),
    outcomes.OUTSIDER: _("enseigne extérieure, ou la même des deux côtés"),
    steps.CHANGED_SINCE: _("modifiées dans votre application depuis leur reprise"),
    steps.CANCELLED_HERE: _("annulées ici, pas dans votre application"),
    steps.REFUSED: _("suite refusée par le livre"),
    steps.ENTRY_WAITS: _("au brouillard, en attente d’une validation"),
}


# What an accountant does about it.
ADVICE = {
    rules.ALREADY_OURS: _("Rien à faire."),
    rules.ORPHAN: _(
        "Supprimez ce document dans votre application s’il est vide de sens, ou retrouvez sa vente."
    ),
    rules.NOT_VALID: _("Elles seront reprises une fois validées."),
    rules.MIRROR_MISSING: _(
        "Transmettez la facture à l’acheteur depuis votre application, puis relancez la reprise."
    ),
    rules.MIRROR_DOUBLED: _("Supprimez le document en trop, celui qui n’est lié à aucune vente."),
    rules.MIRROR_NOT_VALID: _("Elles seront reprises quand l’acheteur aura validé la sienne."),
    rules.PARTIES_DIFFER: _("Corrigez la fiche client ou la fiche fournisseur dans votre application."),
    rules.VAT: _("Un échange interne est sans TVA : faites un avoir et refaites la facture."),
    rules.AMOUNTS_DIFFER: _("Corrigez le document de l’acheteur dans votre application."),
    rules.DATES_DIFFER: _("Mettez la même date des deux côtés."),
    rules.NOT_WHOLE_CENTS: _("Corrigez le montant dans votre application."),
    rules.NOT_POSITIVE: _("Une facture est positive, un avoir négatif : corrigez dans votre application."),
    rules.CREDIT_UNSOUND: _("Regardez l’avoir : il manque chez l’acheteur, ou son montant diffère."),
    rules.PAYMENTS_DIFFER: _("Rétablissez les mêmes règlements, aux mêmes dates, des deux côtés."),
    rules.OVERPAID: _("Supprimez le règlement ou l’avoir en trop dans votre application."),
    rules.PAID_DIFFERS: _("Rétablissez dans votre application ce qui reste dû, puis relancez la reprise."),
    outcomes.CLOSED_MONTH: _("Rouvrez le mois, ou laissez ces échanges à l’ancienne comptabilité."),
    outcomes.UNKNOWN_PARTY: _("Relisez l’annuaire (endi-ext sync), puis relancez la reprise."),
    outcomes.OUTSIDER: _("Une enseigne extérieure reçoit de vraies factures : rien à reprendre."),
    steps.CHANGED_SINCE: _("Ouvrez l’échange et comparez : portez la différence au livre si elle est juste."),
    steps.CANCELLED_HERE: _("Faites l’avoir dans votre application, ou saisissez de nouveau l’échange."),
    steps.ENTRY_WAITS: _("Validez l’écriture en attente, puis relancez la reprise pour la suite."),
    steps.REFUSED: _(
        "Ouvrez l’échange : il est réglé, retenu ou clôturé au-delà de ce que dit votre application."
    ),
}


def word_of(became: str, *, dry_run: bool) -> str:
    """Return what became of a pair, in words to translate."""
    return REASONS.get(became) or (TO_DO if dry_run else DONE)[became]
