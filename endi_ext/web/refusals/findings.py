"""What the life of findings and their repairs refuse, and what to do instead."""

from ..i18n import _
from .words import ANY

STATES = {
    ("finding", ANY, "open"): _(
        "Cet écart est déjà ouvert et n’est attribué à personne : rechargez la page."
    ),
    ("finding", "undo", "open"): _("Cet écart est de nouveau ouvert : il n’y a plus rien à annuler."),
    ("finding", ANY, "assigned"): _(
        "Cet écart est déjà ouvert, et quelqu’un s’en occupe : rechargez la page pour voir qui."
    ),
    ("finding", ANY, "repaired"): _(
        "Cet écart est déjà réparé : rechargez la page, et rouvrez-le s’il ne l’est pas vraiment."
    ),
    ("finding", ANY, "waived"): _(
        "Quelqu’un a déjà laissé passer cet écart : rouvrez-le d’abord si vous n’êtes pas d’accord."
    ),
}

ROLES = {
    ("finding", action, ANY): _("Les écarts se traitent par les personnes qui tiennent les comptes.")
    for action in ("assign", "hand_back", "waive", "repair", "tell_repaired", "reopen", "undo")
}

MESSAGES = {
    "finding_none": _("Cochez au moins un écart ; ceux que vous aviez cochés ne sont plus dans la liste."),
    "waiver_reason_missing": _("Choisissez un motif dans la liste, puis laissez passer les écarts cochés."),
    "waiver_reason_retired": _("Le motif « {reason} » n’est plus proposé : choisissez-en un autre."),
    "waiver_reason_doubled": _("Le motif « {label} » est déjà dans la liste."),
    "finding_assignee_unknown": _("Choisissez quelqu’un qui tient les comptes dans la liste."),
    "finding_not_repairable": _(
        "Les documents ne sont plus comme sur cette page, ou l’outil ne sait pas réparer cet écart : "
        "rechargez la page et relisez ce qui reste."
    ),
    "repair_forbidden": _(
        "Votre compte n’a pas le droit de faire ceci dans l’application : {action}. Demandez ce droit à qui "
        "les donne, ou à une personne qui l’a de réparer cet écart. Rien n’est changé."
    ),
    "repair_failed": _("L’application a refusé la réparation : {said} Rien n’est changé."),
    "finding_repaired_already": _("Quelqu’un vient de réparer cet écart. Rechargez la page."),
    # Why there is no plan of a repair (reconciliation/repair_plans.py), and what to do instead.
    "repair_by_hand": _("Cet écart se répare à la main, dans les pages des documents."),
    "repair_nothing_left": _(
        "Il n’y a plus rien à réparer ici : les documents ont changé. Cherchez de nouveau les écarts."
    ),
    "repair_twin_in_use": _(
        "Plusieurs documents de l’acheteur sont validés, payés ou exportés : l’outil ne choisit pas lequel "
        "garder. Demandez un avoir au vendeur pour celui qui est en trop, ou supprimez-le dans l’application "
        "si elle le permet."
    ),
    "repair_exported": _(
        "Ce qu’il faudrait changer est déjà exporté en comptabilité : corrigez par une écriture dans le "
        "logiciel comptable, puis laissez passer l’écart avec un motif."
    ),
    "repair_payment_fraction": _(
        "L’encaissement du vendeur n’est pas un nombre entier de centimes : corrigez-le d’abord dans la page "
        "de sa facture."
    ),
    "repair_no_expense_type": _(
        "Aucun type de dépense interne actif n’est configuré : créez-en un dans la configuration, puis "
        "revenez ici."
    ),
    "repair_not_undoable": _(
        "Cette réparation ne s’annule plus ici : ce qu’elle a fait a été modifié ou exporté depuis."
    ),
}
