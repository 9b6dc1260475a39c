"""What each right gives, in words: the table of who may do what."""

from dataclasses import dataclass

from .i18n import _
from .permissions import ACCOUNT, ARBITRATE, CONFIGURE, HOST_RIGHTS, RIGHTS, SUPERVISE

OWN_PAGES = "own"

PERMISSIONS = (
    (OWN_PAGES, _("Agir pour ses enseignes")),
    (SUPERVISE, _("Lire les pages de toutes les enseignes")),
    (ACCOUNT, _("Tenir le livre : régler, annuler, importer, clôturer")),
    (CONFIGURE, _("Configurer les échanges internes")),
    (ARBITRATE, _("Arbitrer les différends")),
)

NAMES = {
    "endi_ext_accountant": _("Échanges internes : tenir les comptes"),
    "endi_ext_configurator": _("Échanges internes : configurer"),
    "endi_ext_supervisor": _("Échanges internes : consulter toutes les enseignes"),
    "endi_ext_arbiter": _("Échanges internes : arbitrer les différends"),
    "global_accountant": _("Comptabilité (droit général)"),
    "global_config_accounting": _("Configuration de la comptabilité (droit général)"),
    "global_company_supervisor": _("Supervision de toutes les enseignes (droit général)"),
}


@dataclass(frozen=True)
class Row:
    """A right, or a situation, and the permissions that come with it."""

    name: str
    gives: tuple[str, ...]


ROWS = (
    Row(_("Toute personne d’une enseigne, pour la sienne"), (OWN_PAGES,)),
    *(Row(NAMES[right], gives) for right, gives in {**RIGHTS, **HOST_RIGHTS}.items()),
)
