"""Why a host cannot make a paper, what differs between its documents and the books, and what to do."""

from ..i18n import _
from .words import ANY

STATES = {
    ("document_task", ANY, "done"): _("Ce document est déjà fait : son numéro est sur la page de l’échange."),
    ("document_task", ANY, "not_needed"): _(
        "Ce document n’est plus nécessaire : l’échange a été annulé avant qu’il soit fait."
    ),
    ("document_task", ANY, "given_up"): _(
        "Quelqu’un a déjà renoncé à ce document : demandez-le de nouveau s’il le faut."
    ),
}

ROLES: dict[tuple[str, str, str], str] = {}

MESSAGES = {
    # Why the host cannot make a paper (hosts/endi/paper_errors.py), and what to do.
    "paper_refused": _("Le document n’a pas pu être fait."),
    "paper_unexpected": _(
        "Une erreur inattendue s’est produite : elle est au journal du traitement de fond. Corrigez, puis "
        "« Refaire »."
    ),
    "paper_busy": _(
        "La numérotation est occupée : le document est refait tout seul d’ici quelques secondes."
    ),
    "paper_no_system_user": _(
        "Le compte « Traitement automatique » d’enDI manque : lancez « caerp-admin app.ini syncdb »."
    ),
    "paper_no_number_template": _(
        "Aucun modèle ne numérote les factures internes : Configuration > Ventes > Numérotation des factures "
        "internes."
    ),
    "paper_no_company": _("L’enseigne {party} n’existe plus dans enDI : renoncez à ce document."),
    "paper_no_address": _(
        "L’adresse de la coopérative manque, or les documents internes la portent : Configuration > "
        "Coordonnées de la CAE."
    ),
    "paper_no_internal_product": _(
        "Aucun produit interne actif n’est configuré : Configuration > Ventes > Taux de TVA, sur une ligne à "
        "0 %."
    ),
    "paper_product_with_vat": _(
        "Le produit interne « {product} » est sur une TVA à {rate}, or il n’y a pas de TVA entre enseignes : "
        "mettez-le sur une ligne à 0 % (Configuration > Ventes > Taux de TVA)."
    ),
    "paper_no_expense_type": _(
        "Aucun type de dépense interne actif n’est configuré : Configuration > Dépenses > Types de dépense."
    ),
    "paper_several_expense_types": _(
        "Plusieurs types de dépense sont internes et aucun, ou plus d’un, n’a le compte {account} de nos "
        "achats internes : gardez-en un seul (Configuration > Dépenses > Types de dépense)."
    ),
    "paper_no_project_type": _(
        "Aucun type de dossier n’est proposé par défaut avec un type d’affaire : Configuration > Ventes > "
        "Types de dossier."
    ),
    "paper_invoice_gone": _(
        "La facture interne de cet échange n’est plus dans enDI : renoncez à ce document."
    ),
    "paper_still_paid": _(
        "La facture porte encore {amount_cents} d’encaissements que le livre ne connaît pas : supprimez-les "
        "dans enDI ou portez-les au livre, puis « Refaire »."
    ),
    # What differs between the host's documents and the books (hosts/endi/mirrors.py).
    "document_sale_missing": _("La facture interne n’est plus dans enDI."),
    "document_mirror_missing": _(
        "La facture {number} n’a plus de facture fournisseur chez l’autre enseigne : elle a été supprimée."
    ),
    "document_doubled": _(
        "La facture {number} a plusieurs factures fournisseur chez l’autre enseigne : supprimez dans enDI "
        "celle qui est en trop."
    ),
    "document_totals_differ": _("La facture {number} et sa facture fournisseur n’ont pas le même montant."),
    "document_vat": _("La facture {number} porte de la TVA, or il n’y en a pas entre enseignes."),
    "document_credit_differs": _(
        "L’avoir sur la facture {number} n’est pas le même chez les deux enseignes : il n’a pas été transmis."
    ),
    "document_not_valid": _("La facture fournisseur de la facture {number} n’est pas validée."),
    "document_without_type": _(
        "La facture fournisseur de la facture {number} n’a pas de type de dépense : elle ne s’exporte pas."
    ),
    "document_payment_crossed": _(
        "Un encaissement de la facture {number} n’est pas égal au paiement qui lui correspond chez l’autre "
        "enseigne."
    ),
    "document_payment_one_sided": _(
        "La facture {number} a un encaissement ou un paiement d’un seul côté, sans vis-à-vis."
    ),
    "document_settled_by_force": _(
        "La facture {number} est marquée soldée d’un côté alors qu’il reste à payer, ou l’inverse : "
        "enregistrez ce qui manque, ou faites un avoir du reste."
    ),
    "document_amount_differs": _("La facture {number} n’a pas le montant inscrit au livre."),
    "document_credit_unknown": _(
        "Un avoir a été fait dans enDI sur la facture {number} ; le livre ne le connaît pas encore."
    ),
    "document_payment_unknown": _(
        "La facture {number} est plus payée dans enDI qu’au livre : un encaissement y a été saisi ou modifié."
    ),
    "document_payment_missing": _(
        "La facture {number} est moins payée dans enDI qu’au livre : un encaissement y a été supprimé ou "
        "modifié."
    ),
}
