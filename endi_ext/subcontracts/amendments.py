"""Amendments (avenants): a change to what is in force, negotiated and signed as the agreement was.

Deliveries go on meanwhile; what they did is checked again when an amendment binds, under the lock of the
subcontract.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import changes, conditions, quantities, steps, workflow
from .agreement_errors import AmendmentOpen, NothingChanged
from .errors import AgreementChanged, RequestKeyReused
from .models import Amendment, Subcontract, SubcontractLine, SubcontractVersion
from .service import refuse_empty
from .terms import CONTRACT, Terms

PROGRESS = ("delivered_thousandths", "delivered_cents", "accepted_thousandths", "accepted_cents")


def propose_amendment(
    session: Session, subcontract: Subcontract, *, party: Party, terms: Terms, request_key: str, act: Act
) -> Amendment:
    """Propose other lines, quantities, prices, dates or conditions; a line keeps its identity by its key.

    A new price of a started line is for what is left of it: the line is split. Without any line, an agreement
    of which nothing is done ends. The same request_key again returns the amendment made. Raises WrongState,
    WrongRole, PartyInactive, AmendmentOpen, NothingChanged, RequestKeyReused, and as changes.amended,
    service.refuse_empty and conditions.check do.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)

    def make() -> Amendment:
        flow, side = workflow.flow_of(locked), workflow.side_of(locked, party)
        flow.target(locked.state, "propose_amendment", side)
        _refuse_second(session, locked)
        agreed = _prepared(session, locked, terms, act)
        locked.amendment_count += 1
        amendment = Amendment(
            subcontract=locked,
            number=locked.amendment_count,
            request_key=request_key,
            open_key=locked.id,
            state=workflow.PROPOSED,
            proposed_by=party,
            version_number=0,
            created_at=act.at,
        )
        session.add(amendment)
        steps.put_on_the_table(session, locked, party, agreed, act, amendment=amendment)
        remember(session, amendment, "propose", act, after=workflow.PROPOSED, reason=terms.message or None)
        return amendment

    made = steps.once(session, Amendment, request_key, make)
    _refuse_other_content(session, made, locked, party, terms)
    return made


def counter_amendment(
    session: Session, amendment: Amendment, *, party: Party, terms: Terms, version: int, act: Act
) -> Amendment:
    """Answer with other changes: a new version of the amendment, signed by `party`, waits for the other side.

    Raises WrongState, WrongRole, VersionChanged, AnswerTooLate, and as propose_amendment does.
    """
    subcontract, locked, read = _lock_to_answer(session, amendment, version, act)
    role = workflow.amendment_role_of(locked, party)
    steps.step(session, locked, workflow.AMENDMENT, "counter", role, act, terms.message)
    agreed = _prepared(session, subcontract, terms, act, on_the_table=read)
    steps.put_on_the_table(session, subcontract, party, agreed, act, amendment=locked)
    return locked


def accept_amendment(
    session: Session, amendment: Amendment, *, party: Party, version: int, act: Act
) -> Amendment:
    """Sign the amendment the other side proposed: it binds both, and what is done stays done.

    A finished subcontract goes on when work is added; it is finished when everything left is accepted.
    Raises WrongState, WrongRole, VersionChanged, AnswerTooLate, PartyInactive, ProgressMoved.
    """
    subcontract, locked, read = _lock_to_answer(session, amendment, version, act)
    _close(session, locked, "accept", workflow.amendment_role_of(locked, party), act)
    steps.sign(read, party, act)
    _bind(session, subcontract, read, act)
    return locked


def decline_amendment(
    session: Session, amendment: Amendment, *, party: Party, reason: str, act: Act
) -> Amendment:
    """Refuse an amendment with a reason; the agreement goes on.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    _subcontract, locked = _lock(session, amendment)
    return _close(session, locked, "decline", workflow.amendment_role_of(locked, party), act, reason)


def withdraw_amendment(
    session: Session, amendment: Amendment, *, party: Party, reason: str, act: Act
) -> Amendment:
    """Take back one's own amendment. Raises WrongState, WrongRole."""
    _subcontract, locked = _lock(session, amendment)
    return _close(session, locked, "withdraw", workflow.amendment_role_of(locked, party), act, reason)


def expire_amendment(session: Session, amendment: Amendment, act: Act) -> Amendment:
    """Let an amendment nobody answered end after its last day. Raises WrongState, StillTimeToAnswer."""
    subcontract, locked = _lock(session, amendment)
    if locked.state == workflow.PROPOSED:
        steps.refuse_early(steps.version(session, subcontract, locked.version_number), act)
    return _close(session, locked, "expire", workflow.BOOKS, act)


def lines_in_force(session: Session, subcontract: Subcontract) -> list[SubcontractLine]:
    """Return the lines in force as they are now, kept for this transaction. Raises AgreementChanged."""
    in_force = steps.version(session, subcontract, subcontract.version_number)
    return _locked_lines(session, in_force)


def _lock(session: Session, amendment: Amendment) -> tuple[Subcontract, Amendment]:
    subcontract = steps.lock(session, Subcontract, amendment.subcontract_id)
    return subcontract, steps.lock(session, Amendment, amendment.id)


def _lock_to_answer(
    session: Session, amendment: Amendment, seen: int, act: Act
) -> tuple[Subcontract, Amendment, SubcontractVersion]:
    subcontract, locked = _lock(session, amendment)
    read = steps.version(session, subcontract, locked.version_number)
    if locked.state == workflow.PROPOSED:
        steps.refuse_unanswerable(subcontract, read, seen, act)
    return subcontract, locked, read


def _close(
    session: Session, locked: Amendment, action: str, role: str, act: Act, reason: str | None = None
) -> Amendment:
    steps.step(session, locked, workflow.AMENDMENT, action, role, act, reason)
    locked.open_key = None
    return locked


def _prepared(
    session: Session,
    subcontract: Subcontract,
    terms: Terms,
    act: Act,
    *,
    on_the_table: SubcontractVersion | None = None,
) -> Terms:
    """Return what is signed of the terms: what is done stays, and something changes."""
    steps.refuse_inactive(subcontract.buyer, subcontract.seller)
    _refuse_empty(subcontract, terms)
    in_force = steps.version(session, subcontract, subcontract.version_number)
    lines = _locked_lines(session, in_force)
    proposed_keys = [line.key for line in on_the_table.lines] if on_the_table else []
    agreed = changes.amended(lines, terms, on_the_table=proposed_keys)
    if changes.says(agreed) == changes.said_by(in_force, lines, conditions.of(in_force)):
        raise NothingChanged
    _refuse_empty(subcontract, agreed)
    conditions.check(session, agreed, act.today, before=conditions.of(in_force))
    return agreed


def _refuse_empty(subcontract: Subcontract, terms: Terms) -> None:
    # An agreement of which nothing is done ends by an amendment that leaves nothing to do.
    if terms.lines or subcontract.kind != CONTRACT:
        refuse_empty(terms)


def _refuse_second(session: Session, subcontract: Subcontract) -> None:
    statement = select(Amendment).where(Amendment.open_key == subcontract.id).with_for_update(read=True)
    opened = session.execute(statement).scalars().one_or_none()
    if opened is not None:
        raise AmendmentOpen(number=opened.number)


def _refuse_other_content(
    session: Session, made: Amendment, subcontract: Subcontract, party: Party, terms: Terms
) -> None:
    """Refuse a form changed after it was sent: what it says now would silently be lost."""
    versions = select(SubcontractVersion).where(SubcontractVersion.amendment_id == made.id)
    first = versions.order_by(SubcontractVersion.number).limit(1).with_for_update(read=True)
    version = session.execute(first).scalars().one()
    said = (
        version.due_on,
        version.message,
        version.answer_by,
        conditions.of(version),
        version.proposed_by_id,
    )
    if said != (terms.due_on, terms.message, terms.answer_by, terms.conditions, party.id):
        raise RequestKeyReused
    if made.subcontract_id != subcontract.id or not changes.comes_from(
        steps.lines_of(session, version), terms
    ):
        raise RequestKeyReused


def _bind(session: Session, subcontract: Subcontract, agreed: SubcontractVersion, act: Act) -> None:
    """Put a signed version in force: its lines take over what is done."""
    done = lines_in_force(session, subcontract)
    coming = _locked_lines(session, agreed)
    changes.refuse_what_does_not_fit(done, coming)
    before = {line.key: line for line in done}
    for line in coming:
        for name in PROGRESS if line.key in before else ():
            setattr(line, name, getattr(before[line.key], name))
    subcontract.version_number = agreed.number
    flow = workflow.flow_of(subcontract)
    if flow.target(subcontract.state, "amend", workflow.BOOKS) != subcontract.state:
        steps.step(session, subcontract, flow, "amend", workflow.BOOKS, act)
    if subcontract.kind == CONTRACT and subcontract.accepted_cents == agreed.total_cents:
        steps.step(session, subcontract, flow, "complete", workflow.BOOKS, act)


def _locked_lines(session: Session, version: SubcontractVersion) -> list[SubcontractLine]:
    # Which lines a version has never changes; one so new that we do not see them was read by nobody here.
    of_version = select(SubcontractLine.id).where(SubcontractLine.version_id == version.id)
    ids = list(session.execute(of_version).scalars())
    if not ids and version.total_cents:
        raise AgreementChanged
    return sorted(quantities.locked_lines(session, ids), key=lambda line: int(line.position))
