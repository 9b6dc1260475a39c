"""The forms of amendments, frame agreements and comments."""

from tests.web.walked import REASON, button, on

THEIRS = "/companies/1/exchanges/subcontracts/{subcontract}"
MINE = "/companies/2/exchanges/subcontracts/{subcontract}"
# The first amendment of a book that has none, and the next subcontract.
AMENDMENT = "/companies/2/exchanges/subcontracts/{subcontract}/amendments/1"
OWN_AMENDMENT = "/companies/1/exchanges/subcontracts/{subcontract}/amendments/1"
FRAME = "/companies/1/exchanges/subcontracts/3"
THEIR_FRAME = "/companies/2/exchanges/subcontracts/3"

LINE = {
    "description": "Dessin",
    "quantity_thousandths": "1",
    "unit": "h",
    "unit_price_cents": "45,00",
    "due_on": "2027-12-31",
}

AMEND = on(
    "endi_ext.amendment.new",
    "helene",
    THEIRS + "/amendments/new",
    {"quantity_thousandths": "12", "message": "Deux de plus"},
)
OFFER = on(
    "endi_ext.subcontract.offer",
    "karim",
    "/companies/2/exchanges/subcontracts/offer",
    {"title": "Dessins", "buyer": "Menuiserie du Lac", "kind": "frame", **LINE},
)
ACCEPT = button("endi_ext.subcontract.accept", "helene", FRAME, FRAME + "/accept", before=(OFFER,))

AGREEMENTS = (
    OFFER,
    on("endi_ext.subcontract.call_off", "helene", FRAME + "/call-off", {"message": "Vite"}, before=(ACCEPT,)),
    on("endi_ext.subcontract.end", "karim", THEIR_FRAME + "/end", REASON, before=(ACCEPT,)),
    button("endi_ext.subcontract.comment", "karim", MINE, MINE + "/comment", {"text": "Bonjour"}),
    AMEND,
    on(
        "endi_ext.amendment.counter",
        "karim",
        AMENDMENT + "/counter",
        {"quantity_thousandths": "11"},
        before=(AMEND,),
    ),
    button("endi_ext.amendment.accept", "karim", AMENDMENT, AMENDMENT + "/accept", before=(AMEND,)),
    on("endi_ext.amendment.decline", "karim", AMENDMENT + "/decline", REASON, before=(AMEND,)),
    on("endi_ext.amendment.withdraw", "helene", OWN_AMENDMENT + "/withdraw", REASON, before=(AMEND,)),
)
