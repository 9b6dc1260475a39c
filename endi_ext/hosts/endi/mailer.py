"""Letters, handed to the host's worker once the transaction is committed."""

from collections.abc import Sequence
from typing import Any

import transaction
from caerp.utils.mail import send_mail

from . import tasks


class WorkerMailer:
    """Queues a letter after the commit; if the broker does not answer, the log says so and all stays done."""

    def send(self, request: Any, recipients: Sequence[str], subject: str, body: str) -> None:
        letter = (list(recipients), subject, body)
        transaction.get().addAfterCommitHook(_hand_over, args=(letter,))

    def deliver(self, request: Any, key: str, recipient: str, subject: str, body: str) -> bool:
        return bool(send_mail(request, [recipient], body, subject))


def _hand_over(committed: bool, letter: tuple[list[str], str, str]) -> None:
    if committed:
        tasks.send_letter.delay(*letter)
