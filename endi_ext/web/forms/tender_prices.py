"""Forms of price schedules, shares and risks."""

from collections.abc import Mapping, Sequence
from typing import Any

import colander
import deform

from ...exchanges.cells import CellRefused
from ...tenders import share_words
from ...tenders.cash import Expected
from ...tenders.models import Lot, Member
from ...tenders.price_models import PriceLine
from ..i18n import _
from . import base, widgets
from .accounting import no_larger_than

PARTS = (
    ("base", _("Offre de base")),
    ("option", _("Option (prestation supplémentaire)")),
    ("variant", _("Variante")),
)
LIABILITIES = (
    ("none", _("La coopérative seule : les entreprises extérieures sont ses sous-traitantes")),
    ("several", _("Groupement conjoint : chacun est engagé pour sa part")),
    ("joint_and_several", _("Groupement solidaire : chacun est engagé pour le tout")),
)
SHARE_WRONG = {
    "share_unreadable": _("Écrivez un montant (1 200 €), un pourcentage (40 %) ou des parts (2 parts)."),
    "share_above_whole": _("Un pourcentage ne dépasse pas 100 %."),
    "number_negative": _("Une part n’est pas négative."),
    "too_many_decimals": _("Deux décimales au plus pour un montant ou un pourcentage, trois pour des parts."),
    "amount_too_long": _("Ce nombre est trop grand."),
}
SHARE_HELP = _(
    "Écrivez pour chaque personne un montant (1 200 €), un pourcentage de la ligne (40 %) ou des parts "
    "(2 parts) : les montants sont servis d’abord, puis les pourcentages, puis les parts se partagent le "
    "reste."
)


class Share(colander.SchemaType):
    """A share of a line: an amount, a percentage or parts, kept as (kind, value)."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return colander.null if appstruct in (colander.null, None) else share_words.write(*appstruct)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        try:
            found = share_words.read("" if cstruct is colander.null else str(cstruct))
        except CellRefused as refusal:
            wrong = SHARE_WRONG.get(refusal.code, SHARE_WRONG["share_unreadable"])
            raise colander.Invalid(node, wrong) from None
        return colander.null if found is None else found


def line_schema(lots: Sequence[Lot], line: PriceLine | None = None) -> base.Schema:
    """Return the form of a line; a new one has a key of its own."""
    schema = base.Schema()
    if len(lots) > 1:
        schema.add(base.choice(_("Lot"), [(str(lot.id), lot.title) for lot in lots], name="lot_id"))
    schema.add(base.text(_("N° de prix"), longest=40, missing="", name="reference"))
    schema.add(base.text(_("Désignation"), longest=500, rows=2, name="description"))
    schema.add(
        base.quantity(
            _("Quantité"),
            name="quantity_thousandths",
            missing=None,
            description=_("Vide : un prix unitaire seul, qui ne compte pas dans le total."),
        )
    )
    schema.add(base.text(_("Unité"), longest=30, missing="", name="unit"))
    schema.add(
        base.money(
            _("Prix unitaire HT"),
            name="unit_price_cents",
            zero=True,
            missing=None,
            description=_("Vide : le prix reste à fixer."),
        )
    )
    schema.add(base.choice(_("Compte dans"), PARTS, name="part", default="base"))
    schema.add(
        base.text(
            _("Nom de l’option ou de la variante"),
            longest=100,
            missing="",
            name="label",
            description=_("Par exemple « PSE 1 » : ses lignes ont le même nom."),
        )
    )
    if line is None:
        schema.add(base.request_key(name="request_key"))
    return schema


def grid_schema(
    rows: Sequence[tuple[PriceLine, str]], team: Sequence[Member], facts: Mapping[str, Any]
) -> base.Schema:
    """Return the form that shares lines: a row for each, a field for each of the team.

    Rows are lines with what the form says of their shares.
    """
    grid = colander.SchemaNode(
        colander.Mapping(),
        name="lines",
        title=_("Qui fait quoi"),
        description=SHARE_HELP,
        widget=widgets.ShareGridWidget(facts=facts, team=team),
    )
    for line, _seen in rows:
        row = colander.SchemaNode(colander.Mapping(), name=f"line_{line.id}", title=line.description)
        row.add(_hidden("seen"))
        for member in team:
            row.add(
                colander.SchemaNode(
                    Share(),
                    name=f"m{member.id}",
                    title=member.name,
                    missing=None,
                    widget=widgets.ShareWidget(),
                )
            )
        grid.add(row)
    schema = base.Schema()
    schema.add(grid)
    return schema


def _hidden(name: str) -> colander.SchemaNode:
    widget = deform.widget.HiddenWidget(template="hidden")
    return colander.SchemaNode(colander.String(), name=name, missing="", widget=widget, title="")


def import_schema(lots: Sequence[Lot], most_bytes: int) -> base.Schema:
    """Return the form that takes the file of a price schedule."""
    schema = base.Schema()
    schema.add(
        base.upload(
            _("Fichier CSV ou XLSX"),
            name="file",
            accept=".csv,.xlsx",
            description=_("Le BPU, le DQE ou la DPGF de l’acheteur, avec ou sans vos prix."),
            validator=no_larger_than(most_bytes),
        )
    )
    if len(lots) > 1:
        schema.add(
            base.choice(
                _("Lot"),
                [(str(lot.id), lot.title) for lot in lots],
                name="lot_id",
                description=_("Pour les lignes du fichier qui ne disent pas leur lot."),
            )
        )
    modes = (
        ("replace", _("Remplacer : retirer du lot les lignes que le fichier n’a pas")),
        ("add", _("Ajouter : garder les autres lignes")),
    )
    schema.add(base.choice(_("Les lignes déjà là"), modes, name="mode", default="replace"))
    return schema


def terms_schema() -> base.Schema:
    """Return the form of what the lead settles."""
    schema = base.Schema()
    schema.add(
        base.rate(
            _("Rémunération du mandataire"),
            name="fee_bp",
            description=_(
                "Un pourcentage du travail de chacun des autres membres, pour qui mène la réponse."
            ),
        )
    )
    schema.add(
        base.money(
            _("Frais communs HT"),
            name="common_cents",
            zero=True,
            description=_("Partagés entre tous, mandataire compris, en proportion du travail de chacun."),
        )
    )
    schema.add(
        base.rate(
            _("Retenue de garantie"),
            name="retention_rate_bp",
            description=_("Retenue sur ce que le mandataire doit à chacun ; elle figurera dans les accords."),
        )
    )
    schema.add(base.day(_("Libération prévue de la retenue"), name="retention_release_on", missing=None))
    schema.add(
        base.days(
            _("Délai de paiement du client"),
            name="payment_days",
            validator=colander.Range(max=365, max_err=_("Une année au plus.")),
            description=_("Après la facture. Le délai de ce marché est à confirmer dans ses pièces."),
        )
    )
    return schema


class InstalmentSchema(colander.MappingSchema):
    """A part of the price and when it is expected to be invoiced."""

    label = base.text(_("Étape"), longest=190, missing="")
    invoiced_on = base.day(_("Facture prévue le"))
    rate_bp = base.rate(_("Part du prix"))


class InstalmentsSchema(colander.SequenceSchema):
    """When the client is expected to be invoiced."""

    line = InstalmentSchema()


def instalments_schema() -> base.Schema:
    """Return the form that says when the client is expected to be invoiced."""
    schema = base.Schema()
    schema.add(
        InstalmentsSchema(
            name="instalments",
            title=_("Factures au client"),
            description=_("Ensemble, 100 % au plus : ce qui manque n’aura pas de date."),
            widget=widgets.PlainRowsWidget(),
            missing=(),
        )
    )
    return schema


def expected(values: Mapping[str, Any]) -> list[Expected]:
    """Return what was typed as instalments; those of nothing do not count."""
    typed = [one for one in values["instalments"] if one["rate_bp"]]
    return [Expected(one["invoiced_on"], one["rate_bp"], one["label"]) for one in typed]


def as_typed(planned: Sequence[Expected]) -> dict[str, Any]:
    """Return instalments as the values of their form."""
    return {"instalments": [vars(one) for one in planned]}


def liability_schema() -> base.Schema:
    """Return the form that chooses the form of the group."""
    schema = base.Schema()
    schema.add(base.choice(_("Forme de la réponse"), LIABILITIES, name="liability"))
    schema.add(
        base.choice(
            _("Si le groupement est conjoint, son mandataire"),
            (
                ("no", _("est engagé pour sa part seulement")),
                ("yes", _("est solidaire : il répond de chaque membre")),
            ),
            name="lead_is_liable",
            default="no",
        )
    )
    return schema


def cap_schema() -> base.Schema:
    """Return the form that says the most one wants to bear."""
    schema = base.Schema()
    schema.add(
        base.money(
            _("Plafond"),
            name="cap_cents",
            zero=True,
            missing=None,
            description=_(
                "Vide : celui de la coopérative, si elle en a choisi un. Le dépasser avertit, sans bloquer."
            ),
        )
    )
    return schema
