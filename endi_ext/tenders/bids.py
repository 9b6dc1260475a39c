"""A bid as its forms tell it: which legal persons it is made of, what each does and for how much.

Inside one cooperative the bidder is the cooperative, whoever of it works: a group (groupement) exists only
with outside firms, and an outside firm that is in no group is its subcontractor.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from . import form_facts, identity, splits
from .form_facts import Consultation, Firm
from .identity import Identity
from .models import Lot, Member, Tender
from .splits import Split


@dataclass(frozen=True)
class Outsider:
    """An outside firm of the bid: its price lot by lot, and what an agreement with the lead would be."""

    member: Member
    firm: Firm
    by_lot: Mapping[int, int]
    agreed_cents: int

    @property
    def name(self) -> str:
        """The legal person, named with the activity that works where the two differ."""
        known = str(self.member.name)
        return f"{self.firm.legal_name} ({known})" if self.firm.legal_name else known

    @property
    def gross_cents(self) -> int:
        """What it does is worth, as the buyer sees it."""
        return sum(self.by_lot.values())


@dataclass(frozen=True)
class Bid:
    """What forms are filled in with.

    `lots` are those answered, `insiders` the members of the cooperative who do the work, the lead first.
    `own` is what the cooperative is paid for, lot by lot: its subcontractors' work included. `unassigned`
    belongs to nobody yet.
    """

    tender: Tender
    identity: Identity
    consultation: Consultation
    lots: list[Lot]
    insiders: list[Member]
    partners: list[Outsider]
    subcontractors: list[Outsider]
    own: Mapping[int, int]
    unassigned: Mapping[int, int]
    split: Split

    @property
    def grouped(self) -> bool:
        """Whether several legal persons bid together."""
        return bool(self.partners)

    @property
    def divided(self) -> bool:
        """Whether the contract is divided into lots."""
        return len(self.tender.lots) > 1 or bool(self.tender.lots[0].key)

    def lots_of(self, one: Outsider) -> list[Lot]:
        """Return the lots an outside firm works in; all of them as long as nothing is shared."""
        return [lot for lot in self.lots if one.by_lot[lot.id]] or self.lots


def bid_of(session: Session, tender: Tender, known: Mapping[str, str]) -> Bid:
    """Return a tender as its forms tell it; `known` is what the host knows of the cooperative."""
    split = splits.split_of(session, tender)
    lots = [lot for lot in tender.lots if lot.answered]
    team = splits.earning(tender)
    outsiders = [_outsider(session, tender, one, split) for one in team if one.outside]
    partners = [one for one in outsiders if _binds(tender, one.firm)]
    insiders = [one for one in team if not one.outside]
    subcontractors = [one for one in outsiders if one not in partners]
    ours = [*insiders, *(one.member for one in subcontractors)]
    return Bid(
        tender=tender,
        identity=identity.read(session, known),
        consultation=form_facts.of_consultation(session, tender),
        lots=lots,
        insiders=insiders,
        partners=partners,
        subcontractors=subcontractors,
        own={lot.id: sum(split.by_lot[lot.id][one.id] for one in ours) for lot in lots},
        unassigned={lot.id: split.lots[lot.id] - sum(split.by_lot[lot.id].values()) for lot in lots},
        split=split,
    )


def is_partner(session: Session, tender: Tender, member: Member) -> bool:
    """Say whether an outside firm bids beside the cooperative, as the form of the bid says, not below it."""
    return _binds(tender, form_facts.of_firm(session, tender, member))


def _binds(tender: Tender, firm: Firm) -> bool:
    return tender.liability != "none" and firm.place != form_facts.SUBCONTRACTOR


def _outsider(session: Session, tender: Tender, member: Member, split: Split) -> Outsider:
    return Outsider(
        member=member,
        firm=form_facts.of_firm(session, tender, member),
        by_lot={lot_id: parts[member.id] for lot_id, parts in split.by_lot.items()},
        agreed_cents=split.members[member.id].agreed_cents,
    )
