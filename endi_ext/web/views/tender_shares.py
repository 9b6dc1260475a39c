"""What each of the team gets of a bid, and when; what is at risk when one of them fails."""

from types import SimpleNamespace
from typing import Any

from pyramid.view import view_config

from ...tenders import price_terms, steps
from .. import charts
from ..forms import tender_prices as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW

SHARES_PAGE = "endi_ext:web/templates/tender_shares.mako"
EXPOSURE_PAGE = "endi_ext:web/templates/tender_exposure.mako"
CHART_TITLE = _("Ce que chacun recevra, et quand")
CHART_WORDS = _("Une barre par date, une couleur par membre ; les mêmes montants sont dans le tableau.")


@view_config(route_name="endi_ext.tender.shares", request_method="GET", permission=VIEW, renderer=SHARES_PAGE)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what stays with each member, lot by lot, and when it is expected."""
    split = context.split()
    payments = price_terms.payments(request.dbsession, context.tender, split)
    team = context.team
    return page(
        request,
        _("Qui reçoit combien, et quand"),
        tender=context.tender,
        split=split,
        team=team,
        sums=SimpleNamespace(**{name: _sum(split, name) for name in SUMMED}),
        terms=price_terms.settled(request.dbsession, context.tender),
        payments=payments,
        planned=price_terms.planned(request.dbsession, context.tender),
        chart=_chart(request, team, payments),
        actions=context.actions,
    )


SUMMED = (
    "gross_cents", "fee_cents", "common_cents", "agreed_cents", "contribution_cents", "retention_cents",
    "net_cents",
)  # fmt: skip


@view_config(route_name="endi_ext.tender.shares.terms", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def terms(context: Any, request: Any) -> Any:
    """Settle fee, common expenses, retention and payment."""
    steps.check(context.tender, "steer", context.party)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        price_terms.settle(request.dbsession, context.tender, price_terms.Settled(**values), **doer)
        return done(request, context.url, _("C’est noté : les parts sont recalculées."))

    return submit(
        request,
        forms.terms_schema(),
        save,
        title=_("Rémunération, frais et retenue"),
        button=_("Enregistrer"),
        cancel=context.url,
        values=vars(price_terms.settled(request.dbsession, context.tender)),
    )


@view_config(
    route_name="endi_ext.tender.shares.instalments", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def instalments(context: Any, request: Any) -> Any:
    """Say when the client is expected to be invoiced."""
    steps.check(context.tender, "steer", context.party)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        price_terms.plan(request.dbsession, context.tender, forms.expected(values), **doer)
        return done(request, context.url, _("L’échéancier est enregistré."))

    return submit(
        request,
        forms.instalments_schema(),
        save,
        title=_("Factures prévues au client"),
        button=_("Enregistrer"),
        cancel=context.url,
        values=forms.as_typed(price_terms.planned(request.dbsession, context.tender)),
    )


@view_config(
    route_name="endi_ext.tender.exposure", request_method="GET", permission=VIEW, renderer=EXPOSURE_PAGE
)
def exposed(context: Any, request: Any) -> dict[str, Any]:
    """Show what is at risk for each member, and for the cooperative."""
    found = price_terms.exposure_of(request.dbsession, context.tender, context.split())
    return page(
        request,
        _("Engagements et risques"),
        tender=context.tender,
        exposure=found,
        members={member.id: member for member in context.tender.members},
        default_cap_cents=price_terms.default_cap_cents(request.dbsession),
        liability=dict(forms.LIABILITIES)[context.tender.liability],
        mine=context.member,
        lead=context.party.id == context.tender.lead_id,
        actions=context.actions,
    )


@view_config(
    route_name="endi_ext.tender.exposure.group", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def group(context: Any, request: Any) -> Any:
    """Choose the form of the group towards the buyer."""
    steps.check(context.tender, "steer", context.party)
    tender = context.tender

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        liable = values["lead_is_liable"] == "yes"
        price_terms.bind(request.dbsession, tender, values["liability"], lead_is_liable=liable, **doer)
        return done(request, context.url, _("La forme de la réponse est enregistrée."))

    return submit(
        request,
        forms.liability_schema(),
        save,
        title=_("Forme de la réponse"),
        button=_("Enregistrer"),
        cancel=context.url,
        values={"liability": tender.liability, "lead_is_liable": "yes" if tender.lead_is_liable else "no"},
        intro=GROUP_INTRO,
    )


GROUP_INTRO = _(
    "Entre enseignes de la coopérative il n’y a qu’un candidat : la coopérative. Un groupement n’existe "
    "qu’avec d’autres entreprises. La forme exigée après l’attribution est dans l’avis ou le règlement de "
    "la consultation : à vérifier."
)


@view_config(route_name="endi_ext.tender.exposure.cap", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def cap(context: Any, request: Any) -> Any:
    """Say the most one wants to bear."""
    steps.check(context.tender, "prepare", context.party)
    member = context.subject

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        price_terms.cap(request.dbsession, context.tender, member, values["cap_cents"], **doer)
        return done(request, context.url, _("Le plafond est enregistré."))

    return submit(
        request,
        forms.cap_schema(),
        save,
        title=request.endi_ext.text(_("Plafond de {name}"), name=member.name),
        button=_("Enregistrer"),
        cancel=context.url,
        values={"cap_cents": member.cap_cents},
    )


def _sum(split: Any, name: str) -> int:
    return sum(getattr(share, name) for share in split.members.values())


def _chart(request: Any, team: Any, payments: Any) -> Any:
    """Return bars of what reaches whom when; none where nothing has a date."""
    speech = request.endi_ext
    days = sorted({payment.on for payment in payments if payment.on})
    if not days:
        return None
    series = [
        (
            member.name,
            [sum(one.by_member.get(member.id, 0) for one in payments if one.on == on) for on in days],
        )
        for member in team
    ]
    series = [(name, cents) for name, cents in series if any(cents)]
    title, words = speech.text(CHART_TITLE), speech.text(CHART_WORDS)
    return charts.stacked_bars(title, words, [speech.day(on) for on in days], series, speech.money)
