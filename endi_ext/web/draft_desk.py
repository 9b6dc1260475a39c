"""What stands at the addresses of drafts, which of them a request is about, and how far a long run is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..ledger import drafts
from ..ledger.draft_models import Draft
from . import filters
from .i18n import _
from .permissions import ACCOUNT
from .resources import Books

# What one request decides at once; a longer list goes on by itself, batch by batch.
BATCH = 100
MOST_TICKED = 500
JOURNALS = {"EXI": _("Achats et ventes internes"), "RGI": _("Règlements internes")}
ALL_JOURNALS = ("", _("Tous les journaux"))


class BookDraft(Books):
    """An entry that waits, for accountants."""

    __name__ = "endi_ext_draft"

    def __init__(self, request: Any, draft: Draft) -> None:
        super().__init__(request)
        self.draft = draft

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.drafts"))


class BookDrafts(Books):
    """The entries that wait, for accountants."""

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.drafts"))


def find_drafts(request: Any) -> Books:
    """The entries that wait, for those who keep the books."""
    return BookDrafts(request)


def find_draft(request: Any) -> Books | None:
    """The entry of the address that waits or waited, for those who keep the books."""
    if not request.registry.endi_ext_host.actor(request).may(ACCOUNT):
        return Books(request)
    draft = request.dbsession.get(Draft, int(request.matchdict["draft_id"]))
    return None if draft is None else BookDraft(request, draft)


def fields(parties: Any) -> list[filters.Field]:
    """Return the filters of the list."""
    return [
        filters.Field("journal", _("Journal"), "choice", choices=(ALL_JOURNALS, *JOURNALS.items())),
        filters.Field("party", _("Enseigne"), "party", parties=parties),
        filters.Field("since", _("Du"), "day"),
        filters.Field("until", _("Au"), "day"),
    ]


def wanted(asked: filters.Filters, *, since: date | None = None, last_id: int | None = None) -> drafts.Wanted:
    """Return which drafts the filters ask for; `since` narrows them further."""
    days = [day for day in (asked["since"], since) if day is not None]
    return drafts.Wanted(
        journal=asked["journal"] or None,
        party_id=asked["party"].id if asked["party"] else None,
        since=max(days) if days else None,
        until=asked["until"],
        last_id=last_id,
    )


@dataclass(frozen=True)
class Run:
    """One batch of a decision: the drafts it takes, and what the next batch has to be told.

    `whole` is a run over all that the filters show, up to the draft that was last when it began; else it is
    over ticked ones. `done` and `total` say how far it is. With a `reason` where it `rejects`.
    """

    ids: list[int]
    rejects: bool
    reason: str
    whole: bool
    last_id: int
    done: int
    total: int
    open_only: bool

    @property
    def goes_on(self) -> bool:
        """Whether more may be left after this batch."""
        return self.whole and len(self.ids) == BATCH


def read_run(request: Any, asked: filters.Filters) -> Run:
    """Return what a posted form asks to decide: ticked drafts, or the next of all that the filters show."""
    session, posted = request.dbsession, request.POST
    open_only = posted.get("open_only") == "yes"
    asked_for = {
        "rejects": posted.get("decision") == "reject",
        "reason": posted.get("reason", "").strip()[:2000],
    }
    first_open = drafts.first_open_day(session) if open_only else None
    if posted.get("whole") != "yes":
        ids = [_number(value) for value in posted.getall("draft")[:MOST_TICKED]]
        if first_open is not None:
            ids = [one.id for one in drafts.of_ids(session, ids) if one.effective_on >= first_open]
        return Run(ids, whole=False, last_id=0, done=0, total=len(ids), open_only=open_only, **asked_for)
    last_id = _number(posted.get("last_id", "")) or drafts.last_id(session)
    which = wanted(asked, since=first_open, last_id=last_id)
    done = _number(posted.get("done", ""))
    total = _number(posted.get("total", "")) or drafts.count(session, which)
    ids = drafts.ids(session, which, size=BATCH)
    facts = {"last_id": last_id, "done": done, "total": total, "open_only": open_only}
    return Run(ids, whole=True, **facts, **asked_for)


def in_closed_months(session: Any, ids: list[int]) -> list[Draft]:
    """Return those of some drafts whose month is closed: what refuses the batch they are in."""
    first_open = drafts.first_open_day(session)
    found = drafts.of_ids(session, ids)
    return [] if first_open is None else [one for one in found if one.effective_on < first_open]


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else 0
