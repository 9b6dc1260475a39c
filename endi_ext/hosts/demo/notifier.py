"""What tells people inside the demo: rows of its own, counted by the bell of every page.

What a form committed is told before its page answers; enDI has a worker for that.
"""

from collections.abc import Sequence
from typing import Any

from pyramid.config import Configurator
from pyramid.events import NewRequest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...kernel.history import UNTOLD
from ...web import telling
from .models import Company, Notification, User, membership


class DemoNotifier:
    """Shows notifications in the demo's own frame."""

    def people(self, session: Session, host_key: str) -> Sequence[tuple[str, str, str]]:
        kind, _, number = host_key.partition(":")
        if kind != "company":
            return []
        working = (
            select(User, Company.email)
            .join(membership, membership.c.user_id == User.id)
            .join(Company, Company.id == membership.c.company_id)
            .where(Company.id == int(number), Company.active, User.active)
        )
        rows = session.execute(working.order_by(User.id))
        return [(f"user:{user.id}", user.name, user.email or email) for user, email in rows]

    def notify(self, request: Any, session: Session, user_key: str, title: str, body: str, url: str) -> None:
        user_id = int(user_key.partition(":")[2])
        at = request.registry.endi_ext_host.clock.now()
        session.add(Notification(user_id=user_id, title=title[:250], body=body, url=url[:250], at=at))


def includeme(config: Configurator) -> None:
    """Tell people after each commit that left something to tell."""
    config.add_subscriber(_listen, NewRequest)


def _listen(event: NewRequest) -> None:
    request = event.request
    if request.method == "POST":
        request.tm.get().addAfterCommitHook(_tell, args=(request,))


def _tell(committed: bool, request: Any) -> None:
    if committed and request.dbsession.info.pop(UNTOLD, False):
        telling.tell(request, telling.site_of(request))


def unread(session: Session, user: User) -> int:
    """Return how many notifications a user has not read."""
    waiting = select(func.count()).select_from(Notification)
    mine = waiting.where(Notification.user_id == user.id, Notification.read.is_(False))
    return int(session.execute(mine).scalar_one())
