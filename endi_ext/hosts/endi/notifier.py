"""What tells people inside enDI: its own notifications, under the bell; and who they are."""

from collections.abc import Sequence
from typing import Any

from caerp.models.company import Company
from caerp.utils.notification import AbstractNotification
from markupsafe import escape
from sqlalchemy.orm import Session

KEY = "endi_ext:message"
CHANNEL = "message"
TITLE_LENGTH = 255


class EndiNotifier:
    """Writes the host's notifications in the transaction under way."""

    def people(self, session: Session, host_key: str) -> Sequence[tuple[str, str, str]]:
        kind, _, number = host_key.partition(":")
        company = session.get(Company, int(number)) if kind == "company" else None
        if company is None or not company.active:
            return []
        working = [user for user in company.employees if user.login and user.login.active]
        return [
            (
                f"user:{user.id}",
                f"{user.firstname or ''} {user.lastname or ''}".strip(),
                _email(user, company),
            )
            for user in working
        ]

    def notify(self, request: Any, session: Session, user_key: str, title: str, body: str, url: str) -> None:
        # Not the host's `notify`: it asks for services its own worker does not have.
        notification = AbstractNotification(key=KEY, title=_title(title), body=_html(body, url)).to_model()
        notification.channel = CHANNEL
        notification.user_id = int(user_key.partition(":")[2])
        session.add(notification)


def _email(user: Any, company: Company) -> str:
    return str(user.email or company.email or "")


def _title(text: str) -> str:
    """Return a title as the host shows it, as HTML, cut so that it fits."""
    shown = str(escape(text))
    while len(shown) > TITLE_LENGTH:
        text = text[:-2] + "…"
        shown = str(escape(text))
    return shown


def _html(body: str, url: str) -> str:
    said = f"{escape(body)}<br />" if body else ""
    return f'{said}<a class="btn btn-default" href="{escape(url)}">Voir</a>'
