"""Real client invoices in enDI for the tests: written, validated, paid and credited by its own services."""

from datetime import datetime

from sqlalchemy import select

from endi_ext.subcontracts import client_invoices, client_lines, service
from endi_ext.subcontracts.client_models import ClientLine
from endi_ext.subcontracts.models import Delivery, Subcontract
from endi_ext.subcontracts.terms import Conditions
from endi_ext.web import after_acceptance
from tests.builders import numbers
from tests.subcontracts.builders import a_delivery, a_line, a_proposal, some_terms

BUYER, SELLER = "Menuiserie du Lac", "Atelier Trait Juste"
UNITS_PER_EURO = 100_000


def a_work(hosted, *, client_mode="pro_rata"):
    """An agreement of 600 € paid when the client pays, with one delivery declared: its id."""
    with hosted.request_of("helene") as request:
        session, act = request.dbsession, hosted.host.act(request)
        buyer, seller = (session.merge(hosted.party_named(name)) for name in (BUYER, SELLER))
        conditions = Conditions(payment_kind="client", client_mode=client_mode)
        terms = some_terms(a_line("Plans", 10_000, "h", 6_000), conditions=conditions, due_on=act.today)
        key = f"client-{next(numbers)}-{buyer.id}"
        facts = {"buyer": buyer, "seller": seller, "terms": terms, "act": act, "request_key": key}
        work = a_proposal(session, title="Escalier", **facts)
        service.accept(session, work, party=seller, version=1, act=act)
        a_delivery(session, work, delivered_on=act.today, act=act, request_key=f"{key}-d")
        return work.id


def accept(hosted, work_id):
    """Let the principal accept the delivery, as the page does."""
    with hosted.request_of("helene") as request:
        session, act = request.dbsession, hosted.host.act(request)
        work = session.get(Subcontract, work_id)
        facts = {"party": work.buyer, "accepted_on": act.today, "act": act}
        service.accept_delivery(session, work.deliveries[0], **facts)
        after_acceptance.follow(request, work)


def name_invoice(hosted, work_id, invoice_id):
    with hosted.request_of("helene") as request:
        session, act = request.dbsession, hosted.host.act(request)
        work = session.get(Subcontract, work_id)
        facts = {"party": work.buyer, "act": act, "invoice_key": f"invoice:{invoice_id}"}
        client_invoices.name_invoice(session, hosted.host.receipts, work, **facts)


def choose_deal(hosted, work_id, business_id, *, rate_bp=1_000):
    """Say for which deal the work is and fix a margin of ten percent."""
    with hosted.request_of("helene") as request:
        session, act = request.dbsession, hosted.host.act(request)
        work = session.get(Subcontract, work_id)
        facts = {"party": work.buyer, "act": act}
        deal = hosted.host.receipts.deal(session, work.buyer.host_key, f"business:{business_id}")
        named = {"deal_key": deal.key, "deal_label": deal.label, "client": deal.client}
        client_lines.name_deal(session, work, **named, **facts)
        client_lines.fix_margin(session, work, kind="percent", rate_bp=rate_bp, **facts)


def lines(hosted, work_id):
    with hosted.session() as session:
        of_work = select(ClientLine).join(Delivery, Delivery.id == ClientLine.delivery_id)
        found = session.execute(of_work.where(Delivery.subcontract_id == work_id)).scalars()
        return [(line.state, line.net_cents, line.line_key) for line in found]


def let_validate(hosted, login):
    """Give somebody the host's rights to validate client invoices and credit notes, once."""
    from caerp.models.user.access_right import AccessRight
    from caerp.models.user.group import Group
    from caerp.models.user.login import Login

    with hosted.request_of(login) as request:
        session = request.dbsession
        found = session.execute(select(Group).where(Group.name == "validators")).scalars().first()
        if found is not None:
            return
        names = ("global_validate_invoice", "global_validate_cancelinvoice")
        rights = session.execute(select(AccessRight).where(AccessRight.name.in_(names))).scalars().all()
        group = Group(name="validators", label="Valide les factures", account_type="equipe_appui")
        group.access_rights.extend(rights)
        session.add(group)
        session.execute(select(Login).where(Login.login == login)).scalars().one().groups.append(group.name)


def an_invoice(hosted, *, euros=1_000, valid=True, company=BUYER, business_id=None, mode="ht"):
    """A client invoice of one line at 20 % of VAT: (invoice id, business id)."""
    from caerp.controllers.state_managers import set_validation_status
    from caerp.models.company import Company
    from caerp.models.project.business import Business
    from caerp.models.task import Invoice, TaskLine

    from endi_ext.hosts.endi.paper_request import ready_to_draw

    let_validate(hosted, "odile")
    with hosted.request_of("odile") as request:
        session = request.dbsession
        owner = session.get(Company, hosted.party_named(company).host_id)
        tva, product = _vat(session)
        project, business_type = _project(session, owner)
        known = {} if business_id is None else {"business": session.get(Business, business_id)}
        invoice = Invoice.create(
            request,
            project.customers[0],
            {
                "user": request.identity,
                "company": owner,
                "project": project,
                "phase_id": project.phases[0].id,
                "business_type_id": business_type.id,
                "name": "Facture de l'escalier",
                "description": "Escalier de la mairie",
                "date": datetime(2026, 11, 2),
                "mode": mode,
                **known,
            },
            no_price_study=True,
        )
        facts = {"tva": tva, "product": product, "quantity": 1, "unity": "forfait", "mode": mode, "order": 1}
        invoice.line_groups[0].lines.append(
            TaskLine(description="Bois", cost=euros * UNITS_PER_EURO, **facts)
        )
        invoice.cache_totals(request)
        session.flush()
        if valid:
            _log_in(request)
            ready_to_draw(request, invoice)
            set_validation_status(request, invoice, "valid")
        return invoice.id, invoice.business_id


def pay(hosted, invoice_id, euros):
    """Record a payment with VAT as the host's accountant does, and return the ids of its rows."""
    from caerp.controllers.payment.invoice import record_invoice_payment
    from caerp.models.task import Invoice

    from endi_ext.hosts.endi.paper_request import ready_to_draw

    with hosted.request_of("odile") as request:
        invoice = request.dbsession.get(Invoice, invoice_id)
        ready_to_draw(request, invoice)
        known = {one.id for one in invoice.payments}
        facts = {"amount": euros * UNITS_PER_EURO, "date": datetime(2026, 11, 9), "mode": "VIREMENT"}
        recorded = record_invoice_payment(request, invoice, facts)
        request.dbsession.flush()
        return [one.id for one in recorded if one.id not in known]


def take_back(hosted, payment_id):
    """Delete a payment as the host does."""
    from caerp.interfaces import IPaymentRecordService
    from caerp.models.task import Payment

    with hosted.request_of("odile") as request:
        payment = request.dbsession.get(Payment, payment_id)
        request.find_service(IPaymentRecordService, context=payment.invoice).delete(payment)


def credit(hosted, invoice_id, euros_net):
    """Make and validate a credit note of so much without VAT."""
    from caerp.controllers.state_managers import set_validation_status
    from caerp.models.task import Invoice

    from endi_ext.hosts.endi.paper_request import ready_to_draw

    with hosted.request_of("odile") as request:
        invoice = request.dbsession.get(Invoice, invoice_id)
        refund = invoice.gen_cancelinvoice(request, request.identity)
        refund.line_groups[0].lines[0].cost = -euros_net * UNITS_PER_EURO
        for line in refund.line_groups[0].lines[1:]:
            request.dbsession.delete(line)
        request.dbsession.flush()
        request.dbsession.refresh(refund)
        refund.cache_totals(request)
        request.dbsession.flush()
        _log_in(request)
        ready_to_draw(request, refund)
        set_validation_status(request, refund, "valid")


def _log_in(request):
    """Let the host's own policy know who asks: it reads the session of the browser."""
    from pyramid.security import remember

    remember(request, request.identity.login.login)


def _vat(session):
    from caerp.models.tva import Product, Tva

    vat = session.execute(select(Tva).where(Tva.value == 2_000)).scalars().first()
    if vat is None:
        vat = Tva(name="20 %", value=2_000, compte_cg="445710", code="T20", default=True, active=True)
        session.add(vat)
        session.flush()
        session.add(
            Product(name="Prestation", compte_cg="706000", tva_id=vat.id, internal=False, active=True)
        )
        session.flush()
    return vat, session.execute(select(Product).where(Product.tva_id == vat.id)).scalars().one()


def _project(session, company):
    from caerp.models.project import Phase, Project
    from caerp.models.project.types import ProjectType
    from caerp.models.third_party import Customer

    kind = ProjectType.query().filter_by(default=True).first()
    name = "Clients de la menuiserie"
    known = Project.query().filter_by(company_id=company.id, name=name).first()
    if known is not None:
        return known, kind.default_business_type
    customer = Customer(
        company_id=company.id,
        type="company",
        company_name="Mairie de Talloires",
        label="Mairie de Talloires",
        address="1 place de la Mairie",
        zip_code="74290",
        city="Talloires",
        lastname="Maire",
        compte_cg="411000",
        compte_tiers="MAIRIE",
    )
    project = Project(name=name, company_id=company.id, project_type_id=kind.id, mode="ht")
    project.customers.append(customer)
    session.add(project)
    session.flush()
    session.add(Phase(name="Par défaut", project_id=project.id))
    session.flush()
    session.refresh(project)
    return project, kind.default_business_type
