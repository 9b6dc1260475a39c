"""The forms of letters, and the lines they need."""

from sqlalchemy import select

from endi_ext.ledger import lettering
from endi_ext.ledger.lettering_models import UNDONE, Matching
from tests.web.walked import REASON, button, on


def a_letter(books, an_act):
    """A partial letter that stands, and an undone one whose two lines are open; commits."""
    standing, free = books.execute(select(Matching).where(Matching.state != UNDONE).limit(2)).scalars()
    lines = lettering.lines_of(books, free)
    lettering.undo(books, free, reason="Essai", act=an_act("odile"))
    account = free.account
    ids = {"letter": standing.id, "party": account.party.name, "number": account.number, "lines": lines}
    ids["tick"] = ",".join(map(str, lines))
    books.commit()
    return ids


LETTERING = (
    button(
        "endi_ext.lettering.letter",
        "odile",
        "/exchanges/lettering?party={party}&account={number}&tick={tick}",
        "/exchanges/lettering/letter",
        made=a_letter,
    ),
    on("endi_ext.lettering.undo", "odile", "/exchanges/lettering/{letter}/undo", REASON, made=a_letter),
)
