"""Tenders: what to do instead."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}
MESSAGES = {
    "deadline_passed": _("La date limite de remise est passée."),
}
