"""Makers of subcontracts and deliveries, through the services."""

from datetime import date

from endi_ext.subcontracts import amendments, service
from endi_ext.subcontracts.terms import USUAL, ProposedLine, Terms
from tests.builders import TODAY, a_cooperative, a_party, an_act, numbers

DUE_ON = date(2026, 12, 15)


def a_line(description="Plans d'exécution", quantity_thousandths=10_000, unit="h", unit_price_cents=4500):
    return ProposedLine(description, quantity_thousandths, unit, unit_price_cents)


def some_terms(*lines, due_on=DUE_ON, message="", answer_by=None, conditions=USUAL):
    return Terms(due_on, lines or (a_line(),), message, answer_by, conditions)


def two_parties(session, **seller_facts):
    """A buyer and a seller of a cooperative."""
    a_cooperative(session)
    return a_party(session, "Menuiserie du Lac"), a_party(session, "Atelier Trait Juste", **seller_facts)


def a_proposal(session, *lines, buyer=None, seller=None, title="Plans d'un escalier", **facts):
    if buyer is None:
        buyer, seller = two_parties(session)
    values = {
        "terms": some_terms(*lines),
        "request_key": f"proposal-{next(numbers)}",
        "act": an_act(),
        **facts,
    }
    return service.propose(session, buyer=buyer, seller=seller, title=title, **values)


def an_agreement(session, *lines, **facts):
    subcontract = a_proposal(session, *lines, **facts)
    return service.accept(session, subcontract, party=subcontract.seller, version=1, act=an_act("user:2"))


def a_delivery(session, subcontract, *quantities_thousandths, **facts):
    """A delivery of so much of each line, in order; of all that remains when nothing is said."""
    wanted = quantities_thousandths or [line.remaining_thousandths for line in subcontract.version.lines]
    values = {
        "party": subcontract.seller,
        "quantities": {line.id: part for line, part in zip(subcontract.version.lines, wanted, strict=False)},
        "delivered_on": TODAY,
        "note": "",
        "request_key": f"delivery-{next(numbers)}",
        "act": an_act("user:2"),
        **facts,
    }
    return service.declare_delivery(session, subcontract, **values)


def accepted(session, delivery, **facts):
    values = {"party": delivery.subcontract.buyer, "accepted_on": TODAY, "act": an_act(), **facts}
    return service.accept_delivery(session, delivery, **values)


def contested(session, delivery, reason="Il manque la coupe", **facts):
    values = {"party": delivery.subcontract.buyer, "act": an_act(), **facts}
    return service.contest_delivery(session, delivery, reason=reason, **values)


def accepted_in_part(session, delivery, shares, reasons, **facts):
    """Accept so much of each part, by id, for these reasons."""
    values = {"party": delivery.subcontract.buyer, "accepted_on": TODAY, "act": an_act(), **facts}
    return service.accept_in_part(session, delivery, accepted=shares, refusals=reasons, **values)


def lines_of(document):
    """The lines of what is in force of a subcontract, or on the table of an amendment, to propose again."""
    subcontract = getattr(document, "subcontract", document)
    version = next(one for one in subcontract.versions if one.number == document.version_number)
    return [
        ProposedLine(line.description, line.quantity_thousandths, line.unit, line.unit_price_cents, line.key)
        for line in version.lines
    ]


def an_amendment(session, subcontract, *lines, party=None, request_key=None, act=None, **terms):
    """An amendment proposed by the buyer unless told otherwise."""
    return amendments.propose_amendment(
        session,
        subcontract,
        party=party or subcontract.buyer,
        terms=some_terms(*lines, **terms),
        request_key=request_key or f"amendment-{next(numbers)}",
        act=act or an_act(),
    )


def amended(session, amendment, **facts):
    """The amendment signed by the side that answers."""
    subcontract = amendment.subcontract
    sides = (subcontract.buyer, subcontract.seller)
    answerer = next(side for side in sides if side.id != amendment.proposed_by_id)
    values = {"party": answerer, "version": amendment.version_number, "act": an_act("user:2"), **facts}
    return amendments.accept_amendment(session, amendment, **values)
