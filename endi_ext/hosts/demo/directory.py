"""The trading units of the demo, told to the plugin."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...kernel.parties import COOPERATIVE, PartyFacts, keep_in_step
from .models import Company


class DemoDirectory:
    """Companies of the demo, and the cooperative itself."""

    def __init__(self, cooperative_name: str, cooperative_code: str) -> None:
        self.cooperative = PartyFacts(
            host_key="cooperative:0", name=cooperative_name, analytic_code=cooperative_code, kind=COOPERATIVE
        )

    def parties(self, session: Session) -> Iterator[PartyFacts]:
        yield self.cooperative
        for company in session.execute(select(Company).order_by(Company.id)).scalars():
            yield facts_of(company)

    def sync(self, session: Session) -> int:
        return keep_in_step(session, self.parties(session))


def facts_of(company: Company) -> PartyFacts:
    """Return what the plugin needs to know of `company`."""
    return PartyFacts(
        host_key=f"company:{company.id}",
        name=company.name,
        analytic_code=company.analytic_code,
        trade=company.trade,
        email=company.email,
        contribution_rate_bp=company.contribution_rate_bp,
        follower_key=f"user:{company.follower_id}" if company.follower_id else None,
        active=company.active,
        postcode=company.postcode,
        city=company.city,
    )
