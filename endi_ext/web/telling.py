"""People are told: events become notices, notices become notifications of the host and letters.

Each in a transaction of its own, so that one that fails is left for the next time and stops no other. Nothing
is told of what was not committed: events are read here after their commit.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from ..kernel import notices as kept
from ..kernel.notices import AT_ONCE, DAILY, Notice
from ..kernel.paris import PARIS
from ..subcontracts import notices
from ..tenders.notices_told import EVERYTHING
from . import notices as words
from .apart import apart
from .speech import Speech

AUTO = "auto"


@dataclass
class Count:
    """How many notices were made, how many letters left, and what went wrong."""

    told: int = 0
    letters: int = 0
    troubles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Letter:
    """A letter ready to leave, and the notices it tells of."""

    notice_ids: Sequence[int]
    recipient: str
    subject: str
    body: str


def site_of(request: Any) -> str:
    """Return what our addresses begin with: the installation's setting, else where this page was asked."""
    return chosen_site(request) or request.application_url.rstrip("/")


def chosen_site(request: Any) -> str:
    """Return what the installation says our addresses begin with, if it says so."""
    chosen = str(request.registry.endi_ext_settings["endi_ext.site"])
    return "" if chosen == AUTO else chosen.rstrip("/")


def tell(request: Any, site: str) -> Count:
    """Tell everybody of what happened since the last time, and send the letters that go at once.

    `site` begins the addresses in letters; without one a letter says in words where to look.
    """
    teller, count = _Teller(request, site), Count()
    for event_id in teller.listed(notices.untold):
        with apart(count.troubles):
            count.told += teller.project(event_id)
    for notice_id in teller.listed(lambda session: kept.to_send(session, AT_ONCE)):
        with apart(count.troubles):
            count.letters += teller.send([notice_id])
    return count


def gather(request: Any, site: str) -> Count:
    """Send each person who wants one a letter of what happened since the last one, at most once a day."""
    teller, count = _Teller(request, site), Count()
    midnight = datetime.combine(teller.clock.today(), time.min, tzinfo=PARIS).astimezone(UTC)
    for notice_ids in teller.by_person(midnight).values():
        with apart(count.troubles):
            count.letters += teller.send(notice_ids)
    return count


class _Teller:
    """What telling needs: the host's people, letters and transactions, and the words of each person."""

    def __init__(self, request: Any, site: str) -> None:
        self.request, self.site = request, site
        self.host = request.registry.endi_ext_host
        self.clock = self.host.clock
        self.language = request.registry.endi_ext_settings["endi_ext.language"]

    def listed(self, ask: Callable[[Session], list[int]]) -> list[int]:
        with self.host.transaction(self.request) as session:
            return ask(session)

    def project(self, event_id: int) -> int:
        """Make the notices of an event and show them in the host, in one transaction."""
        with self.host.transaction(self.request) as session:
            people, now = self.host.notifier.people, self.clock.now()
            made = notices.project(session, event_id, people, now, EVERYTHING)
            for notice in made:
                if _urgent(notice):
                    one = self._told(session, notice)
                    who = (notice.user_key, one.sentence, one.reason, one.path)
                    self.host.notifier.notify(self.request, session, *who)
            return len(made)

    def by_person(self, since: datetime) -> dict[str, list[int]]:
        """Return the daily notices of each person who had no such letter since then."""
        found: dict[str, list[int]] = defaultdict(list)
        with self.host.transaction(self.request) as session:
            for notice_id in kept.to_send(session, DAILY):
                found[session.get(Notice, notice_id).user_key].append(notice_id)
            return {
                user_key: ids
                for user_key, ids in found.items()
                if not kept.gathered_since(session, user_key, since)
            }

    def send(self, notice_ids: Sequence[int]) -> int:
        """Take some notices of one person, send the letter that tells them, and note that it left."""
        with self.host.transaction(self.request) as session:
            letter = self._letter(session, notice_ids)
        if letter is None:
            return 0
        key = f"notice-{letter.notice_ids[0]}"
        left = self.host.mailer.deliver(self.request, key, letter.recipient, letter.subject, letter.body)
        with self.host.transaction(self.request) as session:
            kept.confirm(session, letter.notice_ids, self.clock.now(), left=left)
        return int(left)

    def _letter(self, session: Session, notice_ids: Sequence[int]) -> Letter | None:
        claimed = [kept.claim(session, notice_id, self.clock.now()) for notice_id in notice_ids]
        mine = [notice for notice in claimed if notice is not None]
        wanted = [notice for notice in mine if self._still_wanted(session, notice)]
        if not wanted:
            return None
        name, recipient = self._person(session, wanted[0])
        speech = self._speech(session, wanted[0])
        many = [self._told(session, notice) for notice in wanted]
        if wanted[0].letter == AT_ONCE:
            subject, body = words.letter(many[0], name, self.site, speech)
        else:
            subject, body = words.digest(many, name, self.site, speech)
        return Letter([notice.id for notice in wanted], recipient, subject, body)

    def _still_wanted(self, session: Session, notice: Notice) -> bool:
        """Give up a letter whose reader left, lost their address, or wants none any more."""
        _name, recipient = self._person(session, notice)
        if recipient and kept.choice_of(session, str(notice.user_key)).letters != kept.NEVER:
            return True
        notice.letter, notice.claimed_at = kept.NONE, None
        return False

    def _person(self, session: Session, notice: Notice) -> tuple[str, str]:
        working = self.host.notifier.people(session, notice.party.host_key)
        return next(((name, email) for key, name, email in working if key == notice.user_key), ("", ""))

    def _told(self, session: Session, notice: Notice) -> words.Told:
        event, people = notice.event, self.host.notifier.people
        case = EVERYTHING.case_of(session, event)
        assert case is not None, "a notice was made of it"
        author = notices.author_of(session, event, case, people)
        return words.told(event, case, author, notice.party, self._speech(session, notice))

    def _speech(self, session: Session, notice: Notice) -> Speech:
        return Speech(str(kept.choice_of(session, str(notice.user_key)).language or self.language))


def _urgent(notice: Notice) -> bool:
    return EVERYTHING.told[(notice.event.subject, notice.event.action)].urgent
