"""The forms of matching, and the campaign they need."""

from endi_ext.hosts.demo.internal_models import INVOICE, PURCHASE, InternalPaper
from endi_ext.reconciliation import campaign_decisions as decisions
from endi_ext.reconciliation import campaign_queries as queries
from endi_ext.reconciliation import campaign_rows, campaigns
from endi_ext.reconciliation.campaign_models import SPAN
from tests.reconciliation.campaigns import a_campaign
from tests.web.walked import REASON, button, on

HOME = "/exchanges/matching"
CAMPAIGN = HOME + "/{campaign}"
MATCH = CAMPAIGN + "/matches/{match}"
LEFT = CAMPAIGN + "/left"
SALES = "date;vendeur;acheteur;montant;id\n{today};Trait;Lac;120,00;V1\n"
PURCHASES = "date;vendeur;acheteur;montant;id\n{today};Trait;Lac;120,00;A1\n"


def a_matching(books, an_act):
    """A campaign with suggestions, a sale and a purchase left over and a sale set aside; commits."""
    odile = an_act("odile")
    campaign = a_campaign(books, act=odile)
    decisions.split(books, campaign.id, campaign.id * SPAN + 2, odile)
    alone = books.execute(queries.leftovers_of(campaign, "left", reason="missing_other_side")).scalars().one()
    decisions.waive(books, campaign.id, [alone.id], "Essai", odile)
    left = {one.side: one.id for one in books.execute(queries.leftovers_of(campaign, "left")).scalars()}
    ids = {"campaign": campaign.id, "match": campaign.id * SPAN + 3, "waived": alone.id, **left}
    books.commit()
    return ids


def a_loading_campaign(books, an_act):
    """A campaign whose rows wait to be written; commits."""
    usual, campaign_rows.ROWS_OF_A_BATCH = campaign_rows.ROWS_OF_A_BATCH, 9
    ids = {"campaign": a_campaign(books, act=an_act("odile")).id}
    campaign_rows.ROWS_OF_A_BATCH = usual
    for _batch in range(3):
        campaigns.advance(books, ids["campaign"])
    books.commit()
    return ids


def a_closed_campaign(books, an_act):
    """A campaign that is closed; commits."""
    ids = {"campaign": campaigns.close(books, a_campaign(books).id, an_act("odile")).id}
    books.commit()
    return ids


def two_papers(books, an_act):
    """An internal invoice the demo keeps, and what its buyer got of it; commits."""
    facts = {"issued_on": an_act("odile").today, "label": "Plans", "total_cents": 12_000, "status": "valid"}
    now = an_act("odile").at
    got = InternalPaper(
        kind=PURCHASE, company_id=1, partner_id=2, remote_number="I-1", changed_at=now, **facts
    )
    books.add(got)
    books.flush()  # the sale names it
    books.add(
        InternalPaper(
            kind=INVOICE, company_id=2, partner_id=1, number="I-1", mirror_id=got.id, changed_at=now, **facts
        )
    )
    books.commit()
    return {}


CHOSEN = "?document={sales}&document={purchases}"
MATCHING = (
    on(
        "endi_ext.matching.new",
        "odile",
        HOME + "/new",
        {"name": "Essai", "sales": SALES, "purchases": PURCHASES},
    ),
    on(
        "endi_ext.matching.period",
        "odile",
        HOME + "/period",
        {"name": "Essai", "ends_on": "{today}"},
        made=two_papers,
    ),
    button("endi_ext.matching.advance", "odile", CAMPAIGN, CAMPAIGN + "/advance", made=a_loading_campaign),
    button("endi_ext.matching.accept", "odile", MATCH, MATCH + "/accept", made=a_matching),
    button("endi_ext.matching.split", "odile", MATCH, MATCH + "/split", made=a_matching),
    button(
        "endi_ext.matching.by_hand",
        "odile",
        CAMPAIGN + "/by-hand" + CHOSEN,
        CAMPAIGN + "/by-hand",
        made=a_matching,
    ),
    button(
        "endi_ext.matching.waive",
        "odile",
        CAMPAIGN + "/waive" + CHOSEN,
        CAMPAIGN + "/waive",
        REASON,
        made=a_matching,
    ),
    button(
        "endi_ext.matching.take_back",
        "odile",
        LEFT + "?place=waived",
        CAMPAIGN + "/take-back",
        made=a_matching,
    ),
    button(
        "endi_ext.matching.accept_rule",
        "odile",
        CAMPAIGN + "/accept-rule?rule=one_to_many",
        CAMPAIGN + "/accept-rule",
        made=a_matching,
    ),
    on("endi_ext.matching.close", "odile", CAMPAIGN + "/close", made=a_matching),
    button("endi_ext.matching.reopen", "odile", CAMPAIGN, CAMPAIGN + "/reopen", made=a_closed_campaign),
    on("endi_ext.matching.delete", "odile", CAMPAIGN + "/delete", made=a_matching),
)
