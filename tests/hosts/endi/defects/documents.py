"""Defects of documents: B15, B16, B21, B22, exported on one side, edited by the buyer."""

from datetime import date

from caerp.models.supply import InternalSupplierInvoice
from caerp.models.task import InternalInvoice

from tests.hosts.endi.defects.cases import codes
from tests.hosts.endi.defects.setting import BUYER, SELLER

ON = date(2026, 2, 3)
NEXT_YEAR = date(2026, 11, 5)


def build(world, cases):
    quotation_invoiced_twice(world, cases)
    deleted_order(world, cases)
    late_in_the_year(world, cases)
    exported(world, cases)


def quotation_invoiced_twice(world, cases):
    quotation_id, _ = world.accepted(SELLER, BUYER, 100_000, ON, "B15", deposit=30)
    for deadline in (0, 1):
        sale_id = world.invoice_of_deadline(quotation_id, deadline)
        world.validate(InternalInvoice, sale_id)
        world.validate(InternalSupplierInvoice, world.transmit(sale_id))
    cases.told("B15", "estimation", quotation_id, codes.ORDER_TIED)


def deleted_order(world, cases):
    quotation_id, order_id = world.offered(SELLER, BUYER, 35_000, ON, "B16")
    world.delete_order(order_id, "helene")
    cases.told("B16", "estimation", quotation_id, codes.ORDER_MISSING)
    cases.old.append(quotation_id)


def late_in_the_year(world, cases):
    sale_id, _ = world.bought(SELLER, BUYER, 45_000, NEXT_YEAR, "B21")
    cases.invoice("B21", sale_id, codes.YEAR_DIFFERS)


def exported(world, cases):
    sale_id, _ = world.sold(SELLER, BUYER, 55_000, ON, "B22")
    world.export("invoices", sale_id)
    cases.invoice("B22", sale_id, codes.EXPORTED_EARLY)

    sale_id, _ = world.bought(SELLER, BUYER, 55_000, ON, "Vente exportée seule")
    world.export("invoices", sale_id)
    cases.invoice("Exported alone, sale", sale_id, codes.EXPORTED_ALONE)

    sale_id, purchase_id = world.bought(SELLER, BUYER, 55_000, ON, "Achat exporté seul")
    world.export("supplier_invoices", purchase_id)
    cases.invoice("Exported alone, purchase", sale_id, codes.EXPORTED_ALONE)
