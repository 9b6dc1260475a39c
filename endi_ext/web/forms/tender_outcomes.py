"""Forms of the end of a tender: deposit, result of a lot, agreements, the client's deal and invoice."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import colander

from ...kernel.paris import PARIS
from ...ports import ClientInvoice, Deal
from ...tenders.models import Tender
from ...tenders.outcome_models import LotResult
from ...tenders.outcomes import LOST, WON, Proof, Result, Rival
from ..i18n import _
from . import base, types, widgets

CLOCK = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)?")
NOT_A_TIME = _("Ce n’est pas une heure : écrivez par exemple 14:30.")
REASON_WORDS = {
    "": _("Je ne sais pas"),
    "price": _("Notre prix"),
    "technical": _("Notre note technique"),
    "both": _("Le prix et la note technique"),
    "set_aside": _("Offre écartée (irrégulière, inacceptable, hors délai)"),
    "no_award": _("Procédure déclarée sans suite ou infructueuse"),
    "other": _("Autre raison"),
}
MOST_BIDDERS = 999
TOO_MANY = _("Ce nombre est trop grand.")
OUTCOMES = (("", _("Choisissez…")), (WON, _("Gagné")), (LOST, _("Perdu")))


def submission_schema(today: date, now: datetime) -> base.Schema:
    """Return the form that notes a deposit."""
    schema = base.Schema()
    schema.add(base.day(_("Déposée le"), name="submitted_on", default=today))
    local = now.astimezone(PARIS)
    schema.add(
        base.text(
            _("À (heure de Paris)"),
            longest=5,
            name="submitted_time",
            default=f"{local:%H:%M}",
            validator=_is_a_time,
            description=_("L’heure qui figure sur l’accusé de réception de la plateforme."),
        )
    )
    schema.add(
        base.text(
            _("Numéro de l’accusé de réception"),
            name="reference",
            missing="",
        )
    )
    schema.add(
        base.upload(
            _("Preuve de dépôt"),
            name="proof",
            missing=None,
            accept=".pdf,.png,.jpg,.jpeg,.txt",
            description=_("L’accusé de réception : PDF, image ou texte. Il reste joint à la réponse."),
        )
    )
    schema.add(base.text(_("Note pour l’équipe"), longest=2000, rows=3, missing="", name="note"))
    return schema


def deposit_of(values: dict[str, Any], most_bytes: int) -> dict[str, Any]:
    """Return what was typed of a deposit, as outcomes.submit takes it."""
    hours, minutes = CLOCK.fullmatch(values["submitted_time"]).groups()  # type: ignore[union-attr]
    at = datetime.combine(values["submitted_on"], time(int(hours), int(minutes or 0)), PARIS)
    proof = values["proof"]
    kept = None
    if proof is not None:
        # One byte more than is taken: what is too large is refused as such, never read whole.
        kept = Proof(proof.filename, proof.file.read(most_bytes + 1))
    return {
        "submitted_at": at,
        "reference": values["reference"],
        "note": values["note"],
        "proof": kept,
    }


class RivalSchema(colander.MappingSchema):
    """Another bidder."""

    name = base.text(_("Entreprise ou groupement"))
    amount_cents = base.money(_("Prix HT, s’il est connu"), missing=None)


class RivalsSchema(colander.SequenceSchema):
    """Other bidders."""

    row = RivalSchema()


def result_schema(row: LotResult | None, today: date) -> base.Schema:
    """Return the form of what became of a lot; what is decided cannot be turned round here."""
    schema = base.Schema(validator=_winner_only_when_lost)
    known = [one for one in OUTCOMES if row is None or one[0] == row.outcome]
    schema.add(base.choice(_("Résultat"), known, name="outcome"))
    schema.add(base.day(_("Date de la décision"), name="decided_on", missing=None, default=today))
    reasons = tuple(REASON_WORDS.items())
    schema.add(base.choice(_("Si le lot est perdu, pourquoi"), reasons, name="reason_kind", missing=""))
    schema.add(
        base.text(
            _("Ce que dit l’acheteur, ce que vous en retenez"),
            longest=2000,
            rows=4,
            missing="",
            name="reason",
        )
    )
    schema.add(_whole(_("Notre classement"), "our_rank"))
    schema.add(_whole(_("Nombre d’offres reçues, la vôtre comprise"), "bidder_count"))
    schema.add(base.text(_("Attributaire, si le lot est perdu"), name="winner", missing=""))
    schema.add(base.money(_("Son prix HT, s’il est connu"), name="winner_cents", missing=None))
    schema.add(
        RivalsSchema(
            name="rivals",
            title=_("Autres concurrents, s’ils sont connus"),
            widget=widgets.RowsWidget(),
            missing=(),
        )
    )
    return schema


def result_of(values: dict[str, Any]) -> Result:
    """Return what was typed of a result."""
    winner = [Rival(values["winner"], values["winner_cents"], is_winner=True)] if values["winner"] else []
    names = ("outcome", "decided_on", "reason_kind", "reason", "our_rank", "bidder_count")
    rivals = [*winner, *(Rival(**one) for one in values["rivals"])]
    return Result(**{name: values[name] for name in names}, rivals=rivals)


def values_of(row: LotResult | None) -> dict[str, Any]:
    """Return what is known of a lot, to fill the form."""
    if row is None:
        return {}
    names = ("outcome", "decided_on", "reason_kind", "reason", "our_rank", "bidder_count")
    found = {name: getattr(row, name) for name in names if getattr(row, name) is not None}
    winner = next((one for one in row.competitors if one.is_winner), None)
    if winner is not None:
        found["winner"] = winner.name
        found["winner_cents"] = colander.null if winner.amount_cents is None else winner.amount_cents
    found["rivals"] = [
        {"name": one.name, "amount_cents": colander.null if one.amount_cents is None else one.amount_cents}
        for one in row.competitors
        if not one.is_winner
    ]
    return found


def agreements_schema(tender: Tender) -> base.Schema:
    """Return the form that sends the agreements."""
    schema = base.Schema()
    schema.add(
        base.day(
            _("Travail à terminer avant le"),
            name="due_on",
            description=_("La même date pour tous ; chacun pourra proposer autre chose."),
        )
    )
    schema.add(base.day(_("Réponse attendue avant le"), name="answer_by", missing=None))
    schema.add(
        base.text(
            _("Message à l’équipe"),
            longest=2000,
            rows=3,
            missing="",
            name="message",
            description=_("Il figurera dans chaque accord."),
        )
    )
    return schema


def deal_schema(deals: Sequence[Deal]) -> base.Schema:
    """Return the form that says which job of the host the tender became."""
    schema = base.Schema()
    known = [(deal.key, f"{deal.label} – {deal.client}") for deal in deals]
    schema.add(base.choice(_("Affaire du client"), known, name="deal"))
    return schema


def invoice_schema(invoices: Sequence[ClientInvoice], request: Any) -> base.Schema:
    """Return the form that names a client invoice for all agreements."""
    schema = base.Schema()
    money = request.endi_ext.money
    known = [(one.key, f"{one.number} – {one.client} – {money(one.total_cents)}") for one in invoices]
    schema.add(base.choice(_("Facture envoyée au client"), known, name="invoice"))
    return schema


def _whole(title: str, name: str) -> colander.SchemaNode:
    """Return a whole number from one on, or nothing."""
    return colander.SchemaNode(
        types.Whole(),
        title=title,
        name=name,
        missing=None,
        widget=widgets.NumberWidget(),
        validator=colander.Range(max=MOST_BIDDERS, max_err=TOO_MANY),
    )


def _is_a_time(node: Any, value: str) -> None:
    if not CLOCK.fullmatch(value):
        raise colander.Invalid(node, NOT_A_TIME)


def _winner_only_when_lost(node: Any, values: dict[str, Any]) -> None:
    refusal = colander.Invalid(node)
    if values["outcome"] == WON and values["winner"]:
        refusal["winner"] = _("Le lot est gagné : citez les autres offres ci-dessous.")
    elif values["winner_cents"] is not None and not values["winner"]:
        refusal["winner"] = _("Indiquez à qui est ce prix.")
    else:
        return
    raise refusal
