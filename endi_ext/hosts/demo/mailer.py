"""Letters of the demo: written to a folder once the transaction is committed."""

import logging
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

log = logging.getLogger(__name__)


class FolderMailer:
    """Puts each letter in `folder` as one .eml file."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def send(self, request: Any, recipients: Sequence[str], subject: str, body: str) -> None:
        letter = self._letter(recipients, subject, body)
        request.tm.get().addAfterCommitHook(self._write, args=(letter,))

    def deliver(self, request: Any, key: str, recipient: str, subject: str, body: str) -> bool:
        try:
            self._write(True, self._letter([recipient], subject, body), name=key)
        except OSError:
            log.exception("letter to %s not written", recipient)
            return False
        return True

    def _letter(self, recipients: Sequence[str], subject: str, body: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, ", ".join(recipients), subject
        letter.set_content(body)
        return letter

    def _write(self, committed: bool, letter: EmailMessage, *, name: str = "") -> None:
        if not committed:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name or uuid4().hex}.eml"
        path.write_bytes(bytes(letter))
        log.info("letter to %s written to %s", letter["To"], path)
