"""What the two sides say to each other, and the field to answer."""

from typing import Any

from ...subcontracts import comments
from ..forms.base import new_key
from . import Panel

TEMPLATE = "endi_ext:web/templates/panels/comments.mako"


def panel(context: Any, request: Any) -> Panel | None:
    """Show the comments, oldest first."""
    subcontract = context.subcontract
    said = comments.comments_of(request.dbsession, subcontract)
    if not said and not context.may_act:
        return None
    url = context.path("subcontract.comment", subcontract_id=subcontract.id) if context.may_act else None
    return Panel(TEMPLATE, {"said": said, "comment_url": url, "comment_key": new_key()})
