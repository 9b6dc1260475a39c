"""Forms of admins: scheme, accounts, default rate and days to pay."""

import re
from typing import Any

import colander

from ...exchanges import papers
from ...exchanges.choices import Choices
from ...exchanges.postings import OPTIONAL_ROLES, ROLES, SCHEMES
from ...subcontracts.conditions import MOST_RETENTION
from ...subcontracts.duties import REMINDER_DAYS
from ...tenders import price_terms
from .. import chart
from ..i18n import _
from . import base, widgets

ACCOUNT_NUMBER = re.compile(r"^[0-9]{3,10}$")
NOT_AN_ACCOUNT = _("Un numéro de compte s’écrit avec 3 à 10 chiffres, par exemple 604020.")
SAME_ACCOUNT = _("Choisissez un autre compte que ceux des dettes et des créances ordinaires.")
NOT_DAYS = _("Indiquez un nombre de jours entier, de 0 à 365.")


def scheme_schema() -> base.Schema:
    """Return the form that chooses a scheme."""
    schema = base.Schema()
    schemes = [(scheme.code, scheme.label) for scheme in SCHEMES.values()]
    schema.add(base.choice(_("Schéma comptable"), schemes, name="scheme"))
    return schema


def accounts_schema(chosen: Choices, speech: Any) -> base.Schema:
    """Return the form of the accounts of the scheme in force; an empty one keeps the scheme's own."""
    schema = base.Schema(validator=_held_apart(chosen))
    own = SCHEMES[chosen.scheme.code].accounts
    for role in ROLES + OPTIONAL_ROLES:
        schema.add(
            base.text(
                chart.ROLES[role],
                name=role,
                longest=10,
                missing="",
                validator=_account_number,
                description=speech.text(OWN_ACCOUNT[role in own], number=own.get(role)),
            )
        )
    return schema


OWN_ACCOUNT = {
    True: _("Vide : {number}, le compte du schéma."),
    False: _("Vide : les règlements passent directement d’une enseigne à l’autre."),
}


def rates_schema() -> base.Schema:
    """Return the form of the default contribution rate, of the days to pay and of the highest retention."""
    schema = base.Schema()
    schema.add(
        base.rate(
            _("Taux de contribution par défaut"),
            name="default_contribution_rate_bp",
            description=_(
                "Pour les enseignes qui n’ont pas de taux à elles. Il se calcule sur le montant HT vendu."
            ),
        )
    )
    schema.add(
        colander.SchemaNode(
            _Days(),
            name="payment_days",
            title=_("Délai de règlement (jours)"),
            widget=widgets.NumberWidget(),
            missing_msg=base.REQUIRED,
            description=_("Après l’acceptation, quand l’accord ne dit rien d’autre."),
        )
    )
    schema.add(
        colander.SchemaNode(
            _Days(),
            name=REMINDER_DAYS,
            title=_("Rappels (jours)"),
            widget=widgets.NumberWidget(),
            missing_msg=base.REQUIRED,
            description=_(
                "Ce qui attend une enseigne depuis ce nombre de jours lui est rappelé, et de nouveau tous "
                "les tant de jours ; 0 : jamais."
            ),
        )
    )
    schema.add(
        base.rate(
            _("Retenue de garantie la plus haute"),
            name=MOST_RETENTION,
            description=_(
                "Une proposition qui retient davantage est refusée ; 0 : aucune retenue entre enseignes."
            ),
        )
    )
    schema.add(
        base.money(
            _("Plafond d’une enseigne dans une réponse à plusieurs"),
            name=price_terms.DEFAULT_CAP,
            missing=None,
            description=_(
                "Sa part et ce qu’elle pourrait devoir reprendre d’une autre. Le dépasser avertit l’équipe, "
                "sans bloquer ; vide : pas de plafond."
            ),
        )
    )
    return schema


def documents_schema() -> base.Schema:
    """Return the form that says whether new exchanges get the host's documents."""
    schema = base.Schema()
    known = (
        (papers.EVERYTHING, _("Facture interne et facture fournisseur, faites pour chaque échange")),
        (papers.LEDGER_ONLY, _("Livre seul : aucun document dans l’application")),
    )
    schema.add(base.choice(_("Documents"), known, name=papers.CHOICE))
    return schema


class _Days(colander.Integer):
    """A whole number of days, of a year at most."""

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null:
            return colander.null
        if not re.fullmatch("[0-9]{1,3}", cstruct) or int(cstruct) > 365:
            raise colander.Invalid(node, NOT_DAYS)
        return int(cstruct)


def _held_apart(chosen: Choices) -> Any:
    """Return what refuses to hold back on the accounts of ordinary debts: nobody could tell them apart."""
    own = SCHEMES[chosen.scheme.code].accounts

    def check(schema: Any, typed: dict[str, str]) -> None:
        numbers = {role: typed[role] or own.get(role, "") for role in ROLES}
        ordinary = {numbers["payable"], numbers["receivable"]}
        for role in ("retention_payable", "retention_receivable"):
            if numbers[role] in ordinary:
                wrong = colander.Invalid(schema)
                wrong.add(colander.Invalid(schema[role], SAME_ACCOUNT), schema.children.index(schema[role]))
                raise wrong

    return check


def _account_number(node: Any, value: str) -> None:
    if value and not ACCOUNT_NUMBER.match(value):
        raise colander.Invalid(node, NOT_AN_ACCOUNT)
