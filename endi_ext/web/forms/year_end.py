"""Forms of the year end: post an elimination as it was shown, undo it."""

from typing import Any

import colander
import deform

from ..i18n import _
from . import base

NARRATION = _("Élimination de fin d’exercice {year} : {name}")
POSTED = _("L’écriture d’élimination est passée : les comptes généraux sont à zéro sur l’exercice.")
PUT_ASIDE = _("L’écriture d’élimination attend dans le brouillard : validez-la pour qu’elle compte.")
WHAT_UNDOING_MEANS = _(
    "L’écriture contraire sera passée au dernier jour de l’exercice : les comptes généraux retrouveront "
    "leurs montants, et une nouvelle élimination pourra être proposée."
)


def elimination_schema(seen: str, code: str) -> base.Schema:
    """Return the form that posts what was shown; `seen` is its digest."""
    schema = base.Schema()
    hidden: Any = deform.widget.HiddenWidget(template="hidden")
    schema.add(
        colander.SchemaNode(
            colander.String(),
            name="seen",
            default=seen,
            widget=hidden,
            title="",
            validator=colander.Length(max=64),
        )
    )
    schema.add(
        base.text(
            _("Code analytique de compensation"),
            name="code",
            longest=40,
            default=code,
            description=_(
                "Les lignes y sont passées, et non sur les enseignes : chacune garde son propre résultat."
            ),
        )
    )
    return schema


def undoing_schema() -> base.Schema:
    """Return the form that undoes an elimination."""
    schema = base.Schema()
    schema.add(base.text(_("Motif"), name="reason", longest=300, rows=3))
    return schema
