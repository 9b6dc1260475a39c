"""What admins choose: scheme, accounts, rates; who may do what; what was changed."""

from collections.abc import Mapping
from typing import Any

from pyramid.view import view_config
from sqlalchemy import select

from ...exchanges import choices, papers, sage_choices
from ...exchanges.postings import OPTIONAL_ROLES, ROLES, SCHEMES
from ...kernel import preferences
from ...kernel.parties import COOPERATIVE, EXTERNAL, Party
from ...ledger import aside
from ...subcontracts.conditions import MOST_RETENTION
from ...subcontracts.duties import REMINDER_DAYS
from ...tenders import identity, price_terms
from .. import chart, draft_desk, examples, rights
from ..dossier_words import IDENTITY as OF_IDENTITY
from ..forms import configuration as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import CONFIGURE

LATER_ONLY = _(
    "Votre choix vaut pour les échanges à venir : ce qui est au livre ne change pas, et un échange déjà "
    "accepté se règle sur les comptes de son acceptation."
)
CHANGES_SHOWN = 200


@view_config(
    route_name="endi_ext.admin",
    request_method="GET",
    permission=CONFIGURE,
    renderer="endi_ext:web/templates/configuration.mako",
)
def home(request: Any) -> dict[str, Any]:
    """Show the choices in force, with a way to change each."""
    session = request.dbsession
    chosen = choices.read(session)
    traders = (
        select(Party).where(Party.active, Party.kind.notin_((COOPERATIVE, EXTERNAL))).order_by(Party.name)
    )
    return page(
        request,
        _("Configuration des échanges internes"),
        chosen=chosen,
        roles=[(chart.ROLES[role], chosen.scheme.accounts.get(role, "")) for role in ROLES + OPTIONAL_ROLES],
        parties=list(session.execute(traders).scalars()),
        draft_journals=[draft_desk.JOURNALS.get(code, code) for code in aside.journals_waiting(session)],
        documents_made=papers.made_by_host(session),
        documents_wanted=papers.wanted(session),
        rates_address=request.registry.endi_ext_host.shell.parties_address(request),
    )


@view_config(
    route_name="endi_ext.admin.scheme",
    permission=CONFIGURE,
    require_csrf=True,
    renderer="endi_ext:web/templates/scheme.mako",
)
def scheme(request: Any) -> Any:
    """Choose between the posting schemes, each explained by the same worked example."""
    session = request.dbsession

    def save(values: dict[str, Any]) -> Any:
        preferences.choose(session, choices.SCHEME, values["scheme"], act(request))
        return done(request, request.route_path("endi_ext.admin"), LATER_ONLY)

    return submit(
        request,
        forms.scheme_schema(),
        save,
        title=_("Choisir le schéma comptable"),
        button=_("Enregistrer"),
        cancel=request.route_path("endi_ext.admin"),
        values={"scheme": choices.read(session).scheme.code},
        examples=[(one, examples.of(one)) for one in SCHEMES.values()],
        titles=chart.titles(session),
        later_only=LATER_ONLY,
    )


@view_config(
    route_name="endi_ext.admin.accounts", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE
)
def accounts(request: Any) -> Any:
    """Choose the account of each role in the scheme in force."""
    session = request.dbsession
    chosen = choices.read(session)
    names = {role: choices.account_preference(chosen.scheme.code, role) for role in ROLES + OPTIONAL_ROLES}
    now = preferences.several(session, list(names.values()))

    def save(values: dict[str, Any]) -> Any:
        _choose(request, {names[role]: values[role] for role in names})
        return done(request, request.route_path("endi_ext.admin"), LATER_ONLY)

    return submit(
        request,
        forms.accounts_schema(chosen, request.endi_ext),
        save,
        title=_("Choisir les comptes"),
        button=_("Enregistrer"),
        cancel=request.route_path("endi_ext.admin"),
        values={role: now[name] for role, name in names.items()},
        intro=f"{request.endi_ext.text(chosen.scheme.label)}. {request.endi_ext.text(LATER_ONLY)}",
    )


@view_config(
    route_name="endi_ext.admin.documents", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE
)
def documents(request: Any) -> Any:
    """Choose whether new exchanges get the host's documents."""
    session = request.dbsession
    back = request.route_path("endi_ext.admin")

    def save(values: dict[str, Any]) -> Any:
        preferences.choose(session, papers.CHOICE, values[papers.CHOICE], act(request))
        return done(request, back, _("Votre choix vaut pour les échanges à venir."))

    intro = _(
        "Les échanges qui ont déjà leurs documents les gardent à jour. Une application qui ne fait pas de "
        "documents n’en fera pas plus : son bon d’échange interne (PDF) suffit."
    )
    return submit(
        request,
        forms.documents_schema(),
        save,
        title=_("Documents des échanges"),
        button=_("Enregistrer"),
        cancel=back,
        values={papers.CHOICE: preferences.get(session, papers.CHOICE) or papers.EVERYTHING},
        intro=request.endi_ext.text(intro),
    )


@view_config(route_name="endi_ext.admin.rates", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE)
def rates(request: Any) -> Any:
    """Choose the default contribution rate, the days to pay and the highest retention."""
    session = request.dbsession
    chosen = choices.read(session)

    def save(values: dict[str, Any]) -> Any:
        _choose(request, {name: "" if value is None else str(value) for name, value in values.items()})
        return done(request, request.route_path("endi_ext.admin"), LATER_ONLY)

    return submit(
        request,
        forms.rates_schema(),
        save,
        title=_("Contribution et délai de règlement"),
        button=_("Enregistrer"),
        cancel=request.route_path("endi_ext.admin"),
        values={
            choices.DEFAULT_RATE: chosen.default_rate_bp,
            choices.PAYMENT_DAYS: chosen.payment_days,
            REMINDER_DAYS: int(preferences.get(session, REMINDER_DAYS)),
            MOST_RETENTION: int(preferences.get(session, MOST_RETENTION)),
            price_terms.DEFAULT_CAP: price_terms.default_cap_cents(session),
        },
        intro=request.endi_ext.text(LATER_ONLY),
    )


def _choose(request: Any, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        preferences.choose(request.dbsession, name, value, act(request))


@view_config(
    route_name="endi_ext.admin.rights",
    request_method="GET",
    permission=CONFIGURE,
    renderer="endi_ext:web/templates/rights.mako",
)
def who_may(request: Any) -> dict[str, Any]:
    """Show what each right gives, and where the host gives rights to people."""
    return page(
        request,
        _("Qui peut faire quoi"),
        permissions=rights.PERMISSIONS,
        rows=rights.ROWS,
        rights_address=request.registry.endi_ext_host.shell.rights_address(request),
    )


@view_config(
    route_name="endi_ext.admin.changes",
    request_method="GET",
    permission=CONFIGURE,
    renderer="endi_ext:web/templates/changes.mako",
)
def changes(request: Any) -> dict[str, Any]:
    """Show who chose what, and what it was before."""
    found = preferences.changes(request.dbsession, size=CHANGES_SHOWN)
    return page(request, _("Réglages modifiés"), changes=found, called=_called, shown=_shown)


def _called(name: str) -> str:
    """Return the marked name of a preference."""
    if name.startswith("account."):
        return chart.ROLES[name.rpartition(".")[2]]
    if name.startswith(aside.PREFIX):
        return _("Brouillard")
    if name.startswith(identity.PREFIX):
        return OF_IDENTITY[name.removeprefix(identity.PREFIX)]
    return NAMES.get(name, name)


NAMES = {
    papers.CHOICE: _("Documents des échanges"),
    sage_choices.ACCOUNTS: _("Comptes généraux des fichiers pour Sage"),
    sage_choices.DUE: _("Échéance des fichiers pour Sage"),
    choices.SCHEME: _("Schéma comptable"),
    choices.DEFAULT_RATE: _("Taux de contribution par défaut"),
    choices.PAYMENT_DAYS: _("Délai de règlement (jours)"),
    REMINDER_DAYS: _("Rappels (jours)"),
    MOST_RETENTION: _("Retenue de garantie la plus haute"),
    price_terms.DEFAULT_CAP: _("Plafond d’une enseigne dans une réponse à plusieurs"),
    "fiscal_year_first_month": _("Premier mois de l’exercice"),
}


def _shown(speech: Any, name: str, value: str | None) -> str:
    if not value:
        return str(speech.text(_("compte du schéma"))) if name.startswith("account.") else ""
    if name.endswith("_cents"):
        return str(speech.money(int(value)))
    return str(speech.percent(int(value))) if name.endswith("_bp") else value
