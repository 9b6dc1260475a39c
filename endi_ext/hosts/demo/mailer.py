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
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, ", ".join(recipients), subject
        letter.set_content(body)
        request.tm.get().addAfterCommitHook(self._write, args=(letter,))

    def _write(self, committed: bool, letter: EmailMessage) -> None:
        if not committed:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{uuid4().hex}.eml"
        path.write_bytes(bytes(letter))
        log.info("letter to %s written to %s", letter["To"], path)
