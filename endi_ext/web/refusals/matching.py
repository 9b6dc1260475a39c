"""What campaigns of matching refuse, and what to do instead."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}

MESSAGES = {
    "list_number_doubled": _("Ce numéro est déjà celui de la ligne {line} : chaque document a le sien."),
    "campaign_empty": _("Une des deux listes ne contient aucun document : il n’y a rien à rapprocher."),
    "campaign_too_large": _(
        "Une liste compte {count} documents, {most} au plus par rapprochement : découpez par période."
    ),
    "campaign_loading": _("Ce rapprochement est encore en préparation : attendez qu’il soit prêt."),
    "campaign_closed": _("Ce rapprochement est clos : rouvrez-le pour y changer quelque chose."),
    "campaign_open": _("Ce rapprochement est déjà ouvert."),
    "campaign_deleted": _("Ce rapprochement a été supprimé entre-temps."),
    "match_accepted": _("{by} a déjà accepté le rapprochement n° {number} : il n’y a plus rien à faire."),
    "match_confirmed": _("Le rapprochement n° {number} est sûr : il n’a pas besoin d’être accepté."),
    "match_suggested": _("Le rapprochement n° {number} est encore proposé : rechargez la page."),
    "match_split": _(
        "{by} a déjà défait le rapprochement n° {number} : ses documents sont parmi ceux qui restent."
    ),
    "documents_taken": _(
        "Certains documents cochés ne sont plus disponibles, quelqu’un en a décidé entre-temps : {names}. "
        "Revenez à la liste et cochez de nouveau."
    ),
    "nothing_chosen": _("Cochez d’abord un document dans la liste."),
    "match_one_sided": _("Cochez au moins une vente et un achat : un rapprochement a deux côtés."),
    "too_many_chosen": _("{count} documents cochés : {most} au plus à la fois."),
    "nothing_to_accept": _("Plus aucune proposition de cette règle n’est sans écart : elles sont décidées."),
    "list_missing": _("Choisissez un fichier."),
    "no_documents_in_span": _("Aucun document interne entre ces deux dates : élargissez la période."),
    "days_reversed": _("La première date vient après la dernière : échangez-les."),
    "matching_file_too_large": _(
        "Ce rapprochement compte {count} documents, plus qu’un classeur préparé par une page ({most}) : "
        "prenez le CSV."
    ),
}
