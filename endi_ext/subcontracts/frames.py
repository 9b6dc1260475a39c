"""Frame agreements (accords-cadres): prices and terms agreed once, work ordered by call-offs."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import conditions, steps, workflow
from .agreement_errors import FrameOver
from .amendments import lines_in_force
from .errors import AgreementChanged, RequestKeyReused
from .models import Signature, Subcontract, SubcontractLine, SubcontractVersion
from .service import refuse_empty
from .terms import CONTRACT, ProposedLine, Terms


def call_off(
    session: Session,
    frame: Subcontract,
    *,
    party: Party,
    quantities: Mapping[int, int],
    due_on: date,
    request_key: str,
    act: Act,
    message: str = "",
) -> Subcontract:
    """Order thousandths of lines of a frame agreement, by line id: a contract that binds both at once.

    The buyer signs it now; the seller did by signing the frame. The same request_key again returns the
    contract made. Raises WrongState, WrongRole, PartyInactive, FrameOver, NothingInIt, TooSmall,
    TooExpensive, AgreementChanged, RequestKeyReused.
    """
    locked = steps.lock(session, Subcontract, frame.id)
    in_force = steps.version(session, locked, locked.version_number)

    def make() -> Subcontract:
        workflow.flow_of(locked).target(locked.state, "call_off", workflow.side_of(locked, party))
        steps.refuse_inactive(locked.buyer, locked.seller)
        if act.today > in_force.due_on:
            raise FrameOver(due_on=in_force.due_on)
        terms = _ordered(session, locked, in_force, quantities, due_on, message)
        refuse_empty(terms)
        order = _order_of(locked, request_key, act)
        session.add(order)
        version = steps.put_on_the_table(session, order, party, terms, act)
        _sign_through(version, in_force, locked.seller)
        remember(session, order, "call_off", act, after=workflow.AGREED, reason=message or None)
        return order

    made = steps.once(session, Subcontract, request_key, make)
    said = steps.version(session, made, 1)
    ordered = [(line.description, line.quantity_thousandths) for line in steps.lines_of(session, said)]
    asked = _asked(in_force.lines, quantities)
    if (made.frame_id, said.due_on, said.message, ordered) != (locked.id, due_on, message, asked):
        raise RequestKeyReused
    return made


def end(session: Session, frame: Subcontract, *, party: Party, reason: str, act: Act) -> Subcontract:
    """End a frame agreement: nothing more is ordered on it, what was ordered goes on.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    locked = steps.lock(session, Subcontract, frame.id)
    return steps.party_step(session, locked, "end", party, act, reason)


def call_offs_of(session: Session, frame: Subcontract) -> list[Subcontract]:
    """Return what was ordered on a frame agreement, newest first."""
    statement = select(Subcontract).where(Subcontract.frame_id == frame.id).order_by(Subcontract.id.desc())
    return list(session.execute(statement).scalars())


def _ordered(
    session: Session,
    frame: Subcontract,
    in_force: SubcontractVersion,
    quantities: Mapping[int, int],
    due_on: date,
    message: str,
) -> Terms:
    lines = [line for line in lines_in_force(session, frame) if quantities.get(line.id)]
    if {line.id for line in lines} != {key for key, quantity in quantities.items() if quantity}:
        raise AgreementChanged
    proposed = [
        ProposedLine(line.description, quantities[line.id], line.unit, line.unit_price_cents)
        for line in lines
    ]
    return Terms(due_on, proposed, message, conditions=conditions.of(in_force))


def _asked(lines: list[SubcontractLine], quantities: Mapping[int, int]) -> list[tuple[str, int]]:
    return [(line.description, quantities[line.id]) for line in lines if quantities.get(line.id)]


def _order_of(frame: Subcontract, request_key: str, act: Act) -> Subcontract:
    return Subcontract(
        request_key=request_key,
        buyer=frame.buyer,
        seller=frame.seller,
        title=frame.title,
        state=workflow.AGREED,
        kind=CONTRACT,
        frame=frame,
        version_number=0,
        version_count=0,
        created_at=act.at,
    )


def _sign_through(version: SubcontractVersion, agreed: SubcontractVersion, party: Party) -> None:
    """Let `party` consent by what they signed of the frame agreement: who and when are of that moment."""
    given = next(signature for signature in agreed.signatures if signature.party_id == party.id)
    version.signatures.append(
        Signature(
            party=party,
            through=agreed,
            digest=agreed.digest,
            actor_key=given.actor_key,
            actor_name=given.actor_name,
            signed_at=given.signed_at,
        )
    )
