"""The account of a whole job (décompte général): drawn up by one side, signed or refused by the other.

Signed, it closes the job: what is still held, due or waiting goes on as exchanges do.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges.models import CANCELLED, Exchange
from ..exchanges.paper_models import Reduction
from ..kernel import paris
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import positions, steps, workflow
from .errors import AccountOnTheTable, AccountOutdated, AmendmentWaits, ClaimsWait, RequestKeyReused
from .final_account_models import FinalAccount, FinalAccountLine
from .models import Amendment, Delivery, Subcontract

AGREEMENT, AMENDMENT, CLAIM, CREDIT = "agreement", "amendment", "claim", "credit"
AMOUNTS = (
    "contract_cents", "accepted_cents", "credited_cents", "settled_cents", "due_cents", "awaiting_cents",
    "retained_cents", "disputed_cents",
)  # fmt: skip

# What a line says: kind, number, day, claimed, amount.
Line = tuple[str, int, Any, int | None, int]


def draw_up(
    session: Session, subcontract: Subcontract, *, party: Party, message: str, request_key: str, act: Act
) -> FinalAccount:
    """Draw up the account of a completed job, as either side; the other one answers it.

    One that the work has outgrown is withdrawn. The same request_key again returns the one made.
    Raises WrongState, WrongRole, AmendmentWaits, ClaimsWait, AccountOnTheTable, RequestKeyReused.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)

    def make() -> FinalAccount:
        steps.party_step(session, locked, "draw_up_final_account", party, act, message or None)
        _refuse_unfinished(session, locked)
        _clear_the_table(session, locked, act)
        account = _drawn(session, locked, party, message, request_key, act)
        session.add(account)
        return account

    made = steps.once(session, FinalAccount, request_key, make)
    said = (locked.id, party.id, message)
    if (made.subcontract_id, made.drawn_by_id, made.message) != said:
        raise RequestKeyReused
    return made


def sign(session: Session, account: FinalAccount, *, party: Party, act: Act) -> FinalAccount:
    """Sign what the other side drew up: the job is closed.

    Raises WrongState, WrongRole, AmendmentWaits, AccountOutdated.
    """
    subcontract, locked = _lock(session, account)
    role = role_of(locked, subcontract, party)
    after = workflow.FINAL_ACCOUNT.target(locked.state, "sign", role)
    workflow.SUBCONTRACT.target(subcontract.state, "sign_final_account", role)
    _refuse_unfinished(session, subcontract)
    if not is_current(session, locked):
        raise AccountOutdated(number=locked.number)
    steps.step(session, subcontract, workflow.SUBCONTRACT, "sign_final_account", role, act)
    return _answer(locked, after, act)


def refuse(session: Session, account: FinalAccount, *, party: Party, reason: str, act: Act) -> FinalAccount:
    """Refuse what the other side drew up, with a reason: another may be drawn up.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    return _end(session, account, "refuse", party, act, reason)


def withdraw(session: Session, account: FinalAccount, *, party: Party, act: Act) -> FinalAccount:
    """Take back what one drew up. Raises WrongState, WrongRole."""
    return _end(session, account, "withdraw", party, act)


def of_subcontract(session: Session, subcontract: Subcontract) -> list[FinalAccount]:
    """Return the final accounts of a job, the newest first."""
    found = select(FinalAccount).where(FinalAccount.subcontract_id == subcontract.id)
    return list(session.execute(found.order_by(FinalAccount.number.desc())).scalars())


def account_of(session: Session, subcontract: Subcontract, account_id: int) -> FinalAccount | None:
    """Return a final account through its job."""
    found = select(FinalAccount).where(
        FinalAccount.id == account_id, FinalAccount.subcontract_id == subcontract.id
    )
    return session.execute(found).scalars().one_or_none()


def is_current(session: Session, account: FinalAccount) -> bool:
    """Say whether the job is still what the account says: a reversal, an amendment or a credit changes it."""
    return _says(account.lines) == lines_of(session, account.subcontract)


def lines_of(session: Session, subcontract: Subcontract) -> list[Line]:
    """Return what an account drawn up now says: what is agreed, what was accepted of it, line by line."""
    return [*_agreed(session, subcontract), *_claims(session, subcontract), *_credits(session, subcontract)]


def role_of(account: FinalAccount, subcontract: Subcontract, party: Party) -> str:
    """Return proposer, answerer or stranger."""
    if workflow.side_of(subcontract, party) == workflow.STRANGER:
        return workflow.STRANGER
    return workflow.PROPOSER if party.id == account.drawn_by_id else workflow.ANSWERER


def actions(account: FinalAccount, subcontract: Subcontract, party: Party) -> tuple[str, ...]:
    """Return what `party` may do with an account now."""
    allowed = workflow.FINAL_ACCOUNT.allowed(str(account.state), role_of(account, subcontract, party))
    return tuple(one for one in allowed if one != "sign" or subcontract.state == workflow.COMPLETED)


def _says(lines: Iterable[FinalAccountLine]) -> list[Line]:
    return [(line.kind, line.number, line.on, line.claimed_cents, line.amount_cents) for line in lines]


def _drawn(
    session: Session, subcontract: Subcontract, party: Party, message: str, request_key: str, act: Act
) -> FinalAccount:
    position = positions.position(session, subcontract)
    amounts = {name: getattr(position, name) for name in AMOUNTS}
    lines = lines_of(session, subcontract)
    numbers = select(FinalAccount.number).where(FinalAccount.subcontract_id == subcontract.id)
    return FinalAccount(
        subcontract_id=subcontract.id,
        number=1 + max(session.execute(numbers).scalars(), default=0),
        request_key=request_key,
        open_key=subcontract.id,
        state=workflow.PROPOSED,
        drawn_by_id=party.id,
        actor_key=act.actor_key,
        actor_name=act.actor_name,
        drawn_at=act.at,
        drawn_on=act.today,
        message=message,
        digest=_digest(subcontract, amounts, lines, message, act),
        reason="",
        lines=[_row(place, line) for place, line in enumerate(lines, start=1)],
        **amounts,
    )


def _row(position: int, line: Line) -> FinalAccountLine:
    kind, number, on, claimed, amount = line
    return FinalAccountLine(
        position=position, kind=kind, number=number, on=on, claimed_cents=claimed, amount_cents=amount
    )


def _digest(
    subcontract: Subcontract, amounts: dict[str, int], lines: Sequence[Line], message: str, act: Act
) -> str:
    """Return the SHA-256 of the canonical JSON of what both sides sign; the parties by their host keys."""
    content = {
        "title": subcontract.title,
        "buyer": subcontract.buyer.host_key,
        "seller": subcontract.seller.host_key,
        "drawn_on": act.today.isoformat(),
        "message": message,
        "amounts": amounts,
        "lines": [[kind, number, on.isoformat(), *cents] for kind, number, on, *cents in lines],
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _agreed(session: Session, subcontract: Subcontract) -> list[Line]:
    """Return the agreement, then by how much each amendment changed its price."""
    bound = {
        amendment.version_number: amendment.number
        for amendment in _amendments(session, subcontract)
        if amendment.state == workflow.AGREED
    }
    signed = [one for one in subcontract.versions if one.amendment_id is None or one.number in bound]
    # Of the agreement itself the last version on the table is the one both signed.
    first = max((one for one in signed if one.amendment_id is None), key=lambda one: one.number)
    found: list[Line] = [(AGREEMENT, first.number, _day(first), None, first.total_cents)]
    before = first.total_cents
    for version in sorted((one for one in signed if one.number in bound), key=lambda one: bound[one.number]):
        change = version.total_cents - before
        found.append((AMENDMENT, bound[version.number], _day(version), None, change))
        before = version.total_cents
    return found


def _day(version: Any) -> Any:
    """Return the day a version was signed by the last of both sides."""
    signed_at = max((one.signed_at for one in version.signatures), default=version.created_at)
    return paris.day_of(signed_at)


def _claims(session: Session, subcontract: Subcontract) -> list[Line]:
    rows = (
        select(Delivery, Exchange)
        .join(Exchange, Exchange.id == Delivery.exchange_id)
        .where(Delivery.subcontract_id == subcontract.id, Delivery.state == workflow.ACCEPTED)
        .order_by(Delivery.number)
    )
    return [
        (CLAIM, delivery.number, exchange.accepted_on, delivery.net_cents, delivery.accepted_cents)
        for delivery, exchange in session.execute(rows)
    ]


def _credits(session: Session, subcontract: Subcontract) -> list[Line]:
    rows = (
        select(Delivery.number, Reduction)
        .join(Exchange, Exchange.id == Delivery.exchange_id)
        .join(Reduction, Reduction.exchange_id == Exchange.id)
        .where(Delivery.subcontract_id == subcontract.id, Exchange.state != CANCELLED)
        .order_by(Reduction.id)
    )
    return [
        (CREDIT, number, reduction.reduced_on, None, -reduction.amount_cents)
        for number, reduction in session.execute(rows)
    ]


def _amendments(session: Session, subcontract: Subcontract) -> list[Amendment]:
    every = select(Amendment).where(Amendment.subcontract_id == subcontract.id).order_by(Amendment.number)
    return list(session.execute(every).scalars())


def _refuse_unfinished(session: Session, subcontract: Subcontract) -> None:
    if any(amendment.state == workflow.PROPOSED for amendment in _amendments(session, subcontract)):
        raise AmendmentWaits
    undecided = (workflow.DECLARED, workflow.CONTESTED)
    waiting = select(Delivery.id).where(
        Delivery.subcontract_id == subcontract.id, Delivery.state.in_(undecided)
    )
    if session.execute(waiting).first() is not None:
        raise ClaimsWait


def _clear_the_table(session: Session, subcontract: Subcontract, act: Act) -> None:
    """Take away an account that waits for an answer and is no longer true; one that is true is answered."""
    statement = select(FinalAccount).where(FinalAccount.open_key == subcontract.id).with_for_update()
    account = session.execute(statement).scalars().one_or_none()
    if account is None:
        return
    # With a lock: what the other side drew up just now is younger than our snapshot.
    lines = select(FinalAccountLine).where(FinalAccountLine.account_id == account.id)
    lines = lines.order_by(FinalAccountLine.position).with_for_update(read=True)
    if _says(session.execute(lines).scalars()) == lines_of(session, subcontract):
        raise AccountOnTheTable(number=account.number)
    after = workflow.FINAL_ACCOUNT.target(account.state, "withdraw", workflow.BOOKS)
    _answer(account, after, act)
    session.flush()  # its key is free before another takes it


def _lock(session: Session, account: FinalAccount) -> tuple[Subcontract, FinalAccount]:
    subcontract = steps.lock(session, Subcontract, account.subcontract_id)
    return subcontract, steps.lock(session, FinalAccount, account.id)


def _end(
    session: Session, account: FinalAccount, action: str, party: Party, act: Act, reason: str | None = None
) -> FinalAccount:
    subcontract, locked = _lock(session, account)
    role = role_of(locked, subcontract, party)
    after = workflow.FINAL_ACCOUNT.target(locked.state, action, role, reason)
    locked.reason = (reason or "").strip()
    state = str(subcontract.state)
    remember(session, subcontract, f"{action}_final_account", act, before=state, after=state, reason=reason)
    return _answer(locked, after, act)


def _answer(account: FinalAccount, after: str, act: Act) -> FinalAccount:
    account.state, account.open_key = after, None
    account.answered_at, account.answered_key, account.answered_name = act.at, act.actor_key, act.actor_name
    return account


__all__ = [
    "AMOUNTS", "account_of", "actions", "draw_up", "is_current", "lines_of", "of_subcontract",
    "refuse", "role_of", "sign", "withdraw",
]  # fmt: skip
