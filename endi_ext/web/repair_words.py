"""What repairs are called on their button, and what they would change, one sentence a change."""

from .i18n import _

# The button, then what was done.
REPAIRS = {
    "align_books": (_("Porter au livre"), _("Le livre dit maintenant la même chose que les documents.")),
    "make_mirror": (_("Transmettre le document"), _("Le document est transmis à l’autre enseigne.")),
    "remove_twins": (_("Supprimer le double"), _("Le document en double est supprimé.")),
    "settle_again": (
        _("Recalculer l’état de règlement"),
        _("L’état de règlement suit de nouveau ce qui est payé."),
    ),
    "validate_purchase": (
        _("Valider le document de l’acheteur"),
        _("Le document de l’acheteur est validé et numéroté."),
    ),
    "align_payments": (
        _("Reporter les règlements chez l’acheteur"),
        _("Les règlements sont les mêmes des deux côtés."),
    ),
    "choose_expense_type": (_("Choisir le type de dépense"), _("Le type de dépense est en place.")),
    "set_financial_year": (_("Corriger l’exercice"), _("L’exercice du document est corrigé.")),
    "set_remote_number": (
        _("Reporter le numéro du vendeur"),
        _("Le document de l’acheteur porte le numéro du vendeur."),
    ),
}

CHANGES = {
    "books_follow": _(
        "Le livre enregistre ce qui a été payé ou crédité dans les documents : {difference_cents}."
    ),
    "mirror_made": _("{buyer} reçoit un document d’achat de {amount_cents} pour {number}, en brouillon."),
    "mirror_made_valid": _("{buyer} reçoit un avoir fournisseur de {amount_cents} pour {number}, validé."),
    "mirror_tied": _(
        "Le document d’achat {number} ({amount_cents}, {state_of}) redevient celui de la vente."
    ),
    "twin_removed": _("Le document d’achat {number} ({amount_cents}, {state_of}) est supprimé."),
    "sale_status": _("La vente {number} passe de « {before} » à « {after} »."),
    "purchase_status": _("L’achat {number} passe de « {before} » à « {after} »."),
    "purchase_validated": _("L’achat lié à {number} ({amount_cents}) est validé et reçoit son numéro."),
    "payment_added": _("Un paiement de {amount_cents} daté du {paid_on} est ajouté à l’achat {number}."),
    "payment_removed": _("Le paiement de {amount_cents} daté du {paid_on} est retiré de l’achat {number}."),
    "payment_changed": _(
        "Le paiement de {before_cents} du {before_on} devient {amount_cents} au {paid_on} sur l’achat "
        "{number}."
    ),
    "type_set": _(
        "Le type de dépense choisi est mis sur les lignes de l’achat {number} qui n’en ont pas ({count})."
    ),
    "year_set": _("L’exercice du document {number} passe de {before} à {after}."),
    "number_set": _("Le numéro du vendeur, sur l’achat, passe de « {before} » à « {after} »."),
}
