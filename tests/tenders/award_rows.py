"""Awarded contracts as tests need them: `an_award(…)`, `several(…)`."""

from datetime import UTC, date, datetime

from endi_ext.tenders.notices.decp_contract import Award, Winner

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def an_award(number, **facts):
    """One contract of number `number`."""
    facts = {
        "kind": "contract",
        "buyer_id": "21740173600012",
        "contract_id": f"2026-{number:04}",
        "title": f"Marché {number}",
        "notified_on": date(2026, 3, 2),
        "winners": (Winner("SIRET", "55204599900869", "Sève et Cie"),),
        "cpv": "77310000",
        "amount_cents": number * 100_000,
        **facts,
    }
    return Award(**facts)


def several(count, first=1, **facts):
    """Contracts numbered from `first`, each of a thousand euros more than the one before."""
    return [an_award(number, **facts) for number in range(first, first + count)]
