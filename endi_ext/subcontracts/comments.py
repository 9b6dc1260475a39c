"""What the two sides say to each other about a subcontract, at any time."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.errors import WrongRole
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import steps, workflow
from .comment_models import Comment
from .errors import RequestKeyReused
from .models import Subcontract


def comment(
    session: Session, subcontract: Subcontract, *, party: Party, text: str, request_key: str, act: Act
) -> Comment:
    """Say something to the other side; the same request_key again returns the comment made.

    Raises WrongRole, RequestKeyReused.
    """
    if workflow.side_of(subcontract, party) == workflow.STRANGER:
        raise WrongRole(subject="subcontract", action="comment", role=workflow.STRANGER)

    def make() -> Comment:
        made = Comment(
            subcontract_id=subcontract.id,
            party=party,
            request_key=request_key,
            actor_key=act.actor_key,
            actor_name=act.actor_name,
            text=text,
            at=act.at,
        )
        session.add(made)
        remember(session, subcontract, "comment", act)
        return made

    found = steps.once(session, Comment, request_key, make)
    if (found.subcontract_id, found.party_id, found.text) != (subcontract.id, party.id, text):
        raise RequestKeyReused
    return found


def comments_of(session: Session, subcontract: Subcontract) -> list[Comment]:
    """Return what was said, oldest first."""
    statement = select(Comment).where(Comment.subcontract_id == subcontract.id).order_by(Comment.id)
    return list(session.execute(statement).scalars())
