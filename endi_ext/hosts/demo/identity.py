"""Who is logged in, and what they may do: the same principals and the same rule as enDI."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pyramid.authentication import SessionAuthenticationHelper
from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.request import RequestLocalCache
from pyramid.security import Allowed, Denied
from sqlalchemy import select
from sqlalchemy.orm import Session

from ...kernel.history import Act
from ...ports import Host
from ...web.permissions import ACCOUNT
from . import people
from .models import User
from .rights import permissions_given

AUTHENTICATED = "global.authenticated"


class DemoActor:
    """A user of the demo, as the plugin sees them."""

    def __init__(self, user: User) -> None:
        self.key = f"user:{user.id}"
        self.name = user.name
        self.host_keys: Sequence[str] = tuple(f"company:{company.id}" for company in user.active_companies)
        self._permissions = permissions_given(user.access_rights)

    def may(self, permission: str) -> bool:
        return permission in self._permissions


class DemoHost(Host):
    """The demo, as the plugin sees it."""

    def actor(self, request: Any) -> DemoActor | None:
        user = request.identity
        return None if user is None else DemoActor(user)

    def act(self, request: Any) -> Act:
        actor = self.actor(request)
        assert actor is not None, "views that act ask for a permission, hence for a user"
        return Act(actor.key, actor.name, self.clock.now(), self.clock.today())

    def identity(self, session: Session) -> Mapping[str, str]:
        return people.COOPERATIVE_IDENTITY

    def accountants(self, session: Session) -> Sequence[tuple[str, str]]:
        people_of = select(User).where(User.active).order_by(User.name)
        found = session.execute(people_of).scalars()
        return [
            (f"user:{one.id}", one.name) for one in found if ACCOUNT in permissions_given(one.access_rights)
        ]

    @contextmanager
    def transaction(self, request: Any) -> Iterator[Session]:
        with Session(request.registry["engine"], future=True) as session, session.begin():
            yield session


class DemoSecurityPolicy:
    """`global.x` by access rights, anything else by the ACL of the context."""

    def __init__(self) -> None:
        self._session = SessionAuthenticationHelper()
        self._acl = ACLHelper()
        self._identities: RequestLocalCache = RequestLocalCache(self._load)

    def identity(self, request: Any) -> User | None:
        return self._identities.get_or_create(request)

    def authenticated_userid(self, request: Any) -> str | None:
        user = self.identity(request)
        return None if user is None else str(user.login)

    def permits(self, request: Any, context: Any, permission: str | list[str] | tuple[str, ...]) -> Any:
        if not isinstance(permission, str):
            return any(self.permits(request, context, one) for one in permission)
        user = self.identity(request)
        if permission.startswith("global."):
            return self._global(user, permission)
        return self._acl.permits(context, principals_of(user), permission)

    def remember(self, request: Any, userid: str, **kw: Any) -> Any:
        # A new cookie at each login: what was in the session of the stranger stays with the stranger.
        request.session.invalidate()
        self._identities.clear(request)
        return self._session.remember(request, userid, **kw)

    def forget(self, request: Any, **kw: Any) -> Any:
        request.session.invalidate()
        self._identities.clear(request)
        return self._session.forget(request, **kw)

    def _load(self, request: Any) -> User | None:
        login = self._session.authenticated_userid(request)
        if login is None:
            return None
        known = select(User).where(User.login == login, User.active)
        return request.dbsession.execute(known).scalars().one_or_none()

    def _global(self, user: User | None, permission: str) -> Any:
        if user is None:
            return Denied("nobody is logged in")
        if permission == AUTHENTICATED or permission in permissions_given(user.access_rights):
            return Allowed("given by an access right")
        return Denied("no access right gives it")


def principals_of(user: User | None) -> list[str]:
    """Return the ACL principals of `user`."""
    if user is None:
        return [Everyone]
    principals = [Everyone, Authenticated, f"user:{user.id}"]
    principals += [f"access_right:{right}" for right in sorted(user.access_rights)]
    return principals + [f"company:{company.id}" for company in user.active_companies]
