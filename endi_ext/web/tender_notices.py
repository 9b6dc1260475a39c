"""What stands at the address of a notice, and what pages show of notices, kept or only read."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from ..kernel.parties import Party
from ..tenders import notice_queries, notice_store, queries, rivals
from ..tenders.models import TenderNotice
from ..tenders.notices import facts
from . import countdown, lookups, tender_words
from .i18n import _
from .messages import sentence
from .resources import PartyResource
from .speech import Speech

LISTS = {
    notice_queries.OPEN: _("À répondre"),
    notice_queries.UNDATED: _("Sans date limite"),
    notice_queries.PAST: _("Date passée"),
}
# A file of a whole day holds hundreds: all are kept, the first ones are shown.
MOST_SHOWN = 100
OUTCOMES = {
    notice_store.NEW: _("Nouvel avis"),
    notice_store.SAME: _("Déjà connu : l’importer ne change rien"),
    notice_store.CHANGED: _("Met à jour un avis connu"),
    notice_store.OLDER: _("Un avis plus récent est déjà connu"),
}


class NoticeResource(PartyResource):
    """A notice known to the cooperative, read by a party."""

    __name__ = "endi_ext_tender_notice"

    def __init__(self, parent: PartyResource, notice: TenderNotice) -> None:
        super().__init__(parent.request, parent.party, parent)
        self.notice = notice

    @property
    def url(self) -> str:
        return self.path("tenders.notice", notice_id=self.notice.id)


def find_notice(request: Any) -> NoticeResource | None:
    """The notice of the address: every party of the cooperative may read it."""
    parent = lookups.find_party(request)
    if parent is None:
        return None
    found = lookups.one(request, TenderNotice, "notice_id")
    return NoticeResource(parent, found) if found else None


def row(notice: TenderNotice, now: datetime) -> SimpleNamespace:
    """Return a line of a list of notices."""
    coming = notice.deadline is not None and notice.deadline > now
    return SimpleNamespace(notice=notice, left=countdown.until(notice.deadline, now) if coming else None)


def shown(known: facts.TenderFacts) -> SimpleNamespace:
    """Return what is known of a notice under the names a tender's row has."""
    return SimpleNamespace(title=known.title, lots=known.lots, **known.values)


def changed_by(notice: TenderNotice, speech: Speech) -> list[tender_words.ChangeLine]:
    """Return what a kept notice changed of the one it took the place of, in words."""
    if notice.replaces is None:
        return []
    before, after = (facts.of(notice_store.in_force(one)) for one in (notice.replaces, notice))
    return in_words(facts.between(before, after), (*before.lots, *after.lots), speech)


def in_words(changes: Any, lots: Any, speech: Speech) -> list[tender_words.ChangeLine]:
    """Return changes in words, with the titles of `lots`."""
    return tender_words.lines([vars(one) for one in changes], {lot.key: lot.title for lot in lots}, speech)


def previews(notices: list[Any], party: Party, request: Any) -> list[SimpleNamespace]:
    """Return what a page shows of notices that were read and not kept yet."""
    return [_preview(place, read, party, request) for place, read in enumerate(notices[:MOST_SHOWN])]


def _preview(place: int, read: Any, party: Party, request: Any) -> SimpleNamespace:
    session, now = request.dbsession, countdown.now_of(request)
    seen, known = notice_store.look(session, read), facts.of(read.notice)
    before = facts.of(notice_store.in_force(seen.known)).lots if seen.known else ()
    mine = queries.seen_by(party)
    begun = notice_queries.tenders_begun(session, seen.known, mine) if seen.known else []
    deadline = known.values["deadline"]
    return SimpleNamespace(
        place=place,
        read=read,
        shown=shown(known),
        outcome=seen.outcome,
        words=OUTCOMES[seen.outcome],
        known=seen.known,
        changes=in_words(seen.changes, (*before, *known.lots), request.endi_ext),
        begun=begun,
        elsewhere=bool(seen.known and not begun and rivals.answered_already(session, seen.known)),
        left=countdown.until(deadline, now) if deadline else None,
        source=tender_words.SOURCES.get(read.notice.source, read.notice.source),
    )


def refusals(refused: list[Any], speech: Speech) -> list[tuple[str, int]]:
    """Return why some notices of a file are not to be answered, each reason with how many."""
    said = [sentence(error, speech) for error in refused]
    return [(text, said.count(text)) for text in dict.fromkeys(said)]
