"""Which documents a dossier has: each under the key of its address, made when it is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyramid.renderers import render
from sqlalchemy.orm import Session

from ...tenders import checklist, proposal
from ...tenders.bids import Bid
from .. import papers
from . import dc1, dc2, dc4, odt, prices
from . import papers as own
from .blocks import Document, clean

APPLICATION, OFFER, INTERNAL = "1-candidature", "2-offre", "3-interne-ne-pas-deposer"


@dataclass(frozen=True)
class Entry:
    """A document of the dossier: `key` names it in addresses, `name` its file, `label` says what it is."""

    key: str
    folder: str
    name: str
    label: str
    make: Callable[[], Document]


def entries(session: Session, bid: Bid) -> list[Entry]:
    """Return the documents of a bid, in the order of the dossier."""
    return list(_entries(session, bid))


def entry(session: Session, bid: Bid, key: str) -> Entry | None:
    """Return the document of that key."""
    return next((one for one in _entries(session, bid) if one.key == key), None)


def _entries(session: Session, bid: Bid) -> Iterator[Entry]:
    tender = bid.tender
    yield Entry("dc1", APPLICATION, "DC1", "Lettre de candidature (DC1)", partial(dc1.document, bid))
    for lot in bid.lots:
        for place, one in enumerate((None, *(one for one in bid.partners if lot in bid.lots_of(one)))):
            who = bid.identity.name if one is None else one.member.name
            of_lot = f" lot {lot.position}" if bid.divided else ""
            yield Entry(
                f"dc2-{lot.id}-{0 if one is None else one.member.id}",
                APPLICATION,
                f"DC2{of_lot} {who if place else 'candidat'}",
                f"Déclaration de {who} (DC2){' – ' + of_lot.strip() if of_lot else ''}",
                partial(dc2.document, bid, lot, one),
            )
    for sub in bid.subcontractors:
        yield Entry(
            f"dc4-{sub.member.id}",
            OFFER,
            f"DC4 {sub.member.name}",
            f"Déclaration de sous-traitance de {sub.member.name} (DC4)",
            partial(dc4.document, bid, sub),
        )
    yield Entry("prices", OFFER, "Bordereau de prix", "Bordereau de prix", partial(prices.schedule, bid))
    yield Entry(
        "annex",
        OFFER,
        "Annexe financiere",
        "Annexe financière : qui fait quoi, pour combien",
        partial(prices.annex, bid),
    )
    yield Entry(
        "proposal",
        OFFER,
        "Memoire technique",
        "Mémoire technique",
        lambda: own.proposal(bid, proposal.parts(session, tender)),
    )
    yield Entry(
        "account",
        INTERNAL,
        "Partage entre les membres",
        "Partage entre les membres",
        partial(prices.account, bid),
    )
    yield Entry(
        "checklist",
        INTERNAL,
        "Liste de controle",
        "Liste de contrôle des pièces",
        lambda: own.checklist(bid, checklist.items(session, tender)),
    )


def pdf(request: Any, document: Document, author: str) -> bytes:
    """Return a document as PDF."""
    template = "endi_ext:web/templates/papers/dossier.mako"
    html = render(template, {"document": document, "author": author}, request=request)
    return papers.pdf(clean(html))


def editable(document: Document, author: str) -> bytes:
    """Return a document as ODT."""
    return odt.content(document, author)
