"""What is said in a dispute: messages with their files, written once, and the outcomes they speak of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from . import dispute_files, quantities, steps
from .dispute_models import Dispute, DisputeFile, DisputeMessage, DisputePart
from .dispute_steps import ACCEPTED, IN_PART, WITHDRAWN
from .errors import RequestKeyReused
from .models import Delivery, Subcontract
from .proofs import FILE_BYTES, Proof

MESSAGE, PROPOSAL, REQUEST, DECISION = "message", "proposal", "request", "decision"


@dataclass(frozen=True)
class Said:
    """What somebody says at once: a text, files, and the key of the form it was typed in."""

    text: str
    request_key: str
    proofs: Sequence[Proof] = ()
    most_file_bytes: int = FILE_BYTES


@dataclass(frozen=True)
class Outcome:
    """How a contested delivery would end: thousandths accepted and reasons, by id of each of its parts.

    What is not named is accepted whole, as in acceptances.accept_in_part. Of a retention `release_cents`
    would be let go; all of it when nothing is said.
    """

    accepted: Mapping[int, int] = field(default_factory=dict)
    refusals: Mapping[int, str] = field(default_factory=dict)
    release_cents: int | None = None


def lock(session: Session, dispute: Dispute) -> tuple[Subcontract, Dispute]:
    """Return the subcontract and the dispute as they are now, locked in this order."""
    subcontract = steps.lock(session, Subcontract, dispute.subcontract_id)
    return subcontract, steps.lock(session, Dispute, dispute.id)


def once(
    session: Session, dispute: Dispute, side: str, said: Said, make: Callable[[], DisputeMessage]
) -> DisputeMessage:
    """Return the message made for this key, made now if there is none. Raises RequestKeyReused."""
    made = steps.once(session, DisputeMessage, said.request_key, make)
    # Locking reads: what a double submit made meanwhile is younger than our snapshot.
    digests = select(DisputeFile.sha256).where(DisputeFile.message_id == made.id).with_for_update(read=True)
    kept = sorted(session.execute(digests).scalars())
    facts = (made.dispute_id, made.side, made.text, kept)
    if facts != (dispute.id, side, said.text.strip(), sorted(proof.sha256 for proof in said.proofs)):
        raise RequestKeyReused
    return made


def add(
    session: Session,
    dispute: Dispute,
    side: str,
    kind: str,
    said: Said,
    act: Act,
    outcome: str | None = None,
    parts: Sequence[DisputePart] = (),
    amount_cents: int | None = None,
) -> DisputeMessage:
    """Add a message with its files to a locked dispute."""
    dispute.message_count += 1
    message = DisputeMessage(
        dispute_id=dispute.id,
        number=dispute.message_count,
        request_key=said.request_key,
        side=side,
        author_key=act.actor_key,
        author_name=act.actor_name,
        kind=kind,
        text=said.text.strip(),
        outcome=outcome,
        parts=list(parts),
        amount_cents=amount_cents,
        written_at=act.at,
    )
    session.add(message)
    session.flush()  # its files name it by id
    dispute_files.keep(session, dispute, message, said.proofs, most_file_bytes=said.most_file_bytes)
    return message


def parts_of(delivery: Delivery, outcome: Outcome) -> tuple[str, list[DisputePart]]:
    """Return what an outcome is called and what it says of each part of the delivery."""
    parts = []
    for line in delivery.lines:
        accepted = outcome.accepted.get(line.id, line.quantity_thousandths)
        refusal = outcome.refusals.get(line.id, "").strip() if accepted < line.quantity_thousandths else ""
        parts.append(DisputePart(delivery_line_id=line.id, accepted_thousandths=accepted, refusal=refusal))
    if not any(part.accepted_thousandths for part in parts):
        return WITHDRAWN, parts
    quantities.refuse_wrong_shares(delivery, *shares_of(parts))
    whole = all(
        part.accepted_thousandths == line.quantity_thousandths
        for part, line in zip(parts, delivery.lines, strict=True)
    )
    return (ACCEPTED if whole else IN_PART), parts


def shares_of(parts: Sequence[DisputePart]) -> tuple[dict[int, int], dict[int, str]]:
    """Return what is accepted and why not all of it, by id of each part of the delivery."""
    accepted = {part.delivery_line_id: part.accepted_thousandths for part in parts}
    return accepted, {part.delivery_line_id: part.refusal for part in parts}
