"""Tenders: what to do instead."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}
MESSAGES = {
    "deadline_passed": _("La date limite de remise est passée."),
    "notice_replaced": _(
        "Un avis plus récent a pris la place de celui-ci : relisez-le, puis commencez votre réponse à partir "
        "de lui."
    ),
    "no_lot_answered": _("Gardez au moins un lot, ou renoncez à répondre en disant pourquoi."),
}
