"""Defects that the host's real worker makes, or leaves behind: B5 both ways, B6, B7.

Here the host asks whether a worker lives, queues what it queues, and the worker draws every page.
"""

import os
import signal
import time
from contextlib import contextmanager
from datetime import date, timedelta

import caerp
import transaction
from caerp.models.base import DBSESSION
from caerp.models.task import Task
from sqlalchemy import text

from tests.hosts.endi.defects import setting
from tests.hosts.endi.defects.cases import codes
from tests.hosts.endi.defects.pages import ACCOUNTANT, AJAX
from tests.hosts.endi.defects.setting import BUYER, NOBODY, SELLER
from tests.hosts.endi.defects.world import wait_a_moment

ON, PAID_ON = date(2026, 3, 2), date(2026, 3, 20)
PATIENCE_S = 120
# How long the host waits before it shows the button.
A_MINUTE = timedelta(minutes=1, seconds=5)


def build(world, cases):
    setting.give("karim", "es_validate_cancelinvoice")
    credited_id, _ = world.bought(SELLER, BUYER, 65_000, ON, "B7")
    with asking_the_worker():
        refund_id = refused_credit_note(world, cases, credited_id)
        never_passed_on(world, cases)
        doubled = [*doubled_by_the_button(world, cases), *doubled_by_a_payment(world, cases)]
        last_id = validated(world, world.invoice(SELLER, BUYER, 15_000, ON, "Dernière du jour"), "invoices")
        wait_for(lambda: world.mirror_of(last_id))
    for sale_id, paid_first in doubled:
        assert mirrors_of(sale_id) == 2, sale_id
        if paid_first:
            wait_a_moment()
            world.edit_payment(world.payments_of(sale_id)[0], "250.00", PAID_ON)
    assert world.mirror_of(refund_id) is None


@contextmanager
def asking_the_worker():
    caerp._called_from_test = False
    try:
        yield
    finally:
        caerp._called_from_test = True


@contextmanager
def late(worker_pid):
    """Keep the worker from what is queued for it for a while."""
    os.kill(worker_pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker_pid, signal.SIGCONT)


def validated(world, document_id, what, login="marc"):
    """Validate in the host's own page, which queues the transmission."""
    world.post_status(what, document_id, login)
    return document_id


def refused_credit_note(world, cases, sale_id):
    """The seller validates a credit note: the worker may not validate its mirror in the seller's name."""
    refund_id = validated(world, world.credit_note(sale_id), "cancelinvoices", "karim")
    cases.told("B7", "cancelinvoice", refund_id, codes.MIRROR_MISSING)
    cases.old.append(refund_id)
    return refund_id


def never_passed_on(world, cases):
    """Nobody logs in for the seller any more: the worker gives up."""
    sale_id = validated(world, world.invoice(NOBODY, BUYER, 25_000, ON, "B6"), "invoices")
    cases.invoice("B6", sale_id, codes.MIRROR_MISSING)
    quotation_id = validated(world, world.quotation(NOBODY, BUYER, 25_000, ON, "B6, devis"), "estimations")
    cases.told("B6, quotation", "estimation", quotation_id, codes.ORDER_MISSING)
    cases.old += [sale_id, quotation_id]


def doubled_by_the_button(world, cases):
    """The button appears after a minute; the worker, late, comes all the same."""
    for make, what, button, name, code in (
        (world.invoice, "invoices", "gen_supplier_invoice", "invoice", codes.MIRROR_DOUBLED),
        (world.quotation, "estimations", "gen_supplier_order", "estimation", codes.ORDER_DOUBLED),
    ):
        document_id = validated(world, make(SELLER, BUYER, 30_000, ON, f"B5, bouton, {what}"), what)
        with late(world.worker_pid):
            a_minute_passes(document_id)
            world.browser(ACCOUNTANT).post(f"/{what}/{document_id}/{button}", status=302)
        cases.told(f"B5, {name}", name, document_id, code)
        yield document_id, False


def doubled_by_a_payment(world, cases):
    """Paid before the worker ran: the payment transmits by itself, the worker transmits again."""
    for edited in (False, True):
        label = "B5, payée d'abord" + (", encaissement modifié" if edited else "")
        sale_id = validated(world, world.invoice(SELLER, BUYER, 30_000, ON, label), "invoices")
        facts = {"amount": "300.00", "date": PAID_ON.isoformat(), "resulted": False}
        address = f"/api/v1/invoices/{sale_id}/payments"
        with late(world.worker_pid):
            world.browser(ACCOUNTANT).post_json(address, facts, headers=AJAX)
        cases.invoice(label, sale_id, codes.MIRROR_DOUBLED)
        yield sale_id, edited


def a_minute_passes(document_id):
    with transaction.manager:
        Task.get(document_id).status_date -= A_MINUTE


def mirrors_of(document_id):
    """Count the documents of the buyer that came of one of the seller, tied to it or not."""
    with transaction.manager:
        purchases = text(
            "SELECT COUNT(*) FROM supplier_invoice s "
            "JOIN task t ON t.official_number = s.remote_invoice_number WHERE t.id = :id"
        )
        orders = text(
            "SELECT COUNT(*) FROM node o JOIN task t ON o.name = CONCAT('Devis ', t.internal_number) "
            "WHERE o.type_ = 'internalsupplier_order' AND t.id = :id"
        )
        facts = {"id": document_id}
        return sum(DBSESSION().execute(one, facts).scalar_one() for one in (purchases, orders))


def wait_for(condition):
    limit = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < limit, "the worker does not answer"
        time.sleep(0.3)
