"""What differs between the papers of our exchanges and the books, as titles; refusals/papers.py says more."""

from .i18n import _

TITLES = {
    "document_sale_missing": _("Facture de l’échange supprimée"),
    "document_mirror_missing": _("Facture fournisseur de l’échange supprimée"),
    "document_doubled": _("Facture fournisseur de l’échange en double"),
    "document_totals_differ": _("Montants différents des deux côtés de l’échange"),
    "document_vat": _("TVA sur la facture de l’échange"),
    "document_credit_differs": _("Avoir de l’échange non transmis"),
    "document_not_valid": _("Facture fournisseur de l’échange non validée"),
    "document_without_type": _("Type de dépense manquant sur l’échange"),
    "document_payment_crossed": _("Règlements croisés de l’échange"),
    "document_payment_one_sided": _("Règlement d’un seul côté de l’échange"),
    "document_settled_by_force": _("Échange soldé à la main"),
    "document_amount_differs": _("Facture différente du livre"),
    "document_credit_unknown": _("Avoir inconnu du livre"),
    "document_payment_unknown": _("Encaissement inconnu du livre"),
    "document_payment_missing": _("Règlement du livre absent des documents"),
}
