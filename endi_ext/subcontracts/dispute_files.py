"""Files of disputes: checked, kept in the database in pieces, handed out as they came."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from ..kernel import pieces
from . import proofs
from .dispute_errors import ProofsTooLarge, TooManyProofs
from .dispute_models import Dispute, DisputeFile, DisputeFilePiece, DisputeMessage


def keep(
    session: Session,
    dispute: Dispute,
    message: DisputeMessage,
    joined: Sequence[proofs.Proof],
    *,
    most_file_bytes: int,
) -> None:
    """Keep the files of a message; the dispute's row is locked, so that its counts are true.

    Raises TooManyProofs, ProofsTooLarge, ProofEmpty, ProofTooLarge, ProofKindRefused.
    """
    if dispute.file_count + len(joined) > proofs.MOST_FILES:
        raise TooManyProofs(most=proofs.MOST_FILES, count=dispute.file_count)
    for proof in joined:
        kind = proofs.kind_of(proof, most_bytes=most_file_bytes)
        dispute.file_count += 1
        dispute.file_bytes += len(proof.content)
        if dispute.file_bytes > proofs.MOST_BYTES:
            raise ProofsTooLarge(most_mb=proofs.MOST_BYTES // 1024**2)
        _store(session, message, proof, kind)


def content(session: Session, file: DisputeFile) -> Iterator[bytes]:
    """Return the content of a file, piece by piece."""
    return pieces.read(session, DisputeFilePiece, file.id)


def _store(session: Session, message: DisputeMessage, proof: proofs.Proof, kind: str) -> None:
    file = DisputeFile(
        message=message,
        name=proofs.name_for(proof.filename, kind),
        kind=kind,
        size_bytes=len(proof.content),
        sha256=proof.sha256,
    )
    session.add(file)
    session.flush()  # its pieces name it by id
    pieces.store(session, DisputeFilePiece, file.id, proof.content)
