"""Forms of subcontracts."""

from collections.abc import Sequence
from typing import Any

import colander

from ...kernel.parties import Party
from ...subcontracts.models import SubcontractVersion
from ...subcontracts.service import ProposedLine, Terms
from ..i18n import _
from . import base, conditions, widgets

NO_LINE = _("Remplissez au moins une ligne.")


class LineSchema(colander.MappingSchema):
    """One thing to do; `key` names the line of the version before that it goes on with."""

    description = base.text(_("Description"), longest=500)
    quantity_thousandths = base.quantity(_("Quantité"))
    unit = base.text(_("Unité"), longest=30)
    unit_price_cents = base.money(_("Prix unitaire HT"))
    key = base.hidden_integer(missing=None, validator=colander.Range(min=1, max=2**31 - 1))


class LinesSchema(colander.SequenceSchema):
    """The lines of a proposal."""

    line = LineSchema()


def _lines(*, may_be_empty: bool) -> LinesSchema:
    return LinesSchema(
        title=_("Ce qui est à faire"),
        description=_(
            "Une ligne par prestation : la quantité, l’unité (heure, jour, forfait…) et le prix d’une unité."
        ),
        widget=widgets.LinesWidget(),
        validator=None if may_be_empty else _at_least_one,
    )


def _at_least_one(node: Any, lines: Sequence[Any]) -> None:
    if not lines:
        raise colander.Invalid(node, NO_LINE)


def proposal_schema(partners: Sequence[Party], partner: str, title: str) -> base.Schema:
    """Return the form of a new subcontract; the field `partner` is one of `partners`."""
    schema = base.Schema()
    schema.add(base.text(_("Objet du travail"), name="title"))
    schema.add(
        base.party(
            title,
            partners,
            name=partner,
            description=_(
                "Les enseignes actives de la coopérative : tapez une partie du nom, puis choisissez."
            ),
        )
    )
    _add_terms(schema, _("Message à votre partenaire"), new=True)
    schema.add(base.request_key(name="request_key"))
    return schema


def counter_schema(*, may_be_empty: bool = False) -> base.Schema:
    """Return the form of an answer with changes; that of an amendment may leave nothing to do."""
    schema = base.Schema()
    _add_terms(schema, _("Expliquez vos changements"), may_be_empty=may_be_empty)
    schema.add(base.hidden_integer(name="version"))
    return schema


def amendment_schema() -> base.Schema:
    """Return the form of a new amendment."""
    schema = base.Schema()
    _add_terms(schema, _("Expliquez pourquoi"), may_be_empty=True)
    schema.add(base.request_key(name="request_key"))
    return schema


def comment_schema() -> base.Schema:
    """Return the form of a comment."""
    schema = base.Schema()
    schema.add(base.text(_("Votre commentaire"), longest=2000, rows=3, name="text"))
    schema.add(base.request_key(name="request_key"))
    return schema


def _add_terms(schema: base.Schema, message: str, *, new: bool = False, may_be_empty: bool = False) -> None:
    schema.add(base.day(_("À terminer pour le"), name="due_on"))
    lines = _lines(may_be_empty=may_be_empty)
    lines.name = "lines"
    schema.add(lines)
    schema.add(conditions.fields(new=new))
    schema.add(base.text(message, longest=2000, rows=4, missing="", name="message"))


def reason_schema(title: str, **options: Any) -> base.Schema:
    """Return the form that asks for a reason only."""
    schema = base.Schema()
    schema.add(base.text(title, longest=2000, rows=4, name="reason", **options))
    return schema


def terms_of(values: dict[str, Any]) -> Terms:
    """Return what was typed as terms."""
    return Terms(
        due_on=values["due_on"],
        lines=[ProposedLine(**line) for line in values["lines"]],
        message=values["message"],
        answer_by=values["conditions"].get("answer_by"),
        conditions=conditions.typed(values["conditions"]),
    )


def values_of(version: SubcontractVersion) -> dict[str, Any]:
    """Return a version as the values of a form; how long to answer is chosen anew."""
    fields = ("description", "quantity_thousandths", "unit", "unit_price_cents", "key")
    lines = [{name: getattr(line, name) for name in fields} for line in version.lines]
    return {
        "due_on": version.due_on,
        "lines": lines,
        "conditions": conditions.values_of(version),
        "message": "",
        "version": version.number,
    }
