"""The end of a fiscal year: its months, the elimination of internal results, what it carries forward."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import func, select

from ...ledger import spans
from ...ledger.models import Entry, Period
from ...reconciliation import elimination, year_end
from .. import chart, year_words
from ..forms import year_end as forms
from ..forms.base import act, done, page, submit
from ..i18n import _
from ..permissions import ACCOUNT


@view_config(route_name="endi_ext.year_end", request_method="GET", permission=ACCOUNT)
def current(request: Any) -> HTTPSeeOther:
    """Go to the fiscal year of the oldest open month, or to the one chosen in the list."""
    name = request.GET.get("year", "")
    if spans.YEAR.fullmatch(name) is None:
        wanted = select(func.min(Period.fiscal_year)).where(Period.state == "open")
        name = str(request.dbsession.execute(wanted).scalar() or act(request).today.year)
    return HTTPSeeOther(request.route_path("endi_ext.year_end.of", year=name))


@view_config(
    route_name="endi_ext.year_end.of",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/year_end.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what is left to do before the year is over, and what its accounts carry forward."""
    session, span = request.dbsession, context.span
    years = sorted(
        {name for name, _on in spans.known(session) if "-" not in name} | {span.name}, reverse=True
    )
    return page(
        request,
        _("Fin d’exercice : {year}"),
        year=span.name,
        span=span,
        found=year_end.read(session, span),
        years=years,
        titles=chart.titles(session),
        name_of=lambda group: year_words.name_of(group, request.endi_ext),
        slug_of=year_words.slug_of,
        last_month=f"{span.ends_on:%Y-%m}",
        next_year=str(int(span.name) + 1),
    )


@view_config(
    route_name="endi_ext.year_end.eliminate",
    permission=ACCOUNT,
    require_csrf=True,
    renderer="endi_ext:web/templates/elimination.mako",
)
def eliminate(context: Any, request: Any) -> Any:
    """Show the lines of an elimination, and post them as they were shown."""
    session, span = request.dbsession, context.span
    proposal = _proposal(context, request)

    def save(values: dict[str, Any]) -> Any:
        text = request.endi_ext.text(forms.NARRATION, name=_name(context, request), year=span.name)
        posted = elimination.post(session, span, context.group, text=text, act=act(request), **values)
        said = forms.POSTED if isinstance(posted, Entry) else forms.PUT_ASIDE
        return done(request, context.url, said)

    return submit(
        request,
        forms.elimination_schema(proposal.digest, _code(session)),
        save,
        title=_("Éliminer les opérations internes"),
        button=_("Passer l’écriture"),
        cancel=context.url,
        proposal=proposal,
        name=_name(context, request),
        span=span,
        titles=chart.titles(session),
    )


@view_config(
    route_name="endi_ext.year_end.undo",
    permission=ACCOUNT,
    require_csrf=True,
    renderer="endi_ext:web/templates/form.mako",
)
def undo(context: Any, request: Any) -> Any:
    """Undo an elimination, with a reason."""
    _proposal(context, request)

    def save(values: dict[str, Any]) -> Any:
        elimination.undo(request.dbsession, context.span, context.group, act=act(request), **values)
        return done(request, context.url, _("L’élimination est annulée : l’écriture contraire est passée."))

    return submit(
        request,
        forms.undoing_schema(),
        save,
        title=_("Annuler l’élimination"),
        button=_("Annuler l’élimination"),
        cancel=context.url,
        intro=f"{_name(context, request)}. {request.endi_ext.text(forms.WHAT_UNDOING_MEANS)}",
    )


def _proposal(context: Any, request: Any) -> elimination.Proposal:
    found = elimination.proposals(request.dbsession, context.span)
    for proposal in found:
        if proposal.group == context.group:
            return proposal
    raise HTTPNotFound


def _name(context: Any, request: Any) -> str:
    return year_words.name_of(context.group, request.endi_ext)


def _code(session: Any) -> str:
    known = elimination.known_compensation(session)
    return year_words.DEFAULT_CODE if known is None else str(known.analytic_code)
