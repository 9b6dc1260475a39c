"""What Menuiserie du Lac (1, helene) and Atelier Trait Juste (2, karim) have done together."""

from dataclasses import dataclass
from datetime import date, timedelta

from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.paper_models import DocumentTask
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Entry
from endi_ext.reconciliation import finding_store
from endi_ext.reconciliation.found import BLOCKING, Found
from endi_ext.subcontracts import notices, service
from tests.subcontracts.builders import a_delivery, a_line, a_proposal
from tests.tenders.builders import a_tender, add, some_facts


@dataclass(frozen=True)
class Dealings:
    """The ids of one of each thing.

    `subcontract` is agreed, with one delivery `accepted` (settled in part) and one `declared`; `proposal`
    waits for karim's answer; `exchange` is the accepted one, `open_exchange` one without subcontract;
    `document` is the paper of that one, which failed. `tender` has two lots (`lot`, `other_lot`) and is being
    decided: led by helene (`head`), with karim (`member`) in the team and aminata (`guest`, company 4)
    invited.
    """

    subcontract: int
    proposal: int
    accepted: int
    declared: int
    exchange: int
    open_exchange: int
    settlement: int
    entry: int
    period: int
    partner: int
    document: int
    tender: int
    lot: int
    other_lot: int
    head: int
    member: int
    guest: int


def deal(books, party, an_act):
    """Let them deal; commits."""
    buyer, seller = party(1), party(2)
    helene, karim, odile = an_act("helene"), an_act("karim"), an_act("odile")
    terms = {"buyer": buyer, "seller": seller, "act": helene}
    lines = (a_line("Plans", 10_000, "h", 5000), a_line("Coupe", 1_000, "forfait", 20_000))
    agreed = service.accept(
        books, a_proposal(books, *lines, title="Escalier secret", **terms), party=seller, version=1, act=karim
    )
    first = a_delivery(books, agreed, 4_000, delivered_on=helene.today, act=karim)
    service.accept_delivery(books, first, party=buyer, accepted_on=helene.today, act=helene)
    second = a_delivery(books, agreed, 1_000, delivered_on=helene.today, act=karim)
    waiting = a_proposal(books, *lines, title="Mezzanine secrète", **terms)
    paid = exchanges.settle(
        books, first.exchange, amount_cents=5000, settled_on=odile.today, request_key="dealings-1", act=odile
    )
    plain = an_exchange(books, seller, buyer, odile)
    entry = ledger.entry_of(books, first.exchange.source)
    tender = an_answer(books, party, helene)
    found = Dealings(
        subcontract=agreed.id,
        proposal=waiting.id,
        accepted=first.id,
        declared=second.id,
        exchange=first.exchange.id,
        open_exchange=plain.id,
        settlement=paid.id,
        entry=entry.id,
        period=ledger.period_of(books, odile.today).id,
        partner=seller.id,
        document=a_document(books, plain, odile).id,
        tender=tender.id,
        lot=tender.lots[0].id,
        other_lot=tender.lots[1].id,
        head=tender.members[0].id,
        member=tender.members[1].id,
        guest=tender.members[2].id,
    )
    # Of this people were told long ago: no test pays for its letters.
    notices.take_as_told(books)
    books.commit()
    return found


def an_answer(books, party, act):
    """A tender that helene leads, with karim in the team and aminata invited."""
    tender = a_tender(books, party(1), [party(2)], act=act, facts=some_facts("Réfectoire secret"))
    guest = add(tender, act, party=party(4), mission="Mémoire technique")
    guest.state, guest.answered_at = "invited", None
    books.flush()  # tests use the ids
    return tender


def a_document(books, exchange, act):
    """The paper of an exchange that a host could not make, and a difference it noted."""
    task = DocumentTask(
        exchange_id=exchange.id,
        kind="invoice",
        state="failed",
        attempts=2,
        error_code="paper_product_with_vat",
        error_facts='{"product": "Prestation", "rate": "20 %"}',
        asked_at=act.at,
        asked_by=act.actor_name,
    )
    books.add(task)
    books.flush()  # tests use its id
    finding_store.refresh(books, "documents", [a_difference(exchange)], act)
    return task


def a_difference(exchange):
    """What a host says when an exchange is paid more in its own pages than in the books."""
    return Found(
        key=f"exchange:{exchange.id}",
        code="document_payment_unknown",
        severity=BLOCKING,
        amount_cents=12_345,
        on=exchange.accepted_on,
        seller_key=exchange.seller.host_key,
        buyer_key=exchange.buyer.host_key,
        exchange_id=exchange.id,
        repair="align_books",
        facts={"number": "INT-7"},
    )


def an_exchange(books, seller, buyer, act, *, net_cents=30_000, reference="BE-1", on: date | None = None):
    """An exchange typed by an accountant."""
    facts = exchanges.ExchangeFacts(
        source=f"test:{reference}",
        seller_id=seller.id,
        buyer_id=buyer.id,
        net_cents=net_cents,
        accepted_on=on or act.today,
        due_on=(on or act.today) + timedelta(days=30),
        label=f"Travail {reference}",
        reference=reference,
    )
    return exchanges.record(books, facts, act)


def entries(books):
    """How many entries the book holds now."""
    books.rollback()
    count = books.query(Entry).count()
    books.rollback()  # on SQLite a session left open would keep the application from writing
    return count
