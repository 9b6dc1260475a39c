"""What each check of a month is called, what it means while it is not done, and where one settles it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..ledger.spans import Span
from .i18n import _

Link = Callable[[Any, Span], str]


@dataclass(frozen=True)
class Words:
    """A check in words; `link` returns the address of the page where it is settled, on the month."""

    title: str
    meaning: str
    button: str
    link: Link


def _to(route: str, **query: str) -> Link:
    """Return the way to a page; a query may name the {month}, its {first} and its {last} day."""

    def link(request: Any, span: Span) -> str:
        facts = {"month": span.name, "first": span.starts_on.isoformat(), "last": span.ends_on.isoformat()}
        asked = {name: value.format(**facts) for name, value in query.items()}
        return str(request.route_path(route, **({"_query": asked} if asked else {})))

    return link


def _within(route: str) -> Link:
    """Return the way to a page of the month itself."""
    return lambda request, span: str(request.route_path(route, month=span.name))


STATES = {
    "blocks": _("Bloque"),
    "to_do": _("À faire"),
    "told": _("Pour information"),
    "passed": _("Passé avec un motif"),
    "done": _("Fait"),
}
LOOKS = {"blocks": "invalid", "to_do": "caution", "told": "neutral", "passed": "neutral", "done": "valid"}

BALANCE = _to("endi_ext.trial_balance", as_of="{last}")
SEE_BALANCE = _("Voir la balance")


def _to_host_exports(request: Any, span: Span) -> str:
    """Return the host's own page of exports, or where its documents are told of."""
    found = request.registry.endi_ext_host.shell.exports_address(request)
    return found or str(request.route_path("endi_ext.documents"))


WORDS = {
    "drafts": Words(
        _("Brouillard vide"),
        _(
            "Des écritures de ce mois attendent : une fois le mois clôturé, elles ne pourraient plus y "
            "entrer."
        ),
        _("Valider le brouillard"),
        _to("endi_ext.drafts", until="{last}"),
    ),
    "compared": Words(
        _("Documents comparés depuis la fin du mois"),
        _("Les deux documents de chaque échange n’ont pas été comparés : des écarts peuvent manquer ici."),
        _("Comparer"),
        _to("endi_ext.findings"),
    ),
    "findings": Words(
        _("Écarts entre documents réglés"),
        _("Deux documents d’un même échange ne disent pas la même chose, et personne n’a dit pourquoi."),
        _("Voir les écarts"),
        _to("endi_ext.findings", month="{month}"),
    ),
    "matching": Words(
        _("Rapprochements décidés"),
        _("Des propositions attendent votre accord, ou des documents sont restés seuls."),
        _("Rapprocher"),
        _to("endi_ext.matching"),
    ),
    "host_exports": Words(
        _("Factures et paiements internes exportés"),
        _("La comptabilité n’a pas encore reçu ces documents : les comptes y sont incomplets."),
        _("Exporter"),
        _to_host_exports,
    ),
    "questions": Words(
        _("Questions closes"),
        _("Des questions sur des lignes de ce mois attendent une réponse, ou que vous les fermiez."),
        _("Voir les questions"),
        _to("endi_ext.questions"),
    ),
    "journal": Words(
        _("Journal des échanges exporté"),
        _("Ces écritures n’ont pas encore été exportées ; elles peuvent l’être après la clôture."),
        _("Exporter le journal"),
        _to("endi_ext.journal.exports"),
    ),
    "open_lines": Words(
        _("Lignes ouvertes récentes"),
        _(
            "Des lignes de comptes de tiers sont ouvertes depuis plus de 90 jours : elles attendent un "
            "règlement, ou un lettrage."
        ),
        _("Voir la balance âgée"),
        _to("endi_ext.aged_balance"),
    ),
    "previous_months": Words(
        _("Mois précédents clôturés"),
        _("Les mois se clôturent dans l’ordre, et de plus anciens ont encore des écritures ouvertes."),
        _("Voir les mois"),
        _to("endi_ext.periods"),
    ),
    "papers": Words(
        _("Documents des échanges faits"),
        _(
            "Des échanges acceptés n’ont pas encore leur facture ou leur paiement : ce que lisent les "
            "enseignes est incomplet."
        ),
        _("Faire les documents"),
        _to("endi_ext.documents"),
    ),
    "deliveries": Words(
        _("Livraisons répondues"),
        _("Déclarées faites et restées sans réponse : acceptées plus tard, elles compteront un autre mois."),
        _("Voir les livraisons"),
        _within("endi_ext.month_end.open_ends"),
    ),
    "disputes": Words(
        _("Différends clos"),
        _(
            "Ce qui est contesté n’est pas dans le livre : le mois peut se clôturer, l’issue viendra "
            "plus tard."
        ),
        _("Voir les différends"),
        _within("endi_ext.month_end.open_ends"),
    ),
    "revenue_expense": Words(
        _("Ventes internes égales aux achats internes"),
        _("Une vente du mois n’a pas son achat, ou l’un des deux montants diffère."),
        SEE_BALANCE,
        BALANCE,
    ),
    "receivable_payable": Words(
        _("Créances internes égales aux dettes internes"),
        _("Ce que les enseignes se doivent n’est pas ce qui leur est dû : un côté manque à une écriture."),
        SEE_BALANCE,
        BALANCE,
    ),
    "contributions": Words(
        _("Contributions reçues égales aux contributions versées"),
        _("La part de la coopérative n’est pas celle que les enseignes ont payée."),
        SEE_BALANCE,
        BALANCE,
    ),
    "transfers": Words(
        _("Comptes de passage à zéro"),
        _("Un règlement n’est passé que d’un côté du compte de virements internes."),
        SEE_BALANCE,
        BALANCE,
    ),
    "altered": Words(
        _("Livre intact"),
        _("La dernière vérification a trouvé une altération : rien ne se clôture avant de l’avoir comprise."),
        _("Lire la vérification"),
        _to("endi_ext.verification"),
    ),
    "verification": Words(
        _("Livre vérifié depuis la fin du mois"),
        _("Ces écritures n’ont pas été relues : la vérification prouve que rien n’a été changé."),
        _("Vérifier le livre"),
        _to("endi_ext.verification"),
    ),
    "checkpoint": Words(
        _("Point de contrôle gardé ailleurs"),
        _("Un point de contrôle signé, gardé hors du serveur, montre si l’on retire ces écritures un jour."),
        _("Signer un point de contrôle"),
        _to("endi_ext.verification"),
    ),
}
