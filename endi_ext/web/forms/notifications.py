"""The form in which a person says when they want letters."""

from ...kernel.notices import AT_ONCE, DAILY, NEVER
from ..i18n import _
from . import base

LETTERS = (
    (AT_ONCE, _("Tout de suite, une lettre à chaque fois")),
    (DAILY, _("Une fois par jour, tout dans une seule lettre")),
    (NEVER, _("Jamais : je regarde ici")),
)


def letters_schema() -> base.Schema:
    """Return the form that chooses when letters come."""
    schema = base.Schema()
    schema.add(base.choice(_("Recevoir les nouvelles par courrier électronique"), LETTERS, name="letters"))
    return schema
