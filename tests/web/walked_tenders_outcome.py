"""The forms of the end of a tender, and the bids they need."""

from datetime import timedelta

from sqlalchemy import select

from endi_ext.kernel.parties import by_host_key
from endi_ext.subcontracts import service as subcontracts
from endi_ext.tenders import agreements, outcomes
from endi_ext.tenders.models import Tender
from tests.tenders.endings import WORDS, a_bid
from tests.web.walked import REASON, on

BID = "/companies/1/exchanges/tenders/{bid}"
OUTCOME, AGREEMENTS = BID + "/outcome", BID + "/agreements"
# The demo's own form: a client's invoice, which brings its deal.
INVOICE = {"client": "Mairie", "label": "École", "net": "1000"}
INVOICED = on("demo", "helene", "/companies/1/invoices", INVOICE)


def answered(books, an_act):
    """A bid that is answered, its price shared; commits."""
    parties = [by_host_key(books, f"company:{number}") for number in (1, 2, 3)]
    a_bid(books, act=an_act("helene"), lead=parties[0], members=parties[1:], deadline=None)
    tender = books.execute(select(Tender).order_by(Tender.id.desc())).scalars().first()
    ids = {"bid": tender.id, "bid_lot": tender.lots[0].id, "bid_other_lot": tender.lots[1].id}
    books.commit()
    return ids


def deposited(books, an_act):
    """The same, deposited; commits."""
    ids = answered(books, an_act)
    tender, helene = books.get(Tender, ids["bid"]), an_act("helene")
    an_hour_ago = helene.at - timedelta(hours=1)
    outcomes.submit(books, tender, party=tender.lead, submitted_at=an_hour_ago, act=helene)
    books.commit()
    return ids


def won(books, an_act):
    """The same, its first lot won; commits."""
    ids = deposited(books, an_act)
    tender, helene = books.get(Tender, ids["bid"]), an_act("helene")
    result = outcomes.Result(outcomes.WON)
    outcomes.conclude(books, tender.lots[0], party=tender.lead, result=result, act=helene)
    books.commit()
    return ids


def agreed(books, an_act):
    """The same, its agreements sent, one of them signed; commits."""
    ids = won(books, an_act)
    tender, helene, karim = books.get(Tender, ids["bid"]), an_act("helene"), an_act("karim")
    due_on = helene.today + timedelta(days=200)
    facts = {"party": tender.lead, "words": WORDS, "due_on": due_on, "act": helene}
    first = agreements.send(books, tender, **facts)[0]
    subcontracts.accept(books, first.subcontract, party=first.member.party, version=1, act=karim)
    books.commit()
    return ids


OUTCOMES = (
    on("endi_ext.tender.submit", "helene", OUTCOME + "/submit", {"submitted_time": "0h00"}, made=answered),
    on("endi_ext.tender.take_back", "helene", OUTCOME + "/take-back", REASON, made=deposited),
    on(
        "endi_ext.tender.result",
        "helene",
        OUTCOME + "/lots/{bid_lot}",
        {"outcome": "lost", "winner": "Bois et Cie", "name": "Peintures SA", "our_rank": "3"},
        made=deposited,
    ),
    on("endi_ext.tender.correct", "helene", OUTCOME + "/correct", REASON, made=won),
    on("endi_ext.tender.abandon", "helene", OUTCOME + "/abandon", REASON, made=deposited),
    on(
        "endi_ext.tender.agreements.send",
        "helene",
        AGREEMENTS + "/send",
        {"due_on": "2027-12-31", "message": "Bravo"},
        made=won,
    ),
    on(
        "endi_ext.tender.deal",
        "helene",
        AGREEMENTS + "/deal",
        {"deal": "deal:1"},
        made=agreed,
        before=(INVOICED,),
    ),
    on(
        "endi_ext.tender.invoice",
        "helene",
        AGREEMENTS + "/invoice",
        {"invoice": "invoice:1"},
        made=agreed,
        before=(INVOICED,),
    ),
)
