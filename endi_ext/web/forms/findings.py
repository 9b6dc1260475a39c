"""Forms about findings: let pass, told repaired, opened again; and the reasons an admin keeps."""

from collections.abc import Sequence
from typing import Any

import colander
import deform

from ..i18n import _
from . import base


def waiver_schema(reasons: Sequence[Any]) -> base.Schema:
    """Return the form that lets a finding pass."""
    schema = base.Schema()
    values = [("", _("Choisissez un motif")), *((str(one.id), one.label) for one in reasons)]
    schema.add(base.choice(_("Motif"), values, name="reason"))
    schema.add(
        base.text(
            _("Commentaire"),
            name="comment",
            longest=500,
            rows=3,
            missing=None,
            description=_("Ce que vous avez vu, pour qui le relira. Il reste dans l’historique."),
        )
    )
    return schema


def told_schema(description: str) -> base.Schema:
    """Return the form that asks for a few words of history."""
    schema = base.Schema()
    schema.add(
        base.text(_("Ce que vous avez fait"), name="reason", longest=500, rows=3, description=description)
    )
    return schema


def reopening_schema() -> base.Schema:
    """Return the form that opens a finding again."""
    schema = base.Schema()
    schema.add(base.text(_("Motif"), name="reason", longest=500, rows=3))
    return schema


def repair_schema(choices: Sequence[tuple[str, str]]) -> base.Schema:
    """Return the form that confirms a repair: what was read, and a choice where the host offers one."""
    schema = base.Schema()
    if choices:
        values = [("", _("Choisissez")), *choices]
        schema.add(base.choice(_("À mettre"), values, name="choice"))
    schema.add(
        colander.SchemaNode(
            colander.String(),
            name="read",
            validator=colander.Length(max=64),
            widget=deform.widget.HiddenWidget(template="hidden"),
            title="",
        )
    )
    return schema


def reason_schema() -> base.Schema:
    """Return the form of one reason of the list."""
    schema = base.Schema()
    schema.add(base.text(_("Motif"), name="label", longest=120))
    return schema
