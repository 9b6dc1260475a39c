"""The host's own pages, and what its rows say, as the people of the cases use them."""

import transaction
from caerp.models.supply import InternalSupplierInvoice, InternalSupplierOrder
from caerp.models.task import InternalInvoice
from webtest import TestApp

from endi_ext.hosts.demo.seeding import PASSWORD
from tests.hosts.browsing import csrf_token
from tests.hosts.endi.hosted import CHROME

UNITS_PER_CENT = 1_000
AJAX = {"X-Requested-With": "XMLHttpRequest"}
VALIDATOR, ACCOUNTANT = "marc", "odile"


class Pages:
    """Browsers logged in, one for each person."""

    app = None

    def __init__(self):
        self.browsers = {}

    def browser(self, login):
        """The host's own pages, as `login` sees them."""
        if login not in self.browsers:
            browser = TestApp(self.app, extra_environ={"HTTP_USER_AGENT": CHROME})
            said = {"login": login, "password": PASSWORD, "submit": "submit", "nextpage": "/"}
            browser.post("/login", said, status=302)
            self.browsers[login] = browser
        return self.browsers[login]

    def post_status(self, what, document_id, login=VALIDATOR):
        address = f"/api/v1/{what}/{document_id}?action=status"
        self.browser(login).post_json(address, {"submit": "valid"}, headers=AJAX)

    def payments_of(self, invoice_id):
        """Return the ids of the payments of a sale, in order."""
        transaction.begin()
        found = sorted(one.id for one in InternalInvoice.get(invoice_id).payments)
        transaction.abort()
        return found

    def mirror_payments_of(self, purchase_id):
        """Return the ids of the payments of a purchase, in order."""
        transaction.begin()
        found = sorted(one.id for one in InternalSupplierInvoice.get(purchase_id).payments)
        transaction.abort()
        return found

    def cents_of(self, invoice_id):
        transaction.begin()
        units = InternalInvoice.get(invoice_id).total()
        transaction.abort()
        return units // UNITS_PER_CENT

    def owner_of(self, order_id):
        transaction.begin()
        owner_id = InternalSupplierOrder.get(order_id).company_id
        transaction.abort()
        return owner_id

    def lines_of(self, purchase_id):
        transaction.begin()
        found = [line.id for line in InternalSupplierInvoice.get(purchase_id).lines]
        transaction.abort()
        return found

    def edit_payment(self, payment_id, amount, on):
        facts = {"amount": amount, "date": on.isoformat()}
        self.browser(ACCOUNTANT).put_json(f"/api/v1/payments/{payment_id}", facts, headers=AJAX)

    def delete_payment(self, payment_id):
        self.browser(ACCOUNTANT).get(f"/payments/{payment_id}?action=delete", status=302)

    def invert_payment(self, payment_id, on):
        """Generate the opposite of a payment in the host's own form."""
        form = self.browser(ACCOUNTANT).get(f"/payments/{payment_id}?action=gen_inverse").forms["deform"]
        form["date"] = on.isoformat()
        form.submit("submit", status=302)

    def delete_order(self, order_id, login):
        """Delete a draft order in the host's own page."""
        browser = self.browser(login)
        page = browser.get(f"/companies/{self.owner_of(order_id)}/supplier_orders")
        facts = {"csrf_token": csrf_token(page)}
        browser.post(f"/supplier_orders/{order_id}?action=delete", facts, status=302)

    def export(self, what, row_id):
        """Hand one document or payment to the accounting software: invoices, payments, supplier_…"""
        answer = self.browser(ACCOUNTANT).get(f"/export/treasury/{what}/{row_id}")
        assert "html" not in answer.content_type, answer.html.get_text(" ", strip=True)[-1500:]
