"""What is to be invoiced to the final client: a line for each accepted delivery, the margin fixed in advance.

All of it is the principal's own, hence nothing is written in the history both sides read. One line for each
delivery, by a unique key; who adds it to a draft invoice of the host locks it first, and it is added once.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from . import client_payments, client_terms, steps, workflow
from .client_models import ClientJob, ClientLine
from .client_terms import AMOUNT, NO_MARGIN, PERCENT
from .errors import MarginTooLarge
from .models import Delivery, Subcontract
from .workflow import ADDED, BY_HAND, WAITING

STANDING = (WAITING, ADDED, BY_HAND)
MOST_CENTS, MOST_BP = 10**12, 100_000
LABEL_LENGTH = 500


def name_deal(
    session: Session,
    subcontract: Subcontract,
    *,
    party: Party,
    deal_key: str,
    deal_label: str,
    client: str,
    act: Act,
) -> ClientJob:
    """Say to which job for a client the subcontract belongs; an empty key says to none.

    Raises WrongRole, WrongState.
    """
    locked = client_payments.lock_for_buyer(session, subcontract, party, "name_deal")
    job = client_payments.job_of(session, locked)
    job.deal_key, job.deal_label, job.client = deal_key, deal_label[:190], client[:190]
    return job


def fix_margin(
    session: Session,
    subcontract: Subcontract,
    *,
    party: Party,
    kind: str,
    rate_bp: int = 0,
    margin_cents: int = 0,
    act: Act,
) -> ClientJob:
    """Fix the margin on a subcontract in advance: it counts for the lines made from now on.

    Raises WrongRole, WrongState, MarginTooLarge.
    """
    assert kind in (NO_MARGIN, PERCENT, AMOUNT), kind
    if margin_cents > MOST_CENTS or rate_bp > MOST_BP:
        raise MarginTooLarge(most_cents=MOST_CENTS)
    locked = client_payments.lock_for_buyer(session, subcontract, party, "fix_margin")
    job = client_payments.job_of(session, locked)
    job.margin_kind = kind
    job.margin_rate_bp = rate_bp if kind == PERCENT else 0
    job.margin_cents = margin_cents if kind == AMOUNT else 0
    return job


def keep_lines(session: Session, subcontract: Subcontract, act: Act) -> list[ClientLine]:
    """Make the lines of the deliveries accepted since, mark those of reversed ones; return the new ones.

    Nothing is made where no margin is fixed. Calling it again changes nothing.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)
    job = client_payments.job_if_any(session, locked)
    if job is None:
        return []
    lines = lines_of(session, job)
    for line in lines:
        if line.delivery.state == workflow.REVERSED and line.state in STANDING:
            line.state = workflow.CLIENT_LINE.target(str(line.state), "reverse", workflow.BOOKS)
    if job.margin_kind == NO_MARGIN:
        return []
    known = {line.delivery_id for line in lines}
    made: list[ClientLine] = []
    for delivery in _accepted(session, locked):
        if delivery.id not in known:
            new = _line(session, job, locked, delivery, [*lines, *made], act)
            made += [new] if new is not None else []
    return made


def to_keep(session: Session) -> list[int]:
    """Return the ids of the subcontracts whose lines may have to be made or marked.

    Only those with a margin and an accepted delivery without its line, or a line of a reversed delivery.
    """
    with_margin = select(ClientJob.subcontract_id).where(ClientJob.margin_kind != NO_MARGIN)
    lined = select(ClientLine.delivery_id)
    to_make = select(Delivery.subcontract_id).where(
        Delivery.state == workflow.ACCEPTED,
        Delivery.subcontract_id.in_(with_margin),
        Delivery.id.not_in(lined),
    )
    standing = select(ClientLine.delivery_id).where(ClientLine.state.in_(STANDING))
    to_mark = select(Delivery.subcontract_id).where(
        Delivery.state == workflow.REVERSED, Delivery.id.in_(standing)
    )
    return sorted({*session.execute(to_make).scalars(), *session.execute(to_mark).scalars()})


def lines_of(session: Session, job: ClientJob) -> list[ClientLine]:
    """Return the lines of a job, the oldest first."""
    rows = select(ClientLine).where(ClientLine.job_id == job.id).order_by(ClientLine.id)
    return list(session.execute(rows).scalars())


def waiting_lines(session: Session, subcontract: Subcontract) -> list[ClientLine]:
    """Return the lines to invoice that are on no draft yet, locked for whoever adds them."""
    job = client_payments.job_if_any(session, subcontract)
    keys = [line.id for line in lines_of(session, job) if line.state == WAITING] if job else []
    locked = (steps.lock(session, ClientLine, key) for key in keys)
    return [line for line in locked if line.state == WAITING]


def settle_line(session: Session, line: ClientLine, *, action: str, line_key: str = "") -> ClientLine:
    """Note what became of a line: "add" to a draft, "invoice_by_hand", or "remove" from its invoice.

    Raises WrongState, when somebody was quicker.
    """
    locked: ClientLine = steps.lock(session, ClientLine, line.id)
    locked.state = workflow.CLIENT_LINE.target(str(locked.state), action, workflow.BUYER)
    locked.line_key = line_key or locked.line_key
    return locked


def _accepted(session: Session, subcontract: Subcontract) -> list[Delivery]:
    rows = select(Delivery).where(
        Delivery.subcontract_id == subcontract.id, Delivery.state == workflow.ACCEPTED
    )
    return list(session.execute(rows.order_by(Delivery.number)).scalars())


def _line(
    session: Session,
    job: ClientJob,
    subcontract: Subcontract,
    delivery: Delivery,
    before: Sequence[ClientLine],
    act: Act,
) -> ClientLine | None:
    """Make the line of one delivery, or return none when someone made it at the same moment."""
    standing = [line for line in before if line.state in STANDING]
    margin = client_terms.line_margin_cents(
        job.margin_kind,
        rate_bp=job.margin_rate_bp,
        margin_cents=job.margin_cents,
        cost_cents=delivery.accepted_cents,
        agreed_cents=subcontract.version.total_cents,
        before=(sum(line.cost_cents for line in standing), sum(line.margin_cents for line in standing)),
    )
    try:
        with session.begin_nested():
            line = ClientLine(
                job_id=job.id,
                delivery=delivery,
                label=_label(subcontract, delivery),
                cost_cents=delivery.accepted_cents,
                margin_cents=margin,
                state=WAITING,
                line_key="",
                made_at=act.at,
            )
            session.add(line)
    except IntegrityError:
        return None
    return line


def _label(subcontract: Subcontract, delivery: Delivery) -> str:
    """Return what the client reads: the work, without the name of who did it."""
    lines = ", ".join(part.line.description for part in delivery.lines if part.accepted_cents)
    return f"{subcontract.title}, situation n° {delivery.number} : {lines}"[:LABEL_LENGTH]
