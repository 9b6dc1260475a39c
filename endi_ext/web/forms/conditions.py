"""The conditions of a proposal as a folded part of its form: most proposals leave them as usual."""

from typing import Any

import colander

from ...subcontracts import conditions, terms
from ...subcontracts.models import SubcontractVersion
from ..i18n import _
from . import base, widgets

YES, NO = "yes", "no"

KINDS = (
    (terms.CONTRACT, _("Un travail précis")),
    (terms.FRAME, _("Un accord-cadre : des prix, puis des commandes")),
)
PAYMENTS = (
    (terms.DAYS, _("Un nombre de jours après l’acceptation")),
    (terms.END_OF_MONTH, _("Un nombre de jours, puis la fin du mois")),
    (terms.FIXED_DATE, _("À une date fixe")),
    (terms.CLIENT_PAYS, _("Quand le client paie")),
)
CLIENT_MODES = (
    (terms.PRO_RATA, _("En proportion de ce que le client a payé")),
    (terms.BY_LINE, _("Ligne par ligne, selon ce que le client a payé")),
)
RELEASES = ((terms.ON_DATE, _("À une date")), (terms.ON_ACCEPTANCE, _("À la réception du travail")))
SILENCES = ((NO, _("Un rappel est envoyé")), (YES, _("La livraison est acceptée")))


def fields(*, new: bool) -> colander.MappingSchema:
    """Return the fields of the conditions; a `new` proposal also chooses what kind of agreement it is."""
    group = colander.MappingSchema(
        name="conditions",
        title=_("Conditions de paiement et autres choix"),
        description=_("Sans rien changer ici : paiement au délai habituel de la coopérative, aucune retenue.")
        if new
        else _("Sans rien changer ici, les conditions restent celles déjà proposées."),
        widget=widgets.DetailsWidget(),
    )
    # A form sent without these fields (an older page still open) is as usual.
    group.missing = group.default = {}
    for node in (*(_kind() if new else ()), *_payment(), *_retention(), *_answers()):
        group.add(node)
    return group


def _kind() -> tuple[colander.SchemaNode, ...]:
    return (base.choice(_("Ce que vous proposez"), KINDS, name="kind", missing=terms.CONTRACT),)


def _payment() -> tuple[colander.SchemaNode, ...]:
    by_days = "payment_kind:days,end_of_month"
    blank = _("Vide : le délai habituel de la coopérative.")
    return (
        base.choice(_("Paiement"), PAYMENTS, name="payment_kind", missing=terms.DAYS),
        base.days(_("Délai"), name="payment_days", missing=None, description=blank, when=by_days),
        base.day(_("Date du paiement"), name="payment_on", missing=None, when="payment_kind:on_date"),
        base.choice(
            _("Quand le client paie"),
            CLIENT_MODES,
            name="client_mode",
            missing=terms.PRO_RATA,
            when="payment_kind:client",
        ),
    )


def _retention() -> tuple[colander.SchemaNode, ...]:
    held = _("Ce qui est gardé de chaque livraison acceptée, jusqu’à la libération.")
    return (
        base.rate(_("Retenue de garantie"), name="retention_rate_bp", missing=0, description=held),
        base.choice(_("Libération de la retenue"), RELEASES, name="retention_release", missing=terms.ON_DATE),
        base.day(
            _("Date de libération"),
            name="retention_release_on",
            missing=None,
            when="retention_release:on_date",
        ),
    )


def _answers() -> tuple[colander.SchemaNode, ...]:
    return (
        base.days(_("Délai pour vérifier une livraison"), name="silence_days", missing=None),
        base.choice(_("Passé ce délai, sans réponse"), SILENCES, name="silence_accepts", missing=NO),
        base.day(_("Répondre à cette proposition au plus tard le"), name="answer_by", missing=None),
    )


def typed(values: dict[str, Any]) -> terms.Conditions:
    """Return what was typed as conditions; what does not count by the choices made is left out."""
    known = {name: values[name] for name in vars(terms.USUAL) if name in values}
    known["silence_accepts"] = values.get("silence_accepts") == YES
    return conditions.tidy(terms.Conditions(**known))


def values_of(version: SubcontractVersion) -> dict[str, Any]:
    """Return the conditions of a version as the values of a form."""
    values = vars(conditions.of(version))
    return {**values, "silence_accepts": YES if version.silence_accepts else NO}
