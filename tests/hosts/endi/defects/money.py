"""Defects of payments and credit notes: B1, B2, B3, B3b, B4, B9, B13, and what the further facts add."""

from datetime import date

from caerp.models.supply import InternalSupplierInvoice
from caerp.models.supply.supplier_invoice import SupplierInvoiceLine

from tests.hosts.endi.defects import setting
from tests.hosts.endi.defects.cases import codes
from tests.hosts.endi.defects.pages import VALIDATOR
from tests.hosts.endi.defects.setting import BUYER, SELLER
from tests.hosts.endi.defects.world import wait_a_moment

ON, JANUARY, FEBRUARY, MARCH = date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 20), date(2026, 3, 20)


def build(world, cases):
    partial_credit_notes(world, cases)
    crossed_instalments(world, cases)
    changed_payments(world, cases)
    forced_settlements(world, cases)
    vat(world, cases)
    validated_by_payment(world, cases)


def bought(world, cents, label):
    return world.bought(SELLER, BUYER, cents, ON, label)


def partial_credit_notes(world, cases):
    sale_id, _ = bought(world, 100_000, "B1 avoir partiel")
    world.credited(sale_id, 10_000)
    cases.invoice("B1", sale_id, codes.SETTLED_BY_CREDIT)

    sale_id, _ = bought(world, 100_000, "B1 avoir partiel, reste payé")
    world.credited(sale_id, 10_000)
    world.pay(sale_id, 90_000, FEBRUARY)
    cases.invoice("B1, rest paid", sale_id, codes.CREDIT_NOT_DEDUCTED)

    for cents, name in ((None, "B2"), (10_000, "B2, in part")):
        sale_id, _ = world.sold(SELLER, BUYER, 70_000, ON, name)
        world.credited(sale_id, cents)
        cases.invoice(name, sale_id, codes.SETTLED_AS_DRAFT)


def crossed_instalments(world, cases):
    for name, cents, change in (
        ("B3, date", 90_000, lambda second: world.edit_payment(second, "300.00", MARCH)),
        ("B3, amount", 90_000, lambda second: world.edit_payment(second, "250.00", MARCH)),
        ("B3, deleted", 90_000, world.delete_payment),
    ):
        sale_id, _ = bought(world, cents, name)
        for on in (JANUARY, FEBRUARY):
            world.pay(sale_id, 30_000, on)
        change(world.payments_of(sale_id)[1])
        cases.invoice(name, sale_id, codes.PAYMENT_CROSSED)


def changed_payments(world, cases):
    sale_id, purchase_id = bought(world, 80_000, "B3b")
    world.pay(sale_id, 50_000, JANUARY)
    world.export("supplier_payments", world.mirror_payments_of(purchase_id)[0])
    wait_a_moment()
    world.edit_payment(world.payments_of(sale_id)[0], "450.00", JANUARY)
    cases.invoice("B3b", sale_id, codes.PAYMENT_CHANGED)

    sale_id, _ = bought(world, 60_000, "Fraction de centime")
    world.pay(sale_id, 20_000, JANUARY)
    world.edit_payment(world.payments_of(sale_id)[0], "199.99600", JANUARY)
    cases.invoice("Further fact 7", sale_id, codes.PAYMENT_CENTS)

    sale_id, _ = bought(world, 60_000, "Encaissement exporté seul")
    world.pay(sale_id, 20_000, JANUARY)
    world.export("payments", world.payments_of(sale_id)[0])
    cases.invoice("Payment exported alone", sale_id, codes.PAYMENT_EXPORTED_ALONE)


def forced_settlements(world, cases):
    sale_id, _ = bought(world, 50_000, "B4")
    world.pay(sale_id, 40_000, JANUARY, resulted=True)
    cases.invoice("B4", sale_id, codes.FORCED)

    for name, change in (
        ("Further fact 1, reduced", lambda one: world.edit_payment(one, "100.00", FEBRUARY)),
        ("Further fact 1, deleted", world.delete_payment),
        ("Further fact 1, inverted", lambda one: world.invert_payment(one, FEBRUARY)),
    ):
        sale_id, _ = bought(world, 50_000, name)
        world.pay(sale_id, 50_000, JANUARY)
        change(world.payments_of(sale_id)[0])
        cases.invoice(name, sale_id, codes.LEFT_SETTLED)


def vat(world, cases):
    product_id = setting.product_with_vat()
    sale_id, _ = world.bought(SELLER, BUYER, 100_000, ON, "B9", product=product_id)
    cases.invoice("B9", sale_id, codes.VAT_CHARGED)


def validated_by_payment(world, cases):
    sale_id, _ = world.sold(SELLER, BUYER, 40_000, ON, "B13, type choisi")
    world.pay(sale_id, 40_000, JANUARY)
    cases.invoice("B13, type chosen", sale_id, codes.VALIDATED_BY_PAYMENT)

    sale_id, purchase_id = world.sold(SELLER, BUYER, 40_000, ON, "B13, refusée")
    world.status(InternalSupplierInvoice, purchase_id, "wait", "helene")
    world.status(InternalSupplierInvoice, purchase_id, "invalid", VALIDATOR, "Ce travail n'a pas été fait.")
    world.pay(sale_id, 40_000, JANUARY)
    cases.invoice("B13, refused then paid", sale_id, codes.REFUSED_THEN_PAID)

    first, second = setting.second_expense_type()
    sale_id, _ = world.sold(SELLER, BUYER, 40_000, ON, "B13, sans type")
    world.pay(sale_id, 40_000, JANUARY)
    cases.invoice("B13, no type", sale_id, codes.TYPE_MISSING, codes.VALIDATED_BY_PAYMENT)

    sale_id, purchase_id = world.sold(SELLER, BUYER, 40_000, ON, "Avoir sans type")
    world.change(SupplierInvoiceLine, world.lines_of(purchase_id)[0], type_id=first)
    world.validate(InternalSupplierInvoice, purchase_id)
    refund_id, _ = world.credited(sale_id)
    cases.told("Further fact 6", "cancelinvoice", refund_id, codes.TYPE_MISSING)
    setting.retire(second)
