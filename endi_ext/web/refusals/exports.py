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
}
