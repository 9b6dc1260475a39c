"""Lettering by hand: lines of an account ticked, put under a letter, and letters undone with a reason."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...kernel.errors import DomainError
from ...ledger import lettering, lettering_queries, letters
from ...ledger.lettering_models import FULL
from ...ledger.models import Account
from ...reconciliation import lettering as suggestions
from .. import chart, filters
from ..errors import attempt, flash_error
from ..forms import base
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..messages import sentence
from ..paging import cursor_of
from ..permissions import ACCOUNT
from .books import all_parties

OPEN, LETTERED, UNDONE = "open", "lettered", "undone"
TABS = ((OPEN, _("Lignes ouvertes")), (LETTERED, _("Lettrées")), (UNDONE, _("Lettrages annulés")))
ITEMS, LETTERS, ACCOUNTS, SUGGESTIONS = 100, 20, 100, 10
MOST_DIGITS = 15


@view_config(
    route_name="endi_ext.lettering",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/lettering.mako",
)
def show(request: Any) -> dict[str, Any]:
    """Show the accounts with open lines or, of the account chosen, what is open, lettered or undone."""
    session = request.dbsession
    asked = filters.read(request, _fields(session))
    party, number = asked["party"], asked["account"]
    account = lettering_queries.account_of(session, party.id, number) if party and number else None
    if account is None:
        shown = lettering_queries.accounts_open(session, party_id=party.id if party else None, most=ACCOUNTS)
        return _page(request, asked, account=None, accounts=shown)
    return _page(request, asked, account=account, **_tab(request, asked, account))


@view_config(
    route_name="endi_ext.lettering.letter", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def letter(request: Any) -> HTTPSeeOther:
    """Put the ticked lines under a letter, or come back with their sum where that is all that was asked."""
    ticked, account = _ticked(request.POST.getall("line")), _account(request)
    if account is None or not ticked:
        flash_error(request, _("Cochez au moins une ligne au débit et une au crédit."))
        return HTTPSeeOther(_back(request, account))
    back = _back(request, account, tick=",".join(map(str, ticked)))
    if "preview" in request.POST:
        return HTTPSeeOther(back)
    try:
        with attempt(request):
            made = lettering.letter(request.dbsession, account.id, ticked, act(request))
    except DomainError as refusal:
        flash_error(request, sentence(refusal, request.endi_ext))
        return HTTPSeeOther(back)
    return _lettered(request, account, made)


@view_config(route_name="endi_ext.lettering.undo", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def undo(context: Any, request: Any) -> Any:
    """Undo a letter with a reason: its lines are open again."""
    schema = base.Schema()
    about = _("Le motif est conservé avec le lettrage annulé.")
    schema.add(base.text(_("Motif"), name="reason", longest=300, rows=3, description=about))

    def save(values: dict[str, Any]) -> Any:
        lettering.undo(request.dbsession, context.matching, reason=values["reason"], act=act(request))
        return done(request, context.url, _("Le lettrage est annulé : ses lignes sont de nouveau ouvertes."))

    return submit(
        request,
        schema,
        save,
        title=_("Annuler un lettrage"),
        button=_("Annuler le lettrage"),
        cancel=context.url,
        cancel_label=_("Revenir"),
        intro=_intro(request, context.matching),
    )


def _intro(request: Any, matching: Any) -> str:
    account = matching.account
    text = letters.letters(matching.number, partial=matching.state != FULL)
    words = _("Lettrage {letters}, compte {number} de {name}.")
    return str(request.endi_ext.text(words, letters=text, number=account.number, name=account.party.name))


def _page(request: Any, asked: filters.Filters, **values: Any) -> dict[str, Any]:
    return page(
        request,
        _("Lettrage"),
        asked=asked,
        party=asked["party"],
        partner=asked["partner"],
        titles=chart.titles(request.dbsession),
        **values,
    )


def _fields(session: Any) -> Sequence[filters.Field]:
    parties = all_parties(session)
    titles = chart.titles(session)
    numbers = [
        ("", _("Tous les comptes")),
        *((number, number) for number in lettering_queries.numbers(session)),
    ]
    named = [(value, f"{label} {titles[value]}" if value in titles else label) for value, label in numbers]
    return (
        filters.Field("party", _("Enseigne"), "party", parties=parties),
        filters.Field("account", _("Compte"), "choice", choices=named),
        filters.Field("partner", _("Avec"), "party", parties=parties),
    )


def _tab(request: Any, asked: filters.Filters, account: Account) -> dict[str, Any]:
    tab = request.GET.get("tab", OPEN)
    tab = tab if tab in (LETTERED, UNDONE) else OPEN
    partner_id = asked["partner"].id if asked["partner"] else None
    shown = {"tab": tab, "tabs": TABS, "partial_of": letters.letters}
    if tab == OPEN:
        return {**shown, **_open(request, account, partner_id)}
    return {**shown, **_letters(request, account, partner_id, undone=tab == UNDONE)}


def _open(request: Any, account: Account, partner_id: int | None) -> dict[str, Any]:
    session = request.dbsession
    found = lettering_queries.open_page(
        session, account.id, counterparty_id=partner_id, cursor=cursor_of(request), size=ITEMS
    )
    ticked = lettering_queries.with_their_letters(session, _ticked(request.GET.get("tick", "").split(",")))
    on_page = {item.line.id for item in found.rows}
    elsewhere = [line_id for line_id in ticked if line_id not in on_page]
    more = lettering_queries.items(session, elsewhere, account_id=account.id)
    rows = [*more, *found.rows]
    return {
        "found": found,
        "rows": rows,
        "ticked": {item.line.id for item in rows} & set(ticked),
        "standing": lettering_queries.standing_of(session, account.id, counterparty_id=partner_id),
        "suggested": _suggested(request, account, partner_id),
    }


def _suggested(request: Any, account: Account, partner_id: int | None) -> Any:
    if "suggest" not in request.GET:
        return None
    return suggestions.suggest(request.dbsession, account.id, counterparty_id=partner_id, most=SUGGESTIONS)


def _letters(request: Any, account: Account, partner_id: int | None, *, undone: bool) -> dict[str, Any]:
    session, before = request.dbsession, request.GET.get("before", "")
    listed, following = lettering_queries.letters_page(
        session,
        account.id,
        undone=undone,
        counterparty_id=partner_id,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < MOST_DIGITS else None,
        size=LETTERS,
    )
    return {
        "matchings": listed,
        "following": following,
        "under": lettering_queries.lines_under(session, listed),
        "full": FULL,
    }


def _lettered(request: Any, account: Account, made: Any) -> HTTPSeeOther:
    back = _back(request, account)
    if made.state == FULL:
        text = letters.letters(made.number)
        return done(request, back, _("Lettré {letters} : ces lignes se soldent."), letters=text)
    text, left = letters.letters(made.number, partial=True), request.endi_ext.money(abs(made.cents))
    return done(
        request,
        back,
        _("Lettré {letters} en partie : il reste {left}, ces lignes demeurent ouvertes."),
        letters=text,
        left=left,
    )


def _account(request: Any) -> Account | None:
    ids = _ticked([request.POST.get("account_id", "")])
    found: Account | None = request.dbsession.get(Account, ids[0]) if ids else None
    return found


def _back(request: Any, account: Account | None, **query: str) -> str:
    """Return the address of the account's open lines, as they were filtered."""
    kept = {"partner": request.POST.get("partner", "")[:200], **query}
    if account is not None:
        kept.update(party=account.party.name, account=account.number)
    return str(request.route_path("endi_ext.lettering", _query={k: v for k, v in kept.items() if v}))


def _ticked(values: Sequence[str]) -> list[int]:
    """Return the ids of ticked lines, each once, as many as one letter takes and one more."""
    numbers = (int(one) for one in values if one.isascii() and one.isdigit() and len(one) <= MOST_DIGITS)
    return list(dict.fromkeys(numbers))[: lettering.MOST_LINES + 1]
