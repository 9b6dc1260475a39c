"""What the bell leads to: the reader's notifications, newest first, until they are read."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config, view_defaults
from sqlalchemy import select, update

from ..models import Notification

SHOWN = 50


@view_defaults(route_name="/notifications", permission="global.authenticated")
class NotificationsPage:
    """The reader's own notifications."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.mine = Notification.user_id == request.identity.id

    @view_config(request_method="GET", renderer="endi_ext.hosts.demo:templates/notifications.mako")
    def show(self) -> Any:
        newest = select(Notification).where(self.mine).order_by(Notification.id.desc()).limit(SHOWN)
        return {
            "title": "Notifications",
            "notifications": list(self.request.dbsession.execute(newest).scalars()),
        }

    @view_config(request_method="POST", require_csrf=True)
    def read(self) -> Any:
        """Take all of them for read."""
        self.request.dbsession.execute(update(Notification).where(self.mine).values(read=True))
        return HTTPSeeOther(self.request.route_path("/notifications"))
