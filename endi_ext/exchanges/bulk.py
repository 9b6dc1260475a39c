"""Many exchanges recorded at once, at the speed of the database: plain rows, no ORM objects."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel import money, parties
from ..kernel.history import Act, Event
from ..kernel.parties import Party
from ..ledger import aside
from ..ledger import service as ledger
from ..ledger.entries import EntryDraft
from . import choices, letters, plain_rows, postings, rules, waiting_rows
from .models import OPEN, SETTLED, Exchange, Settlement
from .rules import ChangedMeanwhile, ExchangeFacts

SOURCES_PER_QUERY = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Recorded:
    """What a bulk recording did."""

    recorded: int
    existing: int
    settled: int


def record_many(
    session: Session,
    facts: Iterable[ExchangeFacts],
    act: Act,
    *,
    settled_on: Mapping[str, date] | None = None,
    progress: Progress | None = None,
) -> Recorded:
    """Record and post many exchanges; `settled_on` gives, by source, the day one was settled in whole.

    A source recorded before with the same content is left as it is. All or nothing with the caller's
    transaction. `progress` is told how many exchanges are posted, of how many.
    Raises as record does, and ChangedMeanwhile when another recording of a source got in first.
    """
    wanted = list(facts)
    known = existing_by_source(session, [each.source for each in wanted])
    new = _new_ones(wanted, known)
    settled = record_new(session, new, act, settled_on=settled_on or {}, progress=progress)
    return Recorded(len(new), len(wanted) - len(new), settled)


def existing_by_source(session: Session, sources: Iterable[str]) -> dict[str, Any]:
    """Return, by source, the rows of the exchanges that are recorded already."""
    columns, found = Exchange.__table__.columns, {}
    for some in plain_rows.slices(sources, SOURCES_PER_QUERY):
        rows = session.execute(select(*columns).where(Exchange.source.in_(some)))
        found.update({row.source: row for row in rows})
    return found


def settlement_key(source: str) -> str:
    """Return the request key of the settlement that comes with a recorded source."""
    return sha256(f"settled with {source}".encode()).hexdigest()


def _new_ones(wanted: Sequence[ExchangeFacts], known: Mapping[str, Any]) -> list[ExchangeFacts]:
    new: dict[str, ExchangeFacts] = {}
    for each in wanted:
        row = known.get(each.source)
        twin = new.setdefault(each.source, each) if row is None else each
        if twin != each or (row is not None and rules.differences(row, each)):
            raise ledger.SourceReused(source=each.source)
    return list(new.values())


def record_new(
    session: Session,
    new: Sequence[ExchangeFacts],
    act: Act,
    *,
    settled_on: Mapping[str, date],
    progress: Progress | None = None,
) -> int:
    """Record exchanges known to be new, each source once; return how many were settled.

    Raises as record_many does.
    """
    if not new:
        return 0
    chosen, trading = choices.read(session), _parties(session, new)
    _refuse_wrong(new, trading)
    contributions = _contributions(new, trading, chosen)
    ids = _insert_exchanges(session, new, contributions, chosen, act, settled_on)
    _insert_settlements(session, new, ids, act, settled_on)
    _insert_events(session, new, ids, act, settled_on)
    cooperative_id = parties.cooperative(session).id
    before = letters.last_entry(session)
    behind = aside.waits(session, postings.EXCHANGES)
    drafts = _drafts(chosen.scheme, cooperative_id, new, contributions, settled_on, progress, behind)
    if ledger.post_many(session, drafts, act).waiting:
        waiting_rows.follow(session, list(ids.values()), act)
    settled = (each.source for each in new if each.source in settled_on)
    both = ((source, rules.settlement_source(settlement_key(source))) for source in settled)
    letters.follow_recorded(session, both, before, act)
    # Rows were written beside the ORM: what it holds of them is read again.
    session.expire_all()
    return sum(1 for each in new if each.source in settled_on)


def _refuse_wrong(new: Sequence[ExchangeFacts], trading: Mapping[int, Party]) -> None:
    sound = {party_id for party_id, party in trading.items() if rules.may_exchange(party)}
    for each in new:
        # Nearly all are right: the rules are asked only of what may not be, to say what is wrong with it.
        if (
            each.net_cents <= 0
            or each.seller_id == each.buyer_id
            or not sound >= {each.seller_id, each.buyer_id}
        ):
            rules.refuse_wrong_facts(each, trading[each.seller_id], trading[each.buyer_id])


def _contributions(
    new: Sequence[ExchangeFacts], trading: Mapping[int, Party], chosen: choices.Choices
) -> list[int]:
    rates = {party_id: rules.rate_bp_of(party, chosen) for party_id, party in trading.items()}
    return [
        money.percent_of(each.net_cents, rates[each.seller_id])
        if each.contribution_cents is None
        else each.contribution_cents
        for each in new
    ]


def _parties(session: Session, new: Sequence[ExchangeFacts]) -> dict[int, Party]:
    ids = {each.seller_id for each in new} | {each.buyer_id for each in new}
    found: dict[int, Party] = {}
    for some in plain_rows.slices(ids, SOURCES_PER_QUERY):
        rows = session.execute(select(Party).where(Party.id.in_(some))).scalars()
        found.update({int(party.id): party for party in rows})
    return found


def _insert_exchanges(
    session: Session,
    new: Sequence[ExchangeFacts],
    contributions: Sequence[int],
    chosen: choices.Choices,
    act: Act,
    settled_on: Mapping[str, date],
) -> dict[str, int]:
    """Insert the exchanges; return their ids by source."""
    before = session.execute(select(func.max(Exchange.id))).scalar_one() or 0
    names = (
        "source", "seller_id", "buyer_id", "net_cents", "contribution_cents", "settled_cents",
        "retained_cents", "awaiting_cents", "accepted_on", "due_on", "label", "reference", "state",
        "recorded_at",
    )  # fmt: skip
    at = plain_rows.written(act.at)
    rows = (
        (
            each.source,
            each.seller_id,
            each.buyer_id,
            each.net_cents,
            contribution_cents,
            each.net_cents if each.source in settled_on else 0,
            0,
            0 if each.source in settled_on else rules.awaiting_cents_of(each),
            each.accepted_on.isoformat(),
            plain_rows.day(rules.due_on_of(each, chosen.payment_days)),
            rules.shortened(each.label, rules.LABEL_LENGTH),
            each.reference,
            SETTLED if each.source in settled_on else OPEN,
            at,
        )
        for each, contribution_cents in zip(new, contributions, strict=True)
    )
    try:
        plain_rows.insert(session, Exchange.__table__, names, rows)
    except IntegrityError as error:
        raise ChangedMeanwhile(exchange=new[0].label) from error
    written = session.execute(select(Exchange.source, Exchange.id).where(Exchange.id > before))
    return {source: exchange_id for source, exchange_id in written}


def _insert_settlements(
    session: Session,
    new: Sequence[ExchangeFacts],
    ids: Mapping[str, int],
    act: Act,
    settled_on: Mapping[str, date],
) -> None:
    names = ("exchange_id", "request_key", "amount_cents", "settled_on", "recorded_at", "recorded_by")
    at, settled = plain_rows.written(act.at), (each for each in new if each.source in settled_on)
    rows = (
        (
            ids[each.source],
            settlement_key(each.source),
            each.net_cents,
            settled_on[each.source].isoformat(),
            at,
            act.actor_name,
        )
        for each in settled
    )
    plain_rows.insert(session, Settlement.__table__, names, rows)


def _insert_events(
    session: Session,
    new: Sequence[ExchangeFacts],
    ids: Mapping[str, int],
    act: Act,
    settled_on: Mapping[str, date],
) -> None:
    names = (
        "subject",
        "subject_id",
        "action",
        "state_before",
        "state_after",
        "actor_key",
        "actor_name",
        "at",
    )
    at = plain_rows.written(act.at)

    def rows() -> Iterator[tuple[Any, ...]]:
        for each in new:
            yield "exchange", ids[each.source], "recorded", None, OPEN, act.actor_key, act.actor_name, at
            if each.source in settled_on:
                yield (
                    "exchange",
                    ids[each.source],
                    "settled",
                    OPEN,
                    SETTLED,
                    act.actor_key,
                    act.actor_name,
                    at,
                )

    plain_rows.insert(session, Event.__table__, names, rows())


def _drafts(
    scheme: postings.Scheme,
    cooperative_id: int,
    new: Sequence[ExchangeFacts],
    contributions: Sequence[int],
    settled_on: Mapping[str, date],
    progress: Progress | None,
    behind: bool,
) -> Iterator[EntryDraft]:
    """Yield the entries of each; what settles an exchange that waits itself waits `behind` it."""
    for place, each in enumerate(new):
        if progress and place % 1_000 == 0:
            progress(place, len(new))
        yield postings.accepted(scheme, _acceptance(each, contributions[place], cooperative_id))
        if each.source in settled_on:
            settled = postings.settled(scheme, _payment(each, settled_on[each.source]))
            yield replace(settled, waits=True) if behind else settled
    if progress:
        progress(len(new), len(new))


def _acceptance(each: ExchangeFacts, contribution_cents: int, cooperative_id: int) -> postings.Acceptance:
    return postings.Acceptance(
        each.source,
        each.seller_id,
        each.buyer_id,
        cooperative_id,
        each.net_cents,
        contribution_cents,
        each.accepted_on,
        rules.shortened(each.label, rules.LABEL_LENGTH),
        each.reference,
    )


def _payment(each: ExchangeFacts, on: date) -> postings.Payment:
    return postings.Payment(
        rules.settlement_source(settlement_key(each.source)),
        each.seller_id,
        each.buyer_id,
        each.net_cents,
        on,
        rules.settlement_text(rules.shortened(each.label, rules.LABEL_LENGTH)),
        each.reference,
    )
