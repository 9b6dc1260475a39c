"""The host's companies told to the plugin.

The host's tables are named here by hand: our command line reads them without the ten seconds its application
takes to start.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import column, select, table
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from ...kernel.money import round_half_up
from ...kernel.parties import COOPERATIVE, Party, PartyFacts, keep_in_step

COOPERATIVE_KEY = "cooperative:0"
# What the host's accounting screens call the cooperative's own analytic code, the internal one first.
COOPERATIVE_CODES = ("internalnumero_analytique", "numero_analytique")
COOPERATIVE_NAMES = ("cae_business_name",)
COOPERATIVE_SETTINGS = COOPERATIVE_CODES + COOPERATIVE_NAMES
# What its page « Votre CAE » says of the cooperative, by the names of tenders.identity.
IDENTITY = {
    "name": "cae_business_name",
    "legal_form": "cae_legal_status",
    "address": "cae_address",
    "postcode": "cae_zipcode",
    "city": "cae_city",
    "phone": "cae_tel",
    "email": "cae_contact_email",
    "siret": "cae_business_identification",
    "vat_number": "cae_intercommunity_vat",
}
NAMELESS_COOPERATIVE = "La coopérative"

_FIELDS = (
    "id", "code_compta", "object", "email", "internalcontribution", "follower_id", "active",
    "zip_code", "city",
)  # fmt: skip
_company = table("company", *(column(name) for name in _FIELDS))
_node = table("node", column("id"), column("name"))
_config = table("config", column("name"), column("value"))
_COMPANIES = select(*_company.c, _node.c.name).select_from(_company.join(_node, _node.c.id == _company.c.id))
_PARTY: Any = Party.__table__


class EndiDirectory:
    """Companies of the host, and the cooperative itself."""

    def parties(self, session: Session) -> Iterator[PartyFacts]:
        yield cooperative_of(session.connection())
        for row in session.execute(_COMPANIES.order_by(_company.c.id)):
            yield facts_of(row)

    def sync(self, session: Session) -> int:
        return keep_in_step(session, list(self.parties(session)))


def facts_of(row: Any) -> PartyFacts:
    """Return what the plugin needs to know of a row of companies, cut to the lengths of our columns."""
    return PartyFacts(
        host_key=f"company:{row.id}",
        name=(row.name or f"Enseigne n° {row.id}")[:190],
        analytic_code=row.code_compta or "",
        trade=(row.object or "")[:190],
        email=(row.email or "")[:190],
        contribution_rate_bp=rate_bp(row.internalcontribution),
        follower_key=f"user:{row.follower_id}" if row.follower_id else None,
        active=bool(row.active),
        postcode=(row.zip_code or "").strip()[:20],
        city=(row.city or "").strip()[:190],
    )


def rate_bp(percentage: float | Decimal | None) -> int | None:
    """Return the host's percentage of two decimals in basis points; none means the cooperative's default."""
    return None if percentage is None else round_half_up(Decimal(str(percentage)) * 100)


def cooperative_of(connection: Connection) -> PartyFacts:
    """Return the cooperative, by the name and the analytic code of the host's configuration."""
    wanted = select(_config.c.name, _config.c.value).where(_config.c.name.in_(COOPERATIVE_SETTINGS))
    known = {name: value for name, value in connection.execute(wanted) if value}
    code = next((known[name] for name in COOPERATIVE_CODES if name in known), "")
    name = next((known[name] for name in COOPERATIVE_NAMES if name in known), NAMELESS_COOPERATIVE)
    return PartyFacts(COOPERATIVE_KEY, name[:190], analytic_code=code[:40], kind=COOPERATIVE)


def identity_of(connection: Connection) -> dict[str, str]:
    """Return what the host's configuration says of the cooperative as a legal person."""
    wanted = select(_config.c.name, _config.c.value).where(_config.c.name.in_(tuple(IDENTITY.values())))
    written = {name: value.strip() for name, value in connection.execute(wanted) if value}
    known = {ours: written[theirs] for ours, theirs in IDENTITY.items() if theirs in written}
    if "siret" in known:
        known["siret"] = "".join(letter for letter in known["siret"] if letter.isalnum())
    return known


def follow(connection: Connection, facts: PartyFacts) -> None:
    """Write `facts` over the party they speak of, or add it, on the connection of the host's own flush."""
    ours = _PARTY.c.host_key == facts.host_key
    known = connection.execute(select(_PARTY).where(ours)).one_or_none()
    if known is None:
        connection.execute(_PARTY.insert().values(**vars(facts)))
        return
    different = {name: value for name, value in vars(facts).items() if getattr(known, name) != value}
    if different:
        connection.execute(_PARTY.update().where(ours).values(**different))


def company(connection: Connection, company_id: int) -> PartyFacts | None:
    """Return what the plugin needs to know of one company."""
    row = connection.execute(_COMPANIES.where(_company.c.id == company_id)).one_or_none()
    return None if row is None else facts_of(row)
