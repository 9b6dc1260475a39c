"""The forms of a tender's dossier, and the firm they need."""

from endi_ext.kernel.parties import by_host_key
from tests.tenders.dossiers import a_bid
from tests.web.walked import on

DOSSIER = "/companies/1/exchanges/tenders/{bid}/dossier"


def a_bid_with_a_firm(books, an_act):
    """A tender that helene leads, with karim and an outside firm in the team; commits."""
    lead, member = by_host_key(books, "company:1"), by_host_key(books, "company:2")
    tender = a_bid(books, lead, member, an_act("helene"))
    ids = {"bid": tender.id, "firm": tender.members[2].id}
    books.commit()
    return ids


OF_DOSSIERS = (
    on(
        "endi_ext.tender.dossier.facts",
        "helene",
        DOSSIER + "/facts",
        {"buyer_address": "1 place de la Mairie"},
        made=a_bid_with_a_firm,
    ),
    on(
        "endi_ext.tender.dossier.firm",
        "helene",
        DOSSIER + "/firms/{firm}",
        {"phone": "04 50 99 99 99"},
        made=a_bid_with_a_firm,
    ),
    on("endi_ext.admin.identity", "marc", "/admin/exchanges/identity", {"legal_form": "SCOP SARL"}),
)
