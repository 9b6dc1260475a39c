"""What to do instead of a refused step of the adoption of the host's documents."""

from ..i18n import _
from .words import ANY

STATES = {
    ("adoption", "stop", ANY): _("Cette lecture est terminée : il n’y a plus rien à arrêter."),
}
ROLES: dict[tuple[str, str, str], str] = {}
