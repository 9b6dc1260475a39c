"""The forms of consultations and notices, filled in as people do."""

from endi_ext.tenders import notice_store
from endi_ext.tenders.models import Lot, Tender
from endi_ext.tenders.notices.model import ReadNotice
from tests.tenders.test_notice_store import FIRST, LATER, NOTICE
from tests.web.walked import button, on

TENDERS = "/companies/1/exchanges/tenders"
TENDER = TENDERS + "/{tender}"
KNOWN = TENDERS + "/notices/{notice}"


def a_known_notice(books, an_act):
    """A notice that somebody imported."""
    found = {"notice": notice_store.keep(books, ReadNotice(NOTICE), an_act("karim")).notice.id}
    books.commit()
    return found


def a_change(books, an_act):
    """A newer notice that changed the tender of the dealings."""
    known = notice_store.keep(books, ReadNotice(NOTICE), an_act("karim")).notice
    books.query(Tender).one().notice = known
    books.flush()
    notice_store.keep(books, ReadNotice(LATER, FIRST), an_act("karim"))
    books.commit()
    return {}


def a_lot_left_out(books, an_act):
    """The second lot of the dealings' tender is not answered."""
    books.query(Lot).filter_by(position=2).one().answered = False
    books.commit()
    return {}


IMPORT = on(
    "endi_ext.tenders.import",
    "helene",
    TENDERS + "/import",
    {"file": "notice:cn_24_FRA_comments.xml"},
    changes=False,
)

CORE = (
    on("endi_ext.tenders.new", "helene", TENDERS + "/new", {"title": "Un préau"}),
    IMPORT,
    button(
        "endi_ext.tenders.import.confirm",
        "helene",
        TENDERS + "/import",
        TENDERS + "/import/confirm",
        before=(IMPORT,),
    ),
    button("endi_ext.tenders.notice.begin", "helene", KNOWN, KNOWN + "/begin", made=a_known_notice),
    button("endi_ext.tenders.notice.attach", "helene", KNOWN, KNOWN + "/attach", made=a_known_notice),
    on("endi_ext.tender.edit", "helene", TENDER + "/edit", {"title": "Le réfectoire"}),
    on("endi_ext.tender.lots", "helene", TENDER + "/lots", {"answered": "{other_lot}"}, made=a_lot_left_out),
    button("endi_ext.tender.seen", "helene", TENDER, TENDER + "/seen", made=a_change),
)
