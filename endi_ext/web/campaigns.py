"""What stands at the addresses of matching, and what pages say of rules, states and differences."""

from typing import Any
from urllib.parse import parse_qsl

from ..exchanges.cells import folded
from ..reconciliation import campaign_models as models
from ..reconciliation.campaign_models import Campaign, CampaignMatch
from ..reconciliation.documents import bare
from .finding_page import KINDS
from .i18n import _
from .lookups import one
from .permissions import ACCOUNT
from .resources import Books
from .states import CAUTION, INVALID, NEUTRAL, VALID, Badge

# Of a list, what its address may say: a page one comes back to is built of these alone.
OF_LISTS = ("state", "rule", "pair", "reason", "side", "place", "cursor")

RULES = {
    "exact": _("Même montant, même référence ou même jour"),
    "window": _("Même montant, dates proches"),
    "date": _("Même montant, dates éloignées"),
    "one_to_many": _("Une vente, plusieurs achats"),
    "many_to_one": _("Plusieurs ventes, un achat"),
    "tolerance": _("Montants proches"),
    "label": _("Même libellé, montants différents"),
    "party": _("Même référence, autres enseignes"),
    models.BY_HAND: _("Rapproché à la main"),
}
REASONS = {
    "missing_other_side": _("Rien en face"),
    "duplicate": _("En double de son côté"),
    "ambiguous": _("Plusieurs documents possibles en face"),
    models.SPLIT: _("Rapprochement défait"),
}
SIDES = {"sales": _("Vente"), "purchases": _("Achat")}
PILES = {
    models.SUGGESTED: _("Proposés"),
    models.CONFIRMED: _("Sûrs"),
    models.ACCEPTED: _("Acceptés"),
    models.SPLIT: _("Défaits"),
}
BADGES = {
    models.SUGGESTED: Badge(_("Proposé"), CAUTION),
    models.CONFIRMED: Badge(_("Sûr"), VALID),
    models.ACCEPTED: Badge(_("Accepté"), VALID),
    models.SPLIT: Badge(_("Défait"), INVALID),
}
CAMPAIGN_BADGES = {
    models.LOADING: Badge(_("En préparation"), CAUTION),
    models.OPEN: Badge(_("En cours"), CAUTION),
    models.CLOSED: Badge(_("Clos"), VALID),
    models.DELETED: Badge(_("Supprimé"), NEUTRAL),
}
STEPS = {
    "create": _("a préparé le rapprochement"),
    "close": _("a clos le rapprochement"),
    "reopen": _("a rouvert le rapprochement"),
    "delete": _("a supprimé le rapprochement"),
    "accept_rule": _("a accepté d’un coup des propositions sans écart"),
    "accept": _("a accepté"),
    "split": _("a défait le rapprochement"),
    "by_hand": _("a rapproché ces documents à la main"),
    "waive": _("a écarté le document"),
    "take_back": _("a repris le document"),
}


class CampaignResource(Books):
    """A campaign, for accountants; `match` when the address names one of its matches."""

    __name__ = "endi_ext_campaign"

    def __init__(self, request: Any, campaign: Campaign, match: CampaignMatch | None = None) -> None:
        super().__init__(request)
        self.campaign, self.match = campaign, match

    def path(self, route: str = "campaign", **options: Any) -> str:
        """Return the address of one of this campaign's pages: `path("matches")`."""
        name = f"endi_ext.matching.{route}"
        return str(self.request.route_path(name, campaign_id=self.campaign.id, **options))

    @property
    def url(self) -> str:
        return self.path("match", match_id=self.match.id) if self.match else self.path()


def find_campaign(request: Any) -> Books | None:
    """The campaign of the address, for those who keep the books."""
    if not request.registry.endi_ext_host.actor(request).may(ACCOUNT):
        return Books(request)
    found = one(request, Campaign, "campaign_id", *_still_there(request))
    return CampaignResource(request, found) if found else None


def _still_there(request: Any) -> tuple[Any, ...]:
    # Whoever deletes what somebody else just deleted is told so.
    deleting = request.matched_route.name == "endi_ext.matching.delete"
    return () if deleting else (Campaign.state != models.DELETED,)


def find_match(request: Any) -> Books | None:
    """A match of the campaign of the address."""
    parent = find_campaign(request)
    if not isinstance(parent, CampaignResource):
        return parent
    found = one(request, CampaignMatch, "match_id", CampaignMatch.campaign_id == parent.campaign.id)
    return CampaignResource(request, parent.campaign, found) if found else None


def list_query(text: str) -> dict[str, str]:
    """Return what of an address's query leads back to a list."""
    return {name: value[:60] for name, value in parse_qsl(text[:500]) if name in OF_LISTS}


def numbers(text: str, most: int = 1_000) -> list[int]:
    """Return the ids of a list like "12,13"; what is no id is left out."""
    return [
        int(part) for part in text.split(",")[:most] if part.isascii() and part.isdigit() and len(part) < 16
    ]


def differences(match: Any, documents: Any) -> dict[str, bool]:
    """Return what differs between the two sides of a match: parties, amount, day, label, reference.

    Where one side says no label or no reference, or one of several says the same, nothing differs.
    """
    sales = [one for one in documents if one.side == "sales"]
    purchases = [one for one in documents if one.side == "purchases"]

    def differ(said: Any) -> bool:
        here = {said(one) for one in sales} - {""}
        there = {said(one) for one in purchases} - {""}
        return bool(here and there and not here & there)

    return {
        "parties": differ(lambda one: one.pair_id),
        "amount": match.difference_cents != 0,
        "day": match.day_difference != 0,
        "label": differ(lambda one: folded(one.label)),
        "reference": differ(lambda one: bare(folded(one.reference).replace(" ", ""))),
    }


def name_of(name: str, text: Any) -> str:
    """Return what a document is called: its number, or in words what the host knows it by ("invoice:12")."""
    kind, _colon, known_by = name.partition(":")
    return f"{text(KINDS[kind])} #{known_by}" if kind in KINDS and known_by.isdigit() else name
