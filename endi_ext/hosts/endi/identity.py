"""Who is logged in, in the pages and in the worker."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import transaction
from caerp.models.base import DBSESSION
from sqlalchemy import select
from sqlalchemy.orm import Session

from ...kernel.history import Act
from ...ports import Host
from ...web.permissions import ACCOUNT, HOST_RIGHTS, RIGHTS
from . import directory

ACCOUNTING_RIGHTS = tuple(name for name, gives in {**RIGHTS, **HOST_RIGHTS}.items() if ACCOUNT in gives)
WORKER_KEY, WORKER_NAME = "worker", "Traitement automatique"


class EndiActor:
    """A user of enDI, as the plugin sees them."""

    def __init__(self, user: Any) -> None:
        self.key = f"user:{user.id}"
        self.name = f"{user.firstname or ''} {user.lastname or ''}".strip() or user.login.login
        # The same companies as the host's principals: the active ones.
        self.host_keys: Sequence[str] = tuple(
            f"company:{company.id}" for company in user.companies if company.active
        )
        self._permissions = {
            permission
            for group in user.login._groups  # noqa: SLF001 - the host's own policy reads it
            for right in group.access_rights
            for permission in right.global_permissions
        }

    def may(self, permission: str) -> bool:
        return permission in self._permissions


class EndiHost(Host):
    """enDI, as the plugin sees it."""

    def actor(self, request: Any) -> EndiActor | None:
        user = request.identity
        return None if user is None else EndiActor(user)

    def accountants(self, session: Session) -> Sequence[tuple[str, str]]:
        # Imported here: identities are asked for before the host's models are loaded.
        from caerp.models.user.access_right import AccessRight
        from caerp.models.user.group import Group
        from caerp.models.user.login import Login
        from caerp.models.user.user import User

        able = Login._groups.any(Group.access_rights.any(AccessRight.name.in_(ACCOUNTING_RIGHTS)))  # noqa: SLF001
        people = select(User).join(Login, Login.user_id == User.id).where(Login.active, able)
        # The host's own robot holds every right and a login: nobody hands work to it.
        people = people.where(~User.special)
        found = session.execute(people.order_by(User.lastname, User.firstname)).scalars()
        return [(f"user:{one.id}", f"{one.firstname or ''} {one.lastname or ''}".strip()) for one in found]

    @contextmanager
    def transaction(self, request: Any) -> Iterator[Session]:
        with transaction.manager:
            yield DBSESSION()

    def identity(self, session: Session) -> Mapping[str, str]:
        return directory.identity_of(session.connection())

    def look_after_documents(self, request: Any) -> int:
        # Imported here: identities are asked for before the host's models of documents are loaded.
        from . import findings, tasks

        tasks.wake()
        with self.transaction(request) as session:
            return findings.look_everywhere(session)

    def act(self, request: Any) -> Act:
        """Return who acts and when; a task of the worker that stands for nobody acts in its own name."""
        actor = self.actor(request)
        key, name = (WORKER_KEY, WORKER_NAME) if actor is None else (actor.key, actor.name)
        return Act(key, name, self.clock.now(), self.clock.today())
