"""Awarded contracts: what a file is that holds none, and what to do instead."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}
MESSAGES = {
    "no_awards": _(
        "Ce fichier ne contient aucun marché attribué : il faut un fichier de données essentielles (DECP), "
        "en JSON ou en XML, tel que data.gouv.fr ou un profil d’acheteur le publie."
    ),
}
