"""What does not agree, for accountants: counted by code, listed, several decided at once, looked for."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...ledger import spans
from ...reconciliation import finding_looks, finding_queries, finding_store
from ...reconciliation.finding_errors import AssigneeUnknown, NoFindings, ReasonMissing
from ...reconciliation.finding_models import STATES, WaiverReason
from .. import filters, finding_page
from ..forms.base import act, done, page
from ..i18n import _
from ..paging import cursor_of, size_of
from ..permissions import ACCOUNT
from .books import all_parties

MINE = "me"
MONTHS_OFFERED = 36
LONGEST_COMMENT = 500


@view_config(
    route_name="endi_ext.findings",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/findings.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """Show how many findings each code has and what is at stake, then the findings themselves."""
    session = request.dbsession
    asked = filters.read(request, _fields(request))
    wanted = _wanted(request, asked)
    every_code = finding_queries.Wanted(**{**vars(wanted), "code": None})
    return page(
        request,
        _("Écarts entre les documents"),
        asked=asked,
        counts=finding_queries.counted(session, every_code),
        found=finding_queries.listed(session, wanted, cursor=cursor_of(request), size=size_of(request)),
        reasons=finding_queries.reasons(session),
        accountants=request.registry.endi_ext_host.accountants(session),
        look=finding_looks.of_source(session),
        shown=finding_page,
    )


def _fields(request: Any) -> Sequence[filters.Field]:
    session, speech = request.dbsession, request.endi_ext
    months = finding_queries.months(session)[:MONTHS_OFFERED]
    states = [("", _("À traiter et attribués")), *((one, finding_page.STATES[one].label) for one in STATES)]
    codes = [(one, finding_page.title(one)) for one in finding_queries.codes(session)]
    return (
        filters.Field(
            "month",
            _("Mois"),
            "choice",
            choices=[("", _("Tous les mois")), *((f"{one:%Y-%m}", speech.month(one)) for one in months)],
        ),
        filters.Field("code", _("Écart"), "choice", choices=[("", _("Tous les écarts")), *codes]),
        filters.Field("state", _("État"), "choice", choices=states),
        filters.Field("party", _("Enseigne"), "party", parties=all_parties(session)),
        filters.Field("whose", _("Attribués"), "choice", choices=(("", _("À tous")), (MINE, _("À moi")))),
    )


def _wanted(request: Any, asked: filters.Filters) -> finding_queries.Wanted:
    span = spans.span_of(request.dbsession, asked["month"]) if asked["month"] else None
    return finding_queries.Wanted(
        state=asked["state"] or finding_queries.STANDING,
        starts_on=span.starts_on if span else None,
        ends_on=span.ends_on if span else None,
        code=asked["code"],
        party_id=asked["party"].id if asked["party"] else None,
        assigned_key=act(request).actor_key if asked["whose"] == MINE else None,
    )


@view_config(
    route_name="endi_ext.findings.decide", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def decide(request: Any) -> HTTPSeeOther:
    """Assign, hand back or let pass the ticked findings: all of them or none."""
    ids = _ticked(request)
    if not ids:
        raise NoFindings
    decide_so = _DECISIONS.get(request.POST.get("decision", ""))
    if decide_so is None:
        # Sent by another way than a button: nobody chose anything.
        return HTTPSeeOther(_back(request))
    return decide_so(request, ids)


def _take(request: Any, ids: list[int]) -> HTTPSeeOther:
    who = act(request)
    found = finding_store.assign(request.dbsession, ids, who.actor_key, who.actor_name, who)
    return _decided(request, _("Écarts qui vous sont attribués : {count}."), found)


def _assign(request: Any, ids: list[int]) -> HTTPSeeOther:
    key = request.POST.get("assignee", "")
    name = dict(request.registry.endi_ext_host.accountants(request.dbsession)).get(key)
    if name is None:
        raise AssigneeUnknown
    found = finding_store.assign(request.dbsession, ids, key, name, act(request))
    return _decided(request, _("Écarts attribués à {name} : {count}."), found, name=name)


def _hand_back(request: Any, ids: list[int]) -> HTTPSeeOther:
    found = finding_store.hand_back(request.dbsession, ids, act(request))
    return _decided(request, _("Écarts remis à tous : {count}."), found)


def _waive(request: Any, ids: list[int]) -> HTTPSeeOther:
    number = request.POST.get("reason", "")
    known = number.isascii() and number.isdigit() and len(number) < 16
    reason = request.dbsession.get(WaiverReason, int(number)) if known else None
    if reason is None:
        raise ReasonMissing
    comment = request.POST.get("comment", "").strip()[:LONGEST_COMMENT] or None
    found = finding_store.waive(request.dbsession, ids, reason, comment, act(request))
    return _decided(request, _("Écarts laissés passer : {count}. Le motif est conservé."), found)


_DECISIONS = {"take": _take, "assign": _assign, "hand_back": _hand_back, "waive": _waive}


def _decided(request: Any, text: str, found: Sequence[Any], **facts: Any) -> HTTPSeeOther:
    return done(request, _back(request), text, count=len(found), **facts)


def _back(request: Any) -> str:
    """Return the list as it was filtered: several are decided code after code."""
    return str(request.route_path("endi_ext.findings", _query=_kept(request)))


def _kept(request: Any) -> dict[str, str]:
    names = ("month", "code", "state", "party", "whose")
    return {name: request.POST[name][:200] for name in names if request.POST.get(name)}


def _ticked(request: Any) -> list[int]:
    numbers = request.POST.getall("finding")[: finding_store.MOST_AT_ONCE]
    return [int(one) for one in numbers if one.isascii() and one.isdigit() and len(one) < 16]
