"""The forms of prices, shares and risks, and the line they need."""

from endi_ext.kernel.parties import by_host_key
from endi_ext.tenders import prices
from endi_ext.tenders.models import Tender
from endi_ext.tenders.price_facts import LineFacts
from tests.web.walked import button, on

TENDER = "/companies/1/exchanges/tenders/{tender}"
PRICES = TENDER + "/prices"
LINE = PRICES + "/lines/{line}"
GRID = PRICES + "/lots/{lot}/shares"
# A first column that says nothing to us: the walk knows a file by it.
SCHEDULE = "date;Désignation;Unité;Quantité;Prix unitaire HT\n;Dépose secrète;u;2;10,00\n"


def a_line(books, an_act, **facts):
    """A line of 200 € in the first lot, typed by karim; commits."""
    tender = books.query(Tender).order_by(Tender.id).first()
    known = {"quantity_thousandths": 2000, "unit_price_cents": 10_000, "unit": "u", **facts}
    line = prices.add_line(
        books,
        tender,
        LineFacts(tender.lots[0].id, "Pose secrète", **known),
        party=by_host_key(books, "company:2"),
        request_key="walked-price-line",
        act=an_act("karim"),
    )
    ids = {"line": line.id}
    books.commit()
    return ids


IMPORT = on("endi_ext.tender.prices.import", "helene", PRICES + "/import", {"file": SCHEDULE}, changes=False)

TENDER_PRICES = (
    on(
        "endi_ext.tender.prices.new",
        "karim",
        "/companies/2/exchanges/tenders/{tender}/prices/new",
        {"description": "Pose", "quantity_thousandths": "2", "unit": "h", "unit_price_cents": "45,00"},
    ),
    on("endi_ext.tender.prices.line", "helene", LINE, {"unit_price_cents": "99,99"}, made=a_line),
    button("endi_ext.tender.prices.remove", "helene", LINE, PRICES + "/remove", made=a_line),
    button(
        "endi_ext.tender.prices.assign",
        "helene",
        PRICES,
        PRICES + "/assign",
        {"line": "{line}", "member": "{member}"},
        made=a_line,
    ),
    on("endi_ext.tender.prices.share", "helene", GRID, {"m1": "60 %"}, made=a_line),
    IMPORT,
    button(
        "endi_ext.tender.prices.import.confirm",
        "helene",
        PRICES + "/import",
        PRICES + "/import/confirm",
        before=(IMPORT,),
    ),
    on(
        "endi_ext.tender.shares.terms",
        "helene",
        TENDER + "/shares/terms",
        {"fee_bp": "5", "common_cents": "120,00", "retention_rate_bp": "5", "payment_days": "45"},
    ),
    on(
        "endi_ext.tender.shares.instalments",
        "helene",
        TENDER + "/shares/instalments",
        {"label": "Acompte", "invoiced_on": "2027-03-31", "rate_bp": "30"},
    ),
    on("endi_ext.tender.exposure.group", "helene", TENDER + "/exposure/group", {"liability": "several"}),
    on(
        "endi_ext.tender.exposure.cap",
        "karim",
        "/companies/2/exchanges/tenders/{tender}/exposure/members/{member}",
        {"cap_cents": "5 000"},
    ),
)
