"""What people were told in a storm, held against the books and the host's papers, one operation at a time."""

import time
from collections import Counter

from sqlalchemy import func, literal_column, select, table
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.exchanges.models import Exchange, Settlement
from endi_ext.exchanges.paper_models import (
    CREDIT_NOTE,
    FAILED,
    INVOICE,
    PAYMENT,
    PENDING,
    DocumentTask,
    HostDocument,
)
from endi_ext.ledger import audit
from endi_ext.ledger.models import CLOSED, Entry, Period, Seal
from endi_ext.subcontracts.comment_models import Comment
from endi_ext.subcontracts.dispute_models import Dispute, DisputeMessage
from endi_ext.subcontracts.models import Delivery, Signature, Subcontract, SubcontractVersion
from endi_ext.subcontracts.workflow import STANDING
from endi_ext.tenders.models import Tender
from endi_ext.tenders.price_models import PriceLine

PAPERS_S = 1_800
HEADINGS = (
    "operation",
    "acknowledged",
    "of these after a lost answer",
    "in the books",
    "lost",
    "doubled",
    "done, never acknowledged",
)
# What the host keeps of its internal documents, by the family of ours: the seller's side and the buyer's.
HOST_TABLES = {
    INVOICE: ("internalinvoice", "internalsupplier_invoice"),
    PAYMENT: ("internalpayment", "internalsupplier_payment"),
    CREDIT_NOTE: ("internalcancelinvoice", "internalsupplier_invoice"),
}


def report(engine, kills, diary, mark):
    """Print what was acknowledged and what stands. Return whether all agrees."""
    wait_for_papers(engine)
    with Session(engine, future=True) as session:
        books = compare(diary, held(session, mark))
        papers = check_papers(session)
        verdict, broken = audit.verify(session), invariants.check(session)
    tell_requests(diary)
    tell_kills(kills)
    print(
        f"\nBooks: {verdict.entries} entries, sound: {verdict.sound} {verdict.breaks}; invariants: {broken}"
    )
    return books and papers and verdict.sound and not broken


def compare(diary, found):
    """Print kind by kind what was told and what the books hold. Return whether nothing is lost or doubled."""
    told = {(kind, key) for kind, key, _late in diary.told}
    late = Counter(kind for kind, _key, late in diary.told if late)
    lost = sorted(told - set(found))
    doubled = sorted(one for one, times in found.items() if times > 1)
    unheard = Counter(kind for kind, _key in set(found) - told)
    print(f"\n| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}")
    for kind in sorted({kind for kind, _key in told | set(found)}):
        of = [sum(1 for name, _key in group if name == kind) for group in (told, found, lost, doubled)]
        row(kind, of[0], late[kind], *of[1:], unheard[kind])
    row("all", len(told), sum(late.values()), len(found), len(lost), len(doubled), sum(unheard.values()))
    print(f"Lost: {lost[:20]}\nDoubled: {doubled[:20]}")
    return not lost and not doubled


def row(*cells):
    print(f"| {' | '.join(map(str, cells))} |")


def held(session, mark):
    """Return how many times the books hold each operation, by the key people know it by."""
    ours = Subcontract.title.like(f"{mark}%")
    found = Counter()
    for kind, statement in (*of_agreements(ours), *of_deliveries(ours), *of_the_desk(mark)):
        found.update((kind, tuple(row)) for row in session.execute(statement))
    return found


def of_agreements(ours):
    """Return what is to be read of agreements: versions, signatures, comments."""
    version = select(Subcontract.title, SubcontractVersion.number, SubcontractVersion.total_cents).where(ours)
    version = version.join(SubcontractVersion, SubcontractVersion.subcontract_id == Subcontract.id)
    both = (
        select(Subcontract.title, SubcontractVersion.number)
        .join(SubcontractVersion, SubcontractVersion.subcontract_id == Subcontract.id)
        .join(Signature, Signature.version_id == SubcontractVersion.id)
        .where(ours, Subcontract.state.in_(STANDING), SubcontractVersion.number == Subcontract.version_number)
        .group_by(Subcontract.id, SubcontractVersion.id, Subcontract.title, SubcontractVersion.number)
        .having(func.count() == 2)
    )
    said = select(Subcontract.title, Comment.text).join(Comment, Comment.subcontract_id == Subcontract.id)
    return (
        ("proposed", version.where(SubcontractVersion.number == 1)),
        ("countered", version.where(SubcontractVersion.number > 1)),
        ("signed", both),
        ("commented", said.where(ours)),
    )


def of_deliveries(ours):
    """Return what is to be read of deliveries: a row for each entry, so that two would be seen."""
    delivery = select(Subcontract.title, Delivery.note)
    delivery = delivery.join(Delivery, Delivery.subcontract_id == Subcontract.id).where(ours)
    contested = Dispute.subject_id == Delivery.id
    said = select(Subcontract.title, DisputeMessage.text).join(
        Dispute, Dispute.subcontract_id == Subcontract.id
    )
    said = said.join(DisputeMessage, DisputeMessage.dispute_id == Dispute.id).where(ours)
    exchange = delivery.join(Exchange, Exchange.source == func.concat("delivery:", Delivery.id, ":accepted"))
    settlement = (
        select(Subcontract.title, Exchange.id, Settlement.amount_cents)
        .join(Delivery, Delivery.subcontract_id == Subcontract.id)
        .join(Exchange, Exchange.id == Delivery.exchange_id)
        .join(Settlement, Settlement.exchange_id == Exchange.id)
        .join(Entry, Entry.source == func.concat("settlement:", Settlement.request_key))
        .where(ours)
    )
    return (
        ("delivered", delivery.add_columns(Delivery.net_cents)),
        ("contested", delivery.add_columns(Dispute.reason).join(Dispute, contested)),
        ("said", said),
        ("accepted", sealed(exchange.add_columns(Exchange.net_cents), Exchange.source)),
        ("settled", settlement.join(Seal, Seal.entry_id == Entry.id)),
    )


def of_the_desk(mark):
    """Return what is to be read of imports, months and tenders."""
    imported = select(Exchange.reference, Exchange.net_cents).where(Exchange.reference.like(f"{mark}%"))
    month = func.date_format(Period.starts_on, "%Y-%m")
    priced = select(Tender.title, PriceLine.description).join(PriceLine, PriceLine.tender_id == Tender.id)
    return (
        ("imported", sealed(imported, Exchange.source)),
        ("closed", select(month).where(Period.state == CLOSED)),
        ("tendered", select(Tender.title).where(Tender.title.like(f"{mark}%"))),
        ("priced", priced.where(Tender.title.like(f"{mark}%"))),
    )


def sealed(statement, source):
    """Return a statement with a row for each sealed entry of what it reads."""
    return statement.join(Entry, Entry.source == source).join(Seal, Seal.entry_id == Entry.id)


def check_papers(session):
    """Print whether each exchange has its papers once, on both sides. Return whether it is so."""
    tasks = select(DocumentTask.state, func.count()).group_by(DocumentTask.state)
    states = dict(session.execute(tasks).all())
    exchanges = session.execute(select(func.count()).select_from(Exchange)).scalar_one()
    print(f"\nExchanges: {exchanges}; papers asked for, by what became of them: {states}")
    wrong = []
    for family, names in HOST_TABLES.items():
        ours = session.execute(
            select(
                HostDocument.sale_id, HostDocument.purchase_id, HostDocument.exchange_id, HostDocument.kind
            ).where(HostDocument.family == family, HostDocument.removed_at.is_(None))
        ).all()
        for side, name in enumerate(names):
            host = Counter(session.execute(select(literal_column("id")).select_from(table(name))).scalars())
            known = Counter(row[side] for row in ours)
            wrong += [(name, number) for number, times in known.items() if times != 1 or not host[number]]
            if family != CREDIT_NOTE:
                wrong += [(f"{name} of no exchange", number) for number in host if not known[number]]
        if family == INVOICE:
            once = Counter(row[2] for row in ours)
            accepted = session.execute(
                select(Exchange.id).where(Exchange.source.like("delivery:%"))
            ).scalars()
            wrong += [("exchange", number) for number in accepted if once[number] != 1]
            print(f"Exchanges with one invoice on each side: {sum(1 for n in once.values() if n == 1)}")
        print(f"  {family}: {len(ours)} pairs")
    print(f"Papers missing, doubled or of no exchange: {wrong[:20]}")
    return not wrong and not states.get(PENDING) and not states.get(FAILED)


def tell_requests(diary):
    asked, waited = sum(diary.asked.values()), sum(diary.waited.values())
    print(f"\nRequests: {asked} {dict(diary.asked)}")
    print(f"Not answered at once: {waited} ({waited / asked:.1%}) {dict(diary.waited)}")
    print(f"Attempts without an answer or with 5xx: {sum(diary.silence.values())} {dict(diary.silence)}")
    for early in (False, True):
        said = Counter(args[:1] + args[2:3] for args in diary.refused if args[3] is early)
        print(f"Refused {'after a lost answer' if early else 'at once'}: {sum(said.values())} {dict(said)}")


def tell_kills(kills):
    print(f"\nKills: {len(kills)}")
    for part in sorted({name for name, _seconds in kills}):
        back = sorted(seconds for name, seconds in kills if name == part)
        print(f"  {part}: {len(back)}, back after {back[len(back) // 2]:.1f} s (longest {back[-1]:.1f} s)")


def wait_for_papers(engine):
    """Wait until the worker has made what was asked for."""
    limit = time.monotonic() + PAPERS_S
    pending = select(func.count()).select_from(DocumentTask).where(DocumentTask.state == PENDING)
    while time.monotonic() < limit:
        with Session(engine, future=True) as session:
            if not session.execute(pending).scalar_one():
                return
        time.sleep(2)
