"""Other teams of the cooperative that answer the same lot: towards the buyer it may bid once only.

Who they are is not said: the support team sees all tenders and brings the two together.
"""

import re
from collections.abc import Iterable

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session, selectinload

from . import workflow
from .models import Lot, Tender, TenderNotice
from .notices.facts import UNDIVIDED

BIDDING = (*workflow.UNDER_WAY, workflow.SUBMITTED, workflow.WON)


def lots_answered_elsewhere(session: Session, tender: Tender) -> list[Lot]:
    """Return the answered lots of a tender that another team of the cooperative answers too."""
    taken = {lot.key for other in _others(session, tender) for lot in other.lots if lot.answered}
    return [lot for lot in tender.lots if lot.answered and _meets(lot.key, taken)]


def clashes(session: Session, tenders: Iterable[Tender]) -> dict[int, list[Tender]]:
    """Return, by id, the other tenders that answer a lot of each: for the support team, which knows all."""
    found = {}
    for tender in tenders:
        others = _others(session, tender) if tender.state in BIDDING else []
        mine = {lot.key for lot in tender.lots if lot.answered}
        meeting = [one for one in others if any(lot.answered and _meets(lot.key, mine) for lot in one.lots)]
        if meeting:
            found[int(tender.id)] = meeting
    return found


def answered_already(session: Session, notice: TenderNotice) -> bool:
    """Whether a team of the cooperative answers the procedure of a kept notice, whichever lot."""
    same = select(Tender.id).where(Tender.state.in_(BIDDING), Tender.procedure_key == procedure_of(notice))
    return session.execute(same.limit(1)).first() is not None


def procedure_of(notice: TenderNotice) -> str:
    """Return what all tenders for one procedure share: its key, or the number of its first notice."""
    if notice.procedure_key is not None:
        return str(notice.procedure_key)
    return str(notice.notice_key) if notice.replaces is None else procedure_of(notice.replaces)


def _others(session: Session, tender: Tender) -> list[Tender]:
    """Return the other tenders under way for the same consultation, as far as one can tell."""
    by_procedure = Tender.procedure_key == tender.procedure_key if tender.procedure_key else false()
    by_name = and_(Tender.reference == tender.reference, Tender.reference != "")
    statement = select(Tender).where(
        Tender.id != tender.id, Tender.state.in_(BIDDING), or_(by_procedure, by_name)
    )
    found = session.execute(statement.options(selectinload(Tender.lots))).scalars()
    return [other for other in found if _same_consultation(tender, other)]


def _same_consultation(tender: Tender, other: Tender) -> bool:
    if tender.procedure_key and other.procedure_key == tender.procedure_key:
        return True
    # Typed by hand: the number of one buyer may be that of another buyer too.
    siret = tender.buyer_siret and other.buyer_siret
    same_siret = tender.buyer_siret == other.buyer_siret
    return bool(same_siret if siret else _plain(tender.buyer_name) == _plain(other.buyer_name))


def _meets(key: str, taken: Iterable[str]) -> bool:
    """Whether a lot is among those taken; one that is not divided meets them all."""
    return any(UNDIVIDED in (key, other) or number_of(key) == number_of(other) for other in taken)


def number_of(key: str) -> str:
    """Return the number of a lot without what stands around it: LOT-0001, Lot 1 and 1 are one."""
    found = re.search(r"\d+", key)
    return str(int(found.group())) if found and found.group().isascii() else _plain(key)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
