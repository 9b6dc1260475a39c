"""Files of tenders: checked, kept in the database in pieces, handed out as they came."""

from collections.abc import Iterator

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..kernel import pieces
from ..kernel.history import Act
from ..subcontracts import proofs
from .models import Tender
from .outcome_models import Submission
from .paper_errors import FilesTooLarge
from .paper_models import TenderFile, TenderFilePiece

# Of one tender: its dossier is made of them.
MOST_BYTES = 200 * 1024 * 1024


def keep(
    session: Session,
    tender: Tender | None,
    filename: str,
    content: bytes,
    act: Act,
    *,
    most_bytes: int = proofs.FILE_BYTES,
) -> TenderFile:
    """Keep a file of a locked tender, or of the cooperative itself (no tender).

    Raises ProofEmpty, ProofTooLarge, ProofKindRefused, FilesTooLarge.
    """
    proof = proofs.Proof(filename, content)
    kind = proofs.kind_of(proof, most_bytes=most_bytes)
    if tender is not None and _weight(session, tender) + len(content) > MOST_BYTES:
        raise FilesTooLarge(most_mb=MOST_BYTES // 1024**2)
    file = TenderFile(
        tender_id=None if tender is None else tender.id,
        name=proofs.name_for(filename, kind),
        kind=kind,
        size_bytes=len(content),
        sha256=proof.sha256,
        actor_key=act.actor_key,
        actor_name=act.actor_name,
        kept_at=act.at,
    )
    session.add(file)
    session.flush()  # its pieces name it by id
    pieces.store(session, TenderFilePiece, file.id, content)
    return file


def forget(session: Session, file_id: int | None) -> None:
    """Delete a file that another one replaced and nothing refers to any more.

    Once the offer was submitted all files stay: they are what was sent, even if it is taken back.
    """
    # With a lock: it may have been kept a moment ago, after our snapshot.
    found = select(TenderFile).where(TenderFile.id == file_id).with_for_update()
    file = session.execute(found).scalars().one_or_none()
    if file is None or file.tender_id is None:
        return
    sent = select(Submission.id).where(Submission.tender_id == file.tender_id).limit(1)
    if session.execute(sent).first() is not None:
        return
    session.flush()  # whoever named the file names the other one now
    session.execute(delete(TenderFilePiece.__table__).where(TenderFilePiece.file_id == file.id))
    session.delete(file)


def content(session: Session, file: TenderFile) -> Iterator[bytes]:
    """Return the content of a file, piece by piece."""
    return pieces.read(session, TenderFilePiece, file.id)


def _weight(session: Session, tender: Tender) -> int:
    weight = select(func.sum(TenderFile.size_bytes)).where(TenderFile.tender_id == tender.id)
    return int(session.execute(weight).scalar_one() or 0)
