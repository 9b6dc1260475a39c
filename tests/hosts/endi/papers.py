"""Exchanges made in the real enDI for the tests of its documents, and what its own tables then say."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, text

from endi_ext.exchanges import service
from endi_ext.exchanges.models import Exchange, Settlement
from endi_ext.exchanges.paper_models import DocumentTask, HostDocument
from endi_ext.reconciliation.finding_models import Finding

ON = date(2026, 11, 2)
UNITS_PER_CENT = 1_000


def record(hosted, login, source, seller, buyer, net_cents, on=ON):
    """Record an exchange in a request of `login`, as accepting a delivery does, and return its id."""
    with hosted.request_of(login) as request:
        facts = service.ExchangeFacts(
            source=source,
            seller_id=hosted.party_named(seller).id,
            buyer_id=hosted.party_named(buyer).id,
            net_cents=net_cents,
            accepted_on=on,
            label=f"Travail {source}",
        )
        exchange_id = service.record(request.dbsession, facts, hosted.host.act(request)).id
    return exchange_id


def settle(hosted, exchange_id, cents, key, on=ON):
    """Settle part of an exchange as the accountant and return the settlement's id."""
    with hosted.request_of("odile") as request:
        session = request.dbsession
        settled = service.settle(
            session,
            session.get(Exchange, exchange_id),
            amount_cents=cents,
            settled_on=on,
            request_key=key,
            act=hosted.host.act(request),
        )
        settlement_id = settled.id
    return settlement_id


def undo_settlement(hosted, settlement_id):
    with hosted.request_of("odile") as request:
        session, act = request.dbsession, hosted.host.act(request)
        settlement = session.get(Settlement, settlement_id)
        service.reverse_settlement(session, settlement, reason="Saisi deux fois.", on=act.today, act=act)


def reverse(hosted, exchange_id):
    with hosted.request_of("odile") as request:
        session, act = request.dbsession, hosted.host.act(request)
        exchange = session.get(Exchange, exchange_id)
        service.reverse(session, exchange, reason="Travail annulé.", on=act.today, act=act)


def states(hosted, exchange_id):
    """Return what was asked of the host for an exchange, and how far it is."""
    with hosted.session() as session:
        asked = select(DocumentTask).where(DocumentTask.exchange_id == exchange_id)
        rows = session.execute(asked.order_by(DocumentTask.id)).scalars()
        return {row.kind.partition(":")[0]: (row.state, row.error_code) for row in rows}


def unfinished(hosted):
    with hosted.session() as session:
        waiting = select(func.count()).where(DocumentTask.state == "pending")
        return session.execute(waiting).scalar_one()


def pairs(hosted, exchange_id, family="invoice"):
    """Return the pairs of a family made for an exchange, in order."""
    with hosted.session() as session:
        made = select(HostDocument).where(
            HostDocument.exchange_id == exchange_id, HostDocument.family == family
        )
        found = list(session.execute(made.order_by(HostDocument.id)).scalars())
        session.expunge_all()
        return found


def findings(hosted, exchange_id):
    """Return the differences noted and not gone, as {code: cents at stake}."""
    with hosted.session() as session:
        noted = select(Finding).where(
            Finding.exchange_id == exchange_id, Finding.standing, Finding.source == "documents"
        )
        return {row.code: row.amount_cents for row in session.execute(noted).scalars()}


@dataclass
class Sides:
    """What the host's tables say of the documents of one exchange, in the units of each side."""

    sales: list
    purchases: list
    sale_payments: list
    purchase_payments: list
    statuses: tuple


def sides(hosted, exchange_id):
    """Read the host's own tables, found by the label of the exchange and not by our pairs."""
    label = f"%{exchange(hosted, exchange_id).label}%"
    with hosted.session() as session:

        def rows(statement, **facts):
            return [tuple(row) for row in session.execute(text(statement), facts)]

        sales = rows(
            "SELECT t.id, t.ttc, t.status, t.official_number FROM task t JOIN node n ON n.id = t.id "
            "WHERE n.type_ LIKE 'internal%' AND t.description LIKE :label ORDER BY t.id",
            label=label,
        )
        purchases = rows(
            "SELECT s.id, SUM(l.ht + l.tva), s.status, s.official_number, MIN(l.type_id) "
            "FROM supplier_invoice s JOIN supplier_invoice_line l ON l.supplier_invoice_id = s.id "
            "WHERE l.description LIKE :label GROUP BY s.id ORDER BY s.id",
            label=label,
        )
        sale_payments = rows(
            "SELECT p.id, p.amount, DATE(p.date) FROM base_task_payment p JOIN task t ON t.id = p.task_id "
            "WHERE t.description LIKE :label ORDER BY p.id",
            label=label,
        )
        purchase_payments = rows(
            "SELECT p.id, p.amount, DATE(p.date) FROM base_supplier_payment p "
            "WHERE p.supplier_invoice_id IN (SELECT l.supplier_invoice_id FROM supplier_invoice_line l "
            "WHERE l.description LIKE :label) ORDER BY p.id",
            label=label,
        )
        paid = rows(
            "SELECT i.paid_status FROM invoice i JOIN task t ON t.id = i.id WHERE t.description LIKE :label",
            label=label,
        ) + rows(
            "SELECT s.paid_status FROM supplier_invoice s JOIN supplier_invoice_line l "
            "ON l.supplier_invoice_id = s.id WHERE l.description LIKE :label ORDER BY s.id LIMIT 1",
            label=label,
        )
    return Sides(sales, purchases, sale_payments, purchase_payments, tuple(one for (one,) in paid))


def left_to_pay(hosted, exchange_id):
    """Return what the host says is left to pay of the buyer's document."""
    from caerp.models.supply import InternalSupplierInvoice

    (pair,) = pairs(hosted, exchange_id)
    with hosted.request_of("odile"):
        return InternalSupplierInvoice.get(pair.purchase_id).cae_topay()


def exchange(hosted, exchange_id):
    with hosted.session() as session:
        found = session.get(Exchange, exchange_id)
        session.expunge(found)
        return found


AJAX = {"X-Requested-With": "XMLHttpRequest"}


def pay_in_the_host(hosted, sale_id, amount, *, resulted):
    """Record a payment in the host's own page, as the accountant."""
    facts = {"amount": amount, "date": ON.isoformat(), "resulted": resulted}
    hosted.browser("odile").post_json(f"/api/v1/invoices/{sale_id}/payments", facts, headers=AJAX)


def edit_payment(hosted, payment_id, amount, on):
    facts = {"amount": amount, "date": on}
    hosted.browser("odile").put_json(f"/api/v1/payments/{payment_id}", facts, headers=AJAX)


def delete_payment(hosted, payment_id):
    hosted.browser("odile").get(f"/payments/{payment_id}?action=delete", status=302)


def give(hosted, login, right):
    """Give a login one of the host's rights."""
    with hosted.session() as session:
        named = {"name": right[-30:], "right": right, "login": login}
        group = "INSERT INTO groups (name, label, account_type) VALUES (:name, :name, 'entrepreneur')"
        held = (
            "INSERT INTO groups_access_rights (access_right_id, group_id) "
            "SELECT r.id, g.id FROM access_rights r, groups g WHERE r.name = :right AND g.name = :name"
        )
        in_it = (
            "INSERT INTO user_groups (login_id, group_id) "
            "SELECT l.id, g.id FROM login l, groups g WHERE l.login = :login AND g.name = :name"
        )
        for statement in (group, held, in_it):
            session.execute(text(statement), named)
        session.commit()


def credit_in_the_host(hosted, sale_id, cents):
    """Make a credit note of a part of an invoice by the host's own models, and validate it as it does."""
    from caerp.models.base import DBSESSION
    from caerp.models.task import InternalInvoice

    # Karim sells and validates his own: he has no say in the documents of the buyer.
    give(hosted, "karim", "es_validate_cancelinvoice")
    with hosted.request_of("karim") as request:
        sale = DBSESSION().get(InternalInvoice, sale_id)
        refund = sale.gen_cancelinvoice(request, request.identity)
        refund.description = f"Avoir : {sale.description}"
        (line,) = refund.default_line_group.lines
        line.cost = -cents * UNITS_PER_CENT
        refund.cache_totals(request)
        DBSESSION().flush()
        refund_id = refund.id
    validate(hosted, "karim", "cancelinvoices", refund_id)


def native_invoice(hosted, seller, buyer, label):
    """Validate an invoice of the host's own, that is none of ours, and return its id."""
    from caerp.models.base import DBSESSION
    from caerp.models.company import Company
    from caerp.models.task import InternalInvoice, TaskLine
    from caerp.models.tva import Product

    from endi_ext.hosts.endi import cards, jobs

    give(hosted, "karim", "es_validate_invoice")
    with hosted.request_of("karim") as request:
        owner, client = (Company.get(hosted.party_named(name).host_id) for name in (seller, buyer))
        place = jobs.place(owner, cards.customer(owner, client), label)
        product = DBSESSION().query(Product).filter_by(internal=True).first()
        data = {"user": request.identity, "company": owner, "date": ON, "name": label, **place.facts}
        sale = InternalInvoice.create(request, place.customer, data, no_price_study=True)
        sale.description, sale.payment_conditions = label, "Comptant"
        facts = {"tva": product.tva, "product": product, "description": label, "unity": "forfait"}
        line = TaskLine(cost=5_000_000, quantity=1, mode="ht", **facts)
        sale.default_line_group.lines.append(line)
        sale.cache_totals(request)
        DBSESSION().flush()
        sale_id = sale.id
    validate(hosted, "karim", "invoices", sale_id)
    return sale_id


def validate(hosted, login, what, document_id):
    address = f"/api/v1/{what}/{document_id}?action=status"
    hosted.browser(login).post_json(address, {"submit": "valid"}, headers=AJAX)


def show_the_button(hosted):
    """Let the host show the button that transmits a document: it does a minute after the validation."""
    with hosted.session() as session:
        session.execute(text("UPDATE task SET status_date = '2026-01-01'"))
        session.commit()


HOST_TASKS = "caerp.celery.tasks.tasks"
PASSED_ON = "Nouvelle facture founisseur générée dans votre espace"


def host_task(hosted, name, document_id):
    """Queue one of the host's own tasks."""
    from pyramid_celery import celery_app

    celery_app.send_task(f"{HOST_TASKS}.{name}", args=[document_id])


def mirrors_of_label(hosted, label):
    with hosted.session() as session:
        counted = "SELECT COUNT(*) FROM supplier_invoice_line WHERE description LIKE :label"
        return session.execute(text(counted), {"label": f"%{label}%"}).scalar_one()


def by_id(payments):
    return {row[0]: row[1] for row in payments}


def align(hosted, exchange_id):
    """Bring the books in line with the host's documents, as the accountant's button does."""
    odile = hosted.browser("odile")
    page = odile.get("/exchanges/documents")
    form = next(one for one in page.forms.values() if one.action.endswith(f"/{exchange_id}/documents/align"))
    form.submit(status=303)


def prove(hosted):
    from endi_ext.exchanges import invariants
    from endi_ext.ledger.audit import verify

    with hosted.session() as session:
        assert verify(session).sound
        assert invariants.check(session) == []
