"""Why the books are not handed out as a file, and what to do."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}

MESSAGES = {
    "span_unknown": _(
        "« {named} » n’est ni un mois (2026-11) ni un exercice, nommé par l’année où il finit (2026)."
    ),
    "span_empty": _("Aucune écriture dans la période {span} : il n’y a pas de fichier à faire."),
    "no_certificate": _(
        "Pas de certificat pour « {period} » : seul un mois clôturé en a un. Nommez ce mois (2026-11), ou "
        "clôturez-le d’abord (page Clôtures mensuelles)."
    ),
    "siren_unknown": _(
        "Le SIREN de la coopérative n’est pas connu : écrivez son SIRET dans la configuration (identité de "
        "la coopérative) ; en ligne de commande, --siren le donne aussi."
    ),
    "siren_wrong": _("« {number} » n’est pas un SIREN : neuf chiffres, dont le dernier est une clé."),
    "export_too_large": _(
        "Cette période compte {entries} écritures, plus que ce qu’une page peut préparer ({most}) : "
        "choisissez un mois, ou demandez à qui administre le serveur de lancer "
        "« endi-ext export journal --period {span} »."
    ),
    "already_exported": _(
        "{exported} écriture(s) de la période {span} ont déjà été exportées, la dernière fois le {made_on} "
        "par "
        "{made_by} ({file_name}) ; {pending} ne l’ont pas encore été. Ajoutez --only-new pour n’exporter que "
        "celles-là, ou --again pour tout exporter de nouveau."
    ),
    "nothing_to_export": _(
        "Tout ce que contient la période {span} a déjà été exporté, la dernière fois le {made_on} par "
        "{made_by}. "
        "Pour l’exporter de nouveau, demandez-le : cochez « Exporter aussi ce qui l’a déjà été » (en ligne "
        "de "
        "commande, --again)."
    ),
    "exported_meanwhile": _(
        "Quelqu’un vient d’exporter la même période ({span}) : regardez la liste des exports avant de "
        "recommencer."
    ),
    "sage_not_configured": _(
        "enDI ne dit pas où vont les documents internes : renseignez dans sa configuration comptable : "
        "{missing}."
    ),
    "label_template_wrong": _(
        "Le modèle de libellé « {template} » demande « {named} », que l’export ne connaît pas : les "
        "variables "
        "possibles sont dans la documentation (docs/sage.md)."
    ),
    "table_too_long": _(
        "Ce tableau a plus de {most} lignes : un PDF n’y suffirait pas. Prenez-le en XLSX ou en CSV."
    ),
}
