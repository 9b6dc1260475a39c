"""Two hundred sound exchanges, in every state an exchange may rightly be in; a tenth of each unless asked.

ENDI_EXT_ALL_SOUND=yes makes all two hundred; without it tests take a tenth of each state, and of the time.
"""

import os
from datetime import date, timedelta

from caerp.models.supply import InternalSupplierInvoice
from caerp.models.task import InternalInvoice

FIRST_DAY = date(2026, 1, 6)
COMPANIES = (
    "Studio Écume",
    "Lumière d'Aubrac",
    "Diallo Rédaction",
    "Maraîchage de la Vézère",
    "La Table d'Inès",
    "Keller Enduits et Chaux",
    "Herbes Folles",
    "Dufour Électricité",
    "Schmitt Graphisme",
    "Coutures de Rosa",
)


def build(world, cases):
    number, part = 0, 1 if os.environ.get("ENDI_EXT_ALL_SOUND") else 10
    for state, count in STATES.items():
        for _ in range(-(-count // part)):
            more = (cases,) if state is on_its_way else ()
            state(world, _facts(number), *more)
            number += 1
    cases.sound = number


def _facts(number):
    """Return who sells what to whom, for how much and when: none like the one before, some alike later."""
    seller, buyer = COMPANIES[number % 10], COMPANIES[(number * 3 + 1) % 10]
    if seller == buyer:
        buyer = COMPANIES[(number + 1) % 10]
    cents = 12_345 + 1_001 * (number % 37)
    on = FIRST_DAY + timedelta(days=number % 200)
    return {"seller": seller, "buyer": buyer, "cents": cents, "on": on, "label": f"Travail {number}"}


def _later(facts, days=20):
    return facts["on"] + timedelta(days=days)


def drafted(world, facts):
    """Written by the seller, not validated: the buyer knows nothing of it."""
    world.invoice(**facts)


def offered(world, facts):
    """A quotation the buyer has not answered."""
    world.offered(**facts)


def accepted(world, facts):
    """A quotation the buyer accepted, not invoiced yet."""
    world.accepted(**facts)


def deposit(world, facts):
    """A deposit invoiced and paid; the balance comes later."""
    quotation_id, _ = world.accepted(**facts, deposit=30)
    sale_id = world.invoice_of_deadline(quotation_id, 0)
    world.validate(InternalInvoice, sale_id)
    world.validate(InternalSupplierInvoice, world.transmit(sale_id))
    world.pay(sale_id, world.cents_of(sale_id), _later(facts))


def received(world, facts):
    """Transmitted; the buyer has not validated it."""
    world.sold(**facts)


def unpaid(world, facts):
    world.bought(**facts)


def part_paid(world, facts):
    sale_id, _ = world.bought(**facts)
    world.pay(sale_id, facts["cents"] // 3, _later(facts))


def settled(world, facts):
    sale_id, _ = world.bought(**facts)
    world.pay(sale_id, facts["cents"], _later(facts))


def on_its_way(world, facts, cases):
    """Validated this moment: the worker has still to make the mirror."""
    sale_id = world.invoice(**facts)
    world.validate(InternalInvoice, sale_id)
    cases.recent.append(sale_id)


def two_equal_instalments(world, facts):
    facts["cents"] = facts["cents"] // 2 * 2
    sale_id, _ = world.bought(**facts)
    for days in (20, 50):
        world.pay(sale_id, facts["cents"] // 2, _later(facts, days))


def credited(world, facts):
    """Taken back in full, as it should be: unpaid, both documents validated."""
    sale_id, _ = world.bought(**facts)
    world.credited(sale_id)


def exported(world, facts):
    """Settled, and all four records in the accounts."""
    sale_id, purchase_id = world.bought(**facts)
    world.pay(sale_id, facts["cents"], _later(facts))
    world.export("invoices", sale_id)
    world.export("supplier_invoices", purchase_id)
    world.export("payments", world.payments_of(sale_id)[0])
    world.export("supplier_payments", world.mirror_payments_of(purchase_id)[0])


def edited_rightly(world, facts):
    """A single payment, its date and amount corrected: the host changes its mirror too."""
    sale_id, _ = world.bought(**facts)
    world.pay(sale_id, 10_000, _later(facts))
    world.edit_payment(world.payments_of(sale_id)[0], "90.00", _later(facts, 25))


STATES = {
    drafted: 10,
    offered: 20,
    accepted: 20,
    deposit: 10,
    received: 20,
    unpaid: 34,
    on_its_way: 1,
    part_paid: 25,
    settled: 25,
    two_equal_instalments: 10,
    credited: 15,
    exported: 5,
    edited_rightly: 5,
}
