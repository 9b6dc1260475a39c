"""Forms of matching: two files, documents chosen by hand, a waiver, what is accepted in one go."""

from collections.abc import Collection
from datetime import date
from typing import Any

import colander
import deform

from ..i18n import _
from . import base
from .accounting import no_larger_than

ACCEPT = ".csv,.xlsx"
SIDES = (
    ("sales", _("Ce que disent les vendeurs (CSV ou XLSX)")),
    ("purchases", _("Ce que disent les acheteurs (CSV ou XLSX)")),
)


KEPT = _("Déjà lu et gardé : choisissez un fichier seulement pour le remplacer.")


def lists_schema(limit_bytes: int, kept: Collection[str] = ()) -> base.Schema:
    """Return the form that takes two lists; those of the `kept` sides need not be chosen again."""
    schema = base.Schema()
    schema.add(base.text(_("Nom du rapprochement"), name="name", longest=100))
    for side, title in SIDES:
        limit = no_larger_than(limit_bytes)
        # What is missing is told by who reads the lists: the other one is not to be lost with it.
        asked = {"is_asked": side not in kept, "description": KEPT if side in kept else ""}
        schema.add(base.upload(title, name=side, accept=ACCEPT, missing=None, validator=limit, **asked))
        schema.add(_hidden(f"kept_{side}", longest=100))
        schema.add(_hidden(f"kept_{side}_name", longest=190))
    schema.add(base.request_key(name="request_key"))
    return schema


def period_schema(first: date, last: date) -> base.Schema:
    """Return the form that takes the days of a period."""
    schema = base.Schema()
    schema.add(base.text(_("Nom du rapprochement"), name="name", longest=100))
    schema.add(base.day(_("Du"), name="starts_on", default=first))
    schema.add(base.day(_("Au"), name="ends_on", default=last))
    schema.add(base.request_key(name="request_key"))
    return schema


def chosen_schema() -> base.Schema:
    """Return the form that takes the chosen documents together."""
    schema = base.Schema()
    schema.add(_hidden("documents", longest=4_000))
    schema.add(_hidden("back", longest=500))
    return schema


def waiver_schema() -> base.Schema:
    """Return the form that leaves documents without another side."""
    schema = chosen_schema()
    schema.add(
        base.text(
            _("Pourquoi n’ont-ils pas à être rapprochés ?"),
            name="reason",
            longest=300,
            rows=3,
            description=_("Exemple : facturé en décembre, litige en cours."),
        )
    )
    return schema


def rule_schema() -> base.Schema:
    """Return the form that accepts what a rule suggests without difference."""
    schema = base.Schema()
    schema.add(_hidden("rule", longest=20))
    return schema


def _hidden(name: str, *, longest: int) -> Any:
    return colander.SchemaNode(
        colander.String(),
        name=name,
        missing="",
        title="",
        validator=colander.Length(max=longest),
        widget=deform.widget.HiddenWidget(template="hidden"),
    )
