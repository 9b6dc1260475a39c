"""Contracts that public buyers awarded: searched by the whole cooperative, compared with a tender."""

import re
from typing import Any

import colander
from pyramid.view import view_config

from ...tenders import award_prices, awards
from ...tenders.award_prices import PriceRange, Prices
from .. import charts
from ..forms.base import page
from ..forms.types import Day
from ..i18n import _
from ..paging import cursor_of, size_of
from ..permissions import VIEW

LONGEST = 100
NAMES = ("words", "cpv", "buyer", "winner", "grouping", "since")
GROUPINGS = (
    ("", _("Seul ou en groupement")),
    (awards.SINGLE, _("Sans groupement")),
    (awards.GROUPED, _("En groupement")),
)
GROUPING_WORDS = {
    "none": _("Sans groupement"),
    "several": _("Groupement conjoint"),
    "joint_and_several": _("Groupement solidaire"),
}
RANGE_WORDS = {
    award_prices.ALL: _("Tous les marchés"),
    award_prices.ALONE: _("Sans groupement"),
    award_prices.GROUPED: _("En groupement"),
}
NOT_A_CODE = _("Un code CPV commence par deux chiffres au moins, par exemple 7131.")
NOT_A_NUMBER = _("Un SIRET a 14 chiffres, un SIREN 9.")
CHART_TITLE = _("Prix des marchés attribués, code CPV {cpv}")
TOLD = _(
    "{name} ({count}) : la moitié entre {first} et {third}, la médiane à {median}, huit sur dix entre {low} "
    "et {high}."
)


@view_config(
    route_name="endi_ext.tenders.awards",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/awards.mako",
)
def listing(context: Any, request: Any) -> dict[str, Any]:
    """Search who won what, for how much, for which buyer, in a group or not."""
    session = request.dbsession
    typed, wanted, errors = asked(request)
    return page(
        request,
        _("Marchés attribués"),
        found=awards.search(session, wanted, cursor=cursor_of(request), size=size_of(request)),
        any_kept=awards.any_kept(session),
        typed=typed,
        errors=errors,
        groupings=GROUPINGS,
        grouping_words=GROUPING_WORDS,
        prices=[drawn(request, one) for one in award_prices.price_ranges(session, [wanted.cpv], wider=False)]
        if wanted.cpv
        else [],
    )


@view_config(
    route_name="endi_ext.tender.awards",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_awards.mako",
)
def of_tender(context: Any, request: Any) -> dict[str, Any]:
    """Show what contracts like those of a tender were awarded for, and the last of them."""
    session, codes = request.dbsession, award_prices.codes_of(context.tender)
    prices = award_prices.price_ranges(session, codes)
    return page(
        request,
        _("Marchés comparables : {subject}"),
        subject=context.tender.title,
        codes=codes,
        prices=[drawn(request, one) for one in prices],
        latest=[
            (one.cpv, awards.search(session, awards.Wanted(cpv=one.cpv), size=10).rows) for one in prices
        ],
        grouping_words=GROUPING_WORDS,
        any_kept=awards.any_kept(session),
    )


def asked(request: Any) -> tuple[dict[str, str], awards.Wanted, dict[str, str]]:
    """Return what was typed, what of it is looked for, and what is wrong with the rest."""
    typed = {name: request.GET.get(name, "").strip()[:LONGEST] for name in NAMES}
    errors: dict[str, str] = {}
    cpv = re.sub(r"[\s.]", "", typed["cpv"]).partition("-")[0]
    if cpv and not re.fullmatch(r"[0-9]{2,8}", cpv):
        errors["cpv"], cpv = NOT_A_CODE, ""
    numbers = {name: _number(typed[name], name, errors) for name in ("buyer", "winner")}
    return (
        typed,
        awards.Wanted(
            text=typed["words"],
            cpv=cpv,
            buyer_id=numbers["buyer"],
            winner_id=numbers["winner"],
            grouping=typed["grouping"] if typed["grouping"] in (awards.SINGLE, awards.GROUPED) else None,
            since=_day(typed["since"], errors),
        ),
        errors,
    )


def drawn(request: Any, prices: Prices) -> dict[str, Any]:
    """Return ranges with their chart, said in words too."""
    speech = request.endi_ext
    rows = [(speech.text(RANGE_WORDS[one.kind]), one) for one in prices.ranges]
    told = " ".join(speech.text(TOLD, name=name, **_facts(one, speech)) for name, one in rows)
    title = speech.text(CHART_TITLE, cpv=prices.cpv)
    chart = charts.boxes(title, told, [(name, _five(one)) for name, one in rows], speech.money)
    return {"cpv": prices.cpv, "title": title, "rows": rows, "chart": chart}


def _facts(one: PriceRange, speech: Any) -> dict[str, Any]:
    names = ("low", "first", "median", "third", "high")
    return {"count": one.count, **dict(zip(names, map(speech.money, _five(one)), strict=True))}


def _five(one: PriceRange) -> tuple[int, ...]:
    return (
        one.low_cents,
        one.first_quarter_cents,
        one.median_cents,
        one.third_quarter_cents,
        one.high_cents,
    )


def _number(typed: str, name: str, errors: dict[str, str]) -> str:
    number = re.sub(r"\s", "", typed)
    if number and not re.fullmatch(r"[0-9]{9}|[0-9]{14}", number):
        errors[name] = NOT_A_NUMBER
        return ""
    return number


def _day(typed: str, errors: dict[str, str]) -> Any:
    try:
        found = Day().deserialize(colander.SchemaNode(colander.String()), typed or colander.null)
    except colander.Invalid as wrong:
        errors["since"] = str(wrong.msg)
        return None
    return None if found is colander.null else found
