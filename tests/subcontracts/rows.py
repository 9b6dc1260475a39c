"""What the database holds once two people have acted."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def count(engine, model, *conditions):
    """Return how many rows there are of a model, with the conditions given."""
    with Session(engine, future=True) as session:
        return session.execute(select(func.count()).select_from(model).where(*conditions)).scalar_one()
