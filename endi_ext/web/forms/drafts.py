"""Forms of what waits: validate on a day, reject with a reason, choose which journals wait."""

from datetime import date
from typing import Any

from ..draft_desk import JOURNALS
from ..i18n import _
from . import base

AT_ONCE, WAITS = "at_once", "waits"


def validation_schema(on: date) -> base.Schema:
    """Return the form that validates one entry on a day."""
    schema = base.Schema()
    words = _("La date de l’écriture, ou un jour plus tard si son mois est clôturé.")
    schema.add(base.day(_("Date de comptabilisation"), name="on", default=on, description=words))
    return schema


def rejection_schema() -> base.Schema:
    """Return the form that rejects one entry."""
    schema = base.Schema()
    words = _("Les deux enseignes le liront, et l’échange sera annulé sans rien laisser au livre.")
    schema.add(base.text(_("Motif du rejet"), name="reason", longest=2000, rows=3, description=words))
    return schema


def stage_schema(speech: Any) -> base.Schema:
    """Return the form that says which journals wait."""
    schema = base.Schema()
    choices = (
        (AT_ONCE, _("Au livre aussitôt")),
        (WAITS, _("En attente, jusqu’à ce que la comptabilité valide")),
    )
    for code, label in JOURNALS.items():
        schema.add(base.choice(f"{speech.text(label)} ({code})", choices, name=code))
    return schema
