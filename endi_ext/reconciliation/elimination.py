"""Internal revenue and expense neutralised at the end of a year: one reviewed entry per scheme.

In the general accounts of the cooperative they must not swell turnover, so that each account is brought to
zero over the year. It is done on an analytic code of its own (compensation): what each party earned and
spent stays on its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from ..exchanges import roles
from ..exchanges.postings import YEAR_END
from ..kernel import parties
from ..kernel.errors import DomainError, ReasonMissing
from ..kernel.history import Act
from ..kernel.parties import COMPENSATION, Party
from ..ledger import movements, seals
from ..ledger import service as ledger
from ..ledger.entries import EntryDraft, LineDraft, credit, debit
from ..ledger.models import OPEN, Entry, Period
from ..ledger.spans import Span

CONTRIBUTIONS = "contributions"
HOST_KEY, NAME = "compensation:0", "Compensation"
# Of a proposal no party is known yet: the analytic code is made when the first one is posted.
NOBODY = 0


class NothingToEliminate(DomainError):
    """The accounts are at zero over the year already (facts: year, group)."""

    code = "nothing_to_eliminate"


class EliminationUnbalanced(DomainError):
    """Revenue and expense differ: one side of something is missing (facts: year, group, left_cents)."""

    code = "elimination_unbalanced"


class EliminationChanged(DomainError):
    """The amounts changed since they were shown (facts: year, group)."""

    code = "elimination_changed"


class AlreadyEliminated(DomainError):
    """An elimination stands: undo it before making another (facts: year, group)."""

    code = "already_eliminated"


class LastMonthClosed(DomainError):
    """The month an elimination is dated in is closed: its last one may be opened again (facts: year, on)."""

    code = "last_month_closed"


class NotEliminated(DomainError):
    """There is no elimination to undo (facts: year, group)."""

    code = "not_eliminated"


class MonthsOpen(DomainError):
    """All months of the year but the last are closed before amounts are final (facts: year, count)."""

    code = "months_open"


@dataclass(frozen=True)
class Account:
    """One general account of a group over the year, all parties together: debit minus credit."""

    number: str
    cents: int


@dataclass(frozen=True)
class Proposal:
    """What eliminates a group over a year; `entry` is the one that stands, if it is done.

    `group` is a scheme's code, "contributions", or several of them where they share an account.
    """

    year: str
    group: str
    accounts: Sequence[Account]
    entry: Entry | None

    @property
    def lines(self) -> tuple[LineDraft, ...]:
        """The lines that bring each account to zero, on the analytic code of compensation."""
        return self.lines_of(NOBODY)

    @property
    def left_cents(self) -> int:
        """What revenue and expense do not have in common: zero where nothing is missing."""
        return sum(one.cents for one in self.accounts)

    @property
    def total_cents(self) -> int:
        """What is taken out of revenue, and of expense."""
        return sum(one.cents for one in self.accounts if one.cents > 0)

    @property
    def digest(self) -> str:
        """What was shown, to be posted as it was shown."""
        return seals.digest_of(seals.canonical([[one.number, one.cents] for one in self.accounts]))

    def lines_of(self, party_id: int) -> tuple[LineDraft, ...]:
        """Return the lines, on one party."""
        opposite = [
            credit(one.number, party_id, one.cents)
            if one.cents > 0
            else debit(one.number, party_id, -one.cents)
            for one in self.accounts
        ]
        return tuple(sorted(opposite, key=lambda line: (not line.debit_cents, line.number)))


def proposals(session: Session, span: Span) -> list[Proposal]:
    """Return what eliminates each group over the year, those that never moved left out."""
    return proposals_of(session, span, roles.ever(session), movements.of_span(session, span))


def proposals_of(
    session: Session, span: Span, numbers: roles.Numbers, moved: Sequence[movements.Moved]
) -> list[Proposal]:
    """Return the same from what was read already."""
    nets: defaultdict[str, int] = defaultdict(int)
    for one in moved:
        if one.debit_cents or one.credit_cents:
            nets[one.number] += one.net_cents
    found = []
    for group, wanted in groups(numbers).items():
        used = sorted(wanted & nets.keys())
        accounts = [Account(number, nets[number]) for number in used if nets[number]]
        if used:
            found.append(Proposal(span.name, group, accounts, _standing(session, span.name, group)))
    return found


def groups(numbers: roles.Numbers) -> dict[str, set[str]]:
    """Return the accounts to bring to zero together, by group: those that share a number are one."""
    parts = {code: scheme["revenue"] | scheme["expense"] for code, scheme in numbers.items()}
    parts[CONTRIBUTIONS] = roles.playing(numbers, "contribution_revenue", "contribution_expense")
    found: dict[str, set[str]] = {}
    for code, wanted in parts.items():
        sharing = [other for other, known in found.items() if known & wanted]
        name = "+".join([*sharing, code])
        found[name] = wanted.union(*(found.pop(other) for other in sharing))
    return found


def post(session: Session, span: Span, group: str, *, seen: str, code: str, text: str, act: Act) -> Any:
    """Post what was shown (`seen`, its digest), on the last day of the year, under the analytic `code`.

    The same again returns the entry posted; where the journal waits for an accountant it is put aside, as
    others are. Raises MonthsOpen, NothingToEliminate, EliminationUnbalanced,
    EliminationChanged, AlreadyEliminated, LastMonthClosed.
    """
    ledger.hold(session)
    _refuse_open_months(session, span)
    wanted = _proposal(session, span, group)
    party = compensation(session, code)
    if wanted.entry is not None:
        return _same(wanted, party, seen)
    facts = {"year": span.name, "group": group}
    if not wanted.accounts:
        raise NothingToEliminate(**facts)
    if wanted.left_cents:
        raise EliminationUnbalanced(**facts, left_cents=abs(wanted.left_cents))
    if wanted.digest != seen:
        raise EliminationChanged(**facts)
    draft = EntryDraft(
        journal=YEAR_END,
        effective_on=span.ends_on,
        source=_next_source(session, span.name, group),
        text=text,
        lines=wanted.lines_of(party.id),
        document=f"ELIM-{span.name}",
    )
    with _told_where_to_open(span):
        return ledger.post(session, draft, act)


def undo(session: Session, span: Span, group: str, *, reason: str, act: Act) -> Entry:
    """Reverse the elimination that stands. Raises ReasonMissing, NotEliminated, LastMonthClosed."""
    if not reason.strip():
        raise ReasonMissing(action="undo_elimination")
    ledger.hold(session)
    entry = _standing(session, span.name, group)
    if entry is None:
        raise NotEliminated(year=span.name, group=group)
    source = f"{entry.source}:reversed"
    with _told_where_to_open(span):
        return ledger.reverse(session, entry, on=span.ends_on, source=source, text=reason.strip(), act=act)


@contextmanager
def _told_where_to_open(span: Span) -> Iterator[None]:
    # No other day may be chosen for an elimination, as the books' own refusal would advise.
    try:
        yield
    except ledger.PeriodClosed as refusal:
        raise LastMonthClosed(year=span.name, on=span.ends_on) from refusal


def compensation(session: Session, code: str) -> Party:
    """Return the analytic code eliminations are posted on, made at the first; nobody trades under it."""
    # Read with a lock: it may have been made since our snapshot was taken.
    wanted = select(Party).where(Party.host_key == HOST_KEY).with_for_update(read=True)
    party = session.execute(wanted).scalars().one_or_none()
    if party is None:
        party = Party(host_key=HOST_KEY, kind=COMPENSATION, active=False, name=NAME)
        session.add(party)
    party.analytic_code = code.strip()
    session.flush()  # its id is in the lines
    return party


def known_compensation(session: Session) -> Party | None:
    """Return the analytic code of compensation, none before the first elimination."""
    return parties.by_host_key(session, HOST_KEY)


def open_months(session: Session, span: Span) -> int:
    """Return how many months of the year, but the last, are open and have entries."""
    entries = select(Entry.id).where(Entry.effective_on.between(Period.starts_on, Period.ends_on)).exists()
    before_last = Period.ends_on < span.ends_on, Period.state == OPEN, entries
    return len(session.execute(select(Period.id).where(*before_last)).all())


def _refuse_open_months(session: Session, span: Span) -> None:
    count = open_months(session, span)
    if count:
        raise MonthsOpen(year=span.name, count=count)


def _proposal(session: Session, span: Span, group: str) -> Proposal:
    found = [one for one in proposals(session, span) if one.group == group]
    if not found:
        raise NothingToEliminate(year=span.name, group=group)
    return found[0]


def _same(wanted: Proposal, party: Party, seen: str) -> Entry:
    """Return the entry that stands if it is what was shown: a double click. Raises AlreadyEliminated."""
    entry = wanted.entry
    assert entry is not None, "only asked of one that stands"
    posted = [Account(line.account.number, line.credit_cents - line.debit_cents) for line in entry.lines]
    again = Proposal(wanted.year, wanted.group, sorted(posted, key=lambda one: one.number), None)
    if again.digest != seen or {line.account.party_id for line in entry.lines} != {party.id}:
        raise AlreadyEliminated(year=wanted.year, group=wanted.group)
    return entry


def _sources(year: str, group: str) -> tuple[str, str]:
    first = f"elimination:{year}:{group}"
    return first, f"{first}:"


def _made_for(year: str, group: str) -> Any:
    """Return the condition on entries that eliminate, or undo it: a range of the index, which LIKE is not
    everywhere.
    """
    first, more = _sources(year, group)
    return or_(Entry.source == first, and_(Entry.source > more, Entry.source < f"{first};"))


def _standing(session: Session, year: str, group: str) -> Entry | None:
    """Return the elimination that no entry reverses."""
    undone = aliased(Entry)
    made = select(Entry, undone.id).outerjoin(undone, undone.reverses_id == Entry.id)
    # What is asked of the few found is asked here: the database would begin with all that reverse nothing.
    found = session.execute(made.where(_made_for(year, group)))
    standing = [entry for entry, undone_by in found if entry.reverses_id is None and undone_by is None]
    assert len(standing) <= 1, "one is undone before another is made"
    return standing[0] if standing else None


def _next_source(session: Session, year: str, group: str) -> str:
    """Return the source of the next elimination: the first, or a numbered one after one was undone."""
    first, more = _sources(year, group)
    made = session.execute(select(Entry.reverses_id).where(_made_for(year, group))).scalars()
    count = sum(1 for reverses_id in made if reverses_id is None)
    return first if not count else f"{more}{count + 1}"
