"""An enDI as it was before the plugin came: people, their documents, and the host's own worker functions.

Everything goes through the host's own code, in the name of who does it in a cooperative: entrepreneurs make
documents (their own companies), Marc validates them, Odile pays and exports. Two things are not as in a
cooperative, for time: the host's flag for tests keeps it from asking each time whether a worker lives (a
second each), so what it would have queued is called here as its worker calls it; and the service that draws
PDFs, a setting of the host, is set to one that draws an empty page (`blank.py`). The cases of `at_work.py`
have neither: they run with the real worker, which draws every page.

To be imported once the host is started: its models are complete only then.
"""

import time
from contextlib import contextmanager
from datetime import datetime

import caerp
import transaction
from caerp.controllers.business import gen_invoice_from_payment_deadline
from caerp.controllers.payment.invoice import record_invoice_payment
from caerp.controllers.state_managers import set_validation_status
from caerp.models.base import DBSESSION
from caerp.models.company import Company
from caerp.models.project import Phase, Project
from caerp.models.project.types import ProjectType
from caerp.models.supply import InternalSupplierInvoice, InternalSupplierOrder
from caerp.models.task import InternalEstimation, InternalInvoice, TaskLine
from caerp.models.third_party import Customer
from caerp.models.tva import Product
from pyramid.config import global_registries
from pyramid.scripting import prepare
from pyramid.security import remember

from tests.hosts.endi.defects.pages import ACCOUNTANT, UNITS_PER_CENT, VALIDATOR, Pages


class World(Pages):
    """An enDI without the plugin, in this process."""

    def __init__(self, app, worker_pid=None):
        super().__init__()
        self.app, self.worker_pid = app, worker_pid
        self.registry = global_registries.last
        caerp._called_from_test = True

    @contextmanager
    def acting(self, login):
        """Do something as `login`, in a transaction of its own."""
        with prepare(registry=self.registry) as environment, transaction.manager:
            request = environment["request"]
            remember(request, login)
            yield request

    # Making documents.

    def quotation(self, seller, buyer, cents, on, label, **facts):
        return self._document(InternalEstimation, seller, buyer, cents, on, label, **facts)

    def invoice(self, seller, buyer, cents, on, label, **facts):
        return self._document(InternalInvoice, seller, buyer, cents, on, label, **facts)

    def _document(self, model, seller, buyer, cents, on, label, product=None, **more):
        with self.acting(self.login_of(seller)) as request:
            owner, client = company(seller), company(buyer)
            customer = Customer.from_company(source_company=client, owner_company=owner)
            product = DBSESSION().get(Product, product) if product else free_product()
            facts = {"user": request.identity, "company": owner, "date": on, "name": label}
            facts |= {"description": label, "payment_conditions": "Comptant", **more}
            facts |= place(owner, customer)
            document = model.create(request, customer, facts, no_price_study=True)
            line = TaskLine(cost=cents * UNITS_PER_CENT, quantity=1, mode="ht", unity="forfait", order=1)
            line.description, line.tva, line.product = label, product.tva, product
            document.default_line_group.lines.append(line)
            document.cache_totals(request)
            DBSESSION().flush()
            return document.id

    def invoice_of_deadline(self, quotation_id, place):
        """Make the invoice of one of a quotation's instalments, as the page of the affair does."""
        with self.acting(VALIDATOR) as request:
            business = InternalEstimation.get(quotation_id).business
            deadline = business.payment_deadlines[place]
            sale = gen_invoice_from_payment_deadline(request, business, deadline)
            sale.date = InternalEstimation.get(quotation_id).date
            DBSESSION().flush()
            return sale.id

    def credit_note(self, invoice_id, cents=None):
        """Take back an invoice, or a part of it."""
        with self.acting(ACCOUNTANT) as request:
            sale = InternalInvoice.get(invoice_id)
            refund = sale.gen_cancelinvoice(request, request.identity)
            refund.description, refund.date = f"Avoir : {sale.description}", sale.date
            if cents is not None:
                first, *rest = refund.default_line_group.lines
                first.cost = -cents * UNITS_PER_CENT
                for line in rest:
                    refund.default_line_group.lines.remove(line)
            refund.cache_totals(request)
            DBSESSION().flush()
            return refund.id

    # What becomes of them.

    def validate(self, model, document_id, login=VALIDATOR):
        with self.acting(login) as request:
            set_validation_status(request, model.get(document_id), "valid")

    def status(self, model, document_id, status, login, comment=""):
        with self.acting(login) as request:
            set_validation_status(request, model.get(document_id), status, comment=comment)

    def transmit(self, document_id):
        """Do what the worker does a moment after a document was validated; return the id of the mirror."""
        from caerp.celery.tasks import tasks
        from caerp.models.task import Task

        transaction.begin()
        quotation = Task.get(document_id).type_ == "internalestimation"
        transaction.abort()
        name = "internalestimation" if quotation else "internalinvoice"
        with prepare(registry=self.registry) as environment:
            lend_to_tasks(environment["request"], self.registry)
            getattr(tasks, f"async_{name}_valid_callback")(document_id)
        return self.mirror_of(document_id)

    def mirror_of(self, document_id):
        from caerp.models.task import Task

        transaction.begin()
        document = Task.get(document_id)
        quotation = isinstance(document, InternalEstimation)
        mirror_id = document.supplier_order_id if quotation else document.supplier_invoice_id
        transaction.abort()
        return mirror_id

    def sold(self, seller, buyer, cents, on, label, **facts):
        """Validate an invoice and let the worker transmit it; return both ids."""
        sale_id = self.invoice(seller, buyer, cents, on, label, **facts)
        self.validate(InternalInvoice, sale_id)
        return sale_id, self.transmit(sale_id)

    def bought(self, seller, buyer, cents, on, label, **facts):
        """The same, and the buyer's side validates the purchase."""
        sale_id, purchase_id = self.sold(seller, buyer, cents, on, label, **facts)
        self.validate(InternalSupplierInvoice, purchase_id)
        return sale_id, purchase_id

    def offered(self, seller, buyer, cents, on, label, **facts):
        """Validate a quotation and let the worker transmit it; return both ids."""
        quotation_id = self.quotation(seller, buyer, cents, on, label, **facts)
        self.validate(InternalEstimation, quotation_id)
        return quotation_id, self.transmit(quotation_id)

    def accepted(self, seller, buyer, cents, on, label, **facts):
        """The same, and the buyer's side validates the order."""
        quotation_id, order_id = self.offered(seller, buyer, cents, on, label, **facts)
        self.validate(InternalSupplierOrder, order_id)
        return quotation_id, order_id

    def credited(self, invoice_id, cents=None):
        """Validate a credit note as the host's page does, and let the worker transmit it; return both ids."""
        refund_id = self.credit_note(invoice_id, cents)
        self.post_status("cancelinvoices", refund_id)
        return refund_id, self.transmit(refund_id)

    def pay(self, invoice_id, cents, on, *, resulted=False):
        """Record a payment on the sale, as the accountant; the host makes that of the purchase."""
        with self.acting(ACCOUNTANT) as request:
            facts = {"amount": cents * UNITS_PER_CENT, "date": datetime(on.year, on.month, on.day)}
            if resulted:
                facts["resulted"] = True
            record_invoice_payment(request, InternalInvoice.get(invoice_id), facts)

    def login_of(self, name):
        transaction.begin()
        people = company(name).employees
        found = next((one.login.login for one in people if one.login and one.login.active), VALIDATOR)
        transaction.abort()
        return found

    def change(self, model, row_id, **facts):
        """Write on a row of the host what one of its forms writes."""
        with transaction.manager:
            row = model.get(row_id)
            for name, value in facts.items():
                setattr(row, name, value)


def lend_to_tasks(request, registry):
    """Give the host's tasks the request that its worker gives them."""
    from pyramid_celery import celery_app

    celery_app.conf.update({"PYRAMID_REQUEST": request, "PYRAMID_REGISTRY": registry})


def company(name):
    return DBSESSION().query(Company).filter_by(name=name).one()


def free_product():
    return DBSESSION().query(Product).filter_by(internal=True).order_by(Product.id).first()


def place(owner, customer):
    """One project for each customer, made at first use."""
    kind = ProjectType.query().filter_by(default=True).first()
    name = f"Pour {customer.label}"[:150]
    project = Project.query().filter_by(company_id=owner.id, name=name).first()
    if project is None:
        project = Project(name=name, company_id=owner.id, project_type_id=kind.id, mode="ht")
        project.customers.append(customer)
        DBSESSION().add(project)
        DBSESSION().flush()
        DBSESSION().add(Phase(name="Dossier par défaut", project_id=project.id))
        DBSESSION().flush()
    return {
        "project": project,
        "phase_id": project.phases[0].id,
        "business_type_id": kind.default_business_type.id,
    }


def wait_a_moment():
    """Let the host's clock of whole seconds tell two things apart."""
    time.sleep(2.1)
