"""What is written in a question, with its files: checked before, kept in pieces, handed out as they came."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ..kernel import pieces
from ..kernel.errors import DomainError
from ..kernel.history import Act
from .question_models import Question, QuestionFile, QuestionFilePiece, QuestionMessage

MOST_FILES = 10
MOST_BYTES = 50 * 1024 * 1024


class NothingAsked(DomainError):
    """A question or an answer without a word and without a file."""

    code = "question_empty"
    field = "text"


class TooManyFiles(DomainError):
    """More files than a question keeps (facts: most)."""

    code = "question_files_too_many"
    field = "files"


class FilesTooLarge(DomainError):
    """More bytes than a question keeps (facts: most_mb)."""

    code = "question_files_too_large"
    field = "files"


@dataclass(frozen=True)
class Joined:
    """A file that comes with an answer: its cleaned name, its kind told by its content."""

    name: str
    kind: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The digest of the content."""
        return hashlib.sha256(self.content).hexdigest()


def content(session: Session, file: QuestionFile) -> Iterator[bytes]:
    """Return the content of a file, piece by piece."""
    return pieces.read(session, QuestionFilePiece, file.id)


def write(
    session: Session,
    question: Question,
    side: str,
    text: str,
    files: Sequence[Joined],
    request_key: str,
    act: Act,
) -> None:
    """Add what one side says to a locked question. Raises NothingAsked, TooManyFiles, FilesTooLarge."""
    if not text.strip() and not files:
        raise NothingAsked
    question.message_count += 1
    message = QuestionMessage(
        question=question,
        number=question.message_count,
        request_key=request_key,
        side=side,
        author_key=act.actor_key,
        author_name=act.actor_name,
        text=text.strip(),
        written_at=act.at,
    )
    session.add(message)
    _keep(session, question, message, files)


def _keep(session: Session, question: Question, message: QuestionMessage, files: Sequence[Joined]) -> None:
    if question.file_count + len(files) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    question.file_count += len(files)
    question.file_bytes += sum(len(one.content) for one in files)
    if question.file_bytes > MOST_BYTES:
        raise FilesTooLarge(most_mb=MOST_BYTES // 1024**2)
    for one in files:
        facts: dict[str, Any] = {"kind": one.kind, "size_bytes": len(one.content), "sha256": one.sha256}
        file = QuestionFile(message=message, name=one.name, **facts)
        session.add(file)
        session.flush()  # its pieces name it by id
        pieces.store(session, QuestionFilePiece, file.id, one.content)
    session.flush()  # the database refuses a second message of the same form here
