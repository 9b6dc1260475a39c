"""A cooperative to open pages of: what people lived in a year, and as many exchanges as asked beside it.

The same in both hosts: subcontracts and tenders are those of the demo's story, and more subcontracts, one in
two hundred exchanges, with the busiest enseigne as buyer.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from benchmarks import desk_book
from benchmarks.empty_page import PATH as EMPTY
from endi_ext import migrations
from endi_ext.hosts.demo import people, seeding, story, tender_plots, tender_story
from endi_ext.hosts.demo.app import create_tables
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import INTERNAL, Party
from endi_ext.subcontracts import service as subcontracts
from endi_ext.subcontracts.models import Subcontract
from endi_ext.subcontracts.terms import ProposedLine, Terms
from endi_ext.tenders.models import Tender

# More enseignes than the story knows.
MORE_COMPANIES, FIRST_OF_THEM = 300, 1_001
BUSIEST, ITS_LOGIN, ITS_PARTNER = "MENLAC", "helene", "TRAITJ"
ACCOUNTANT = "odile"
EXCHANGES_PER_SUBCONTRACT, AT_ONCE = 200, 50
EMPTY_PAGE = "an empty page"


def build_demo(engine: Engine, entries: int) -> None:
    """Fill a new database of the demo."""
    create_tables(engine)
    migrations.upgrade(engine)
    with Session(engine, future=True) as session:
        more = (
            people.Company(number, f"Atelier {number}", f"AT{number}", "Métier", "Lyon", ())
            for number in range(FIRST_OF_THEM, FIRST_OF_THEM + MORE_COMPANIES)
        )
        seeding.populate(session, people.PEOPLE, (*people.COMPANIES, *more))
        seeding.directory().sync(session)
        session.commit()
    fill(engine, entries)


def fill(engine: Engine, entries: int) -> None:
    """Tell the year of whoever is in the directory, then add exchanges, subcontracts and findings."""
    with Session(engine, future=True) as session:
        story.tell(session, desk_book.TODAY, _tenders)
        session.commit()
        parties = list(
            session.execute(select(Party.id).where(Party.kind == INTERNAL).order_by(Party.id)).scalars()
        )
        desk_book.exchange(session, parties, entries)
        _subcontract(session, entries // EXCHANGES_PER_SUBCONTRACT)
        desk_book.close_months(session)
        desk_book.find_some(session, entries // desk_book.FINDINGS_IN)


def _tenders(teller: story.Teller) -> Iterator[story.Scene]:
    """Plan each tender up to what the host has no part in."""
    yield teller.scene(300, partial(tender_story.prepare_papers, teller))
    for number, plot in enumerate(tender_plots.PLOTS, start=1):
        player, days_ago = tender_story.TeamPlayer(teller, plot, number), plot.days_ago
        yield teller.scene(days_ago, player.begin)
        for step in plot.steps:
            if not hasattr(player, step.action):
                break
            days_ago -= step.days
            yield teller.scene(days_ago, partial(getattr(player, step.action), step.detail))


def _subcontract(session: Session, count: int) -> None:
    buyer, seller = (party(session, code) for code in (BUSIEST, ITS_PARTNER))
    terms = Terms(
        desk_book.TODAY + timedelta(weeks=6), [ProposedLine("Plans d'exécution", 4_000, "h", 4_800)]
    )
    act = Act("user:1", "Hélène Marchand", desk_book.ACT.at, desk_book.TODAY)
    for number in range(count):
        words = {"title": f"Chantier {number}", "terms": terms, "request_key": f"bench-{number}", "act": act}
        subcontracts.propose(session, buyer=buyer, seller=seller, **words)
        if number % AT_ONCE == AT_ONCE - 1:
            session.commit()
    session.commit()


def party(session: Session, code: str) -> Party:
    return session.execute(select(Party).where(Party.analytic_code == code)).scalars().one()


def pages(session: Session) -> list[dict[str, str]]:
    """Return the ten pages people open most, and an empty one for each who opens them: name, login, path."""
    busiest = party(session, BUSIEST)
    ours = f"/companies/{busiest.host_id}/exchanges"
    lived = select(Subcontract.id).where(Subcontract.buyer_id == busiest.id)
    lived = lived.order_by(Subcontract.delivery_count.desc(), Subcontract.id).limit(1)
    tender = select(func.min(Tender.id)).where(Tender.lead_id == busiest.id)
    of_helene = {
        "first page": ours,
        "my subcontracts": f"{ours}/subcontracts",
        "one subcontract": f"{ours}/subcontracts/{session.execute(lived).scalar_one()}",
        "proposal form": f"{ours}/subcontracts/new",
        "my statement": f"{ours}/statement",
        "my tenders": f"{ours}/tenders",
        "one tender": f"{ours}/tenders/{session.execute(tender).scalar_one()}",
        EMPTY_PAGE: EMPTY,
    }
    of_odile = {
        "journal": "/exchanges/journal",
        "month end": f"/exchanges/month-end/{desk_book.TODAY:%Y-%m}",
        "findings": "/exchanges/findings",
        f"{EMPTY_PAGE} of an accountant": EMPTY,
    }
    return [
        {"name": name, "login": login, "path": path}
        for login, found in ((ITS_LOGIN, of_helene), (ACCOUNTANT, of_odile))
        for name, path in found.items()
    ]
