"""The cooperative of the cases: what its accountant configured, and two parties more than the story has."""

from datetime import timedelta

import transaction
from caerp.models.base import DBSESSION
from caerp.models.company import Company
from caerp.models.config import Config
from caerp.models.expense.types import ExpenseType
from caerp.models.status import StatusLogEntry
from caerp.models.task import Task
from caerp.models.tva import Product, Tva
from caerp.models.user import Login
from caerp.models.user.access_right import AccessRight
from caerp.models.user.group import Group

SELLER, BUYER = "Atelier Trait Juste", "Menuiserie du Lac"
NOBODY = "Enseigne sans connexion"
# Its year ends in September: what is dated later belongs to the next.
CONFIG = {
    "accounting_closure_day": "30",
    "accounting_closure_month": "9",
    "code_journal_frns": "AC",
    "code_journal_paiements_frns": "BQF",
    # The host's pages otherwise date what they validate today.
    "allow_unchronological_invoice_sequence": "1",
}


def configure():
    """Set up what exports ask for, the end of the year, and a party in which nobody logs in."""
    with transaction.manager:
        for name, value in CONFIG.items():
            Config.set(name, value)
        DBSESSION().add(Company(name=NOBODY, code_compta="SANSLOGIN", email="personne@passerelles.example"))


def product_with_vat():
    """Put an internal product on a rate of 20 %, as the host's form lets one do; return its id."""
    with transaction.manager:
        rate = DBSESSION().query(Tva).filter_by(value=2000).first()
        if rate is None:
            rate = Tva(name="20 %", value=2000)
            DBSESSION().add(rate)
            DBSESSION().flush()
        product = Product(name="Prestation interne à 20 %", compte_cg="704900", internal=True, tva_id=rate.id)
        DBSESSION().add(product)
        DBSESSION().flush()
        return product.id


def second_expense_type():
    """Add an internal type of expense: the host then chooses none by itself. Return both ids."""
    with transaction.manager:
        (first,) = ExpenseType.find_internal()
        second = ExpenseType(label="Sous-traitance interne", code="604021", internal=True, active=True)
        DBSESSION().add(second)
        DBSESSION().flush()
        return first.id, second.id


def retire(type_id):
    """Leave the host one internal type of expense again."""
    with transaction.manager:
        DBSESSION().get(ExpenseType, type_id).active = False


def give(login, right):
    """Give a login one of the host's rights, in a group of its own."""
    with transaction.manager:
        group = Group(name=right[-30:], label=right, account_type="entrepreneur")
        group.access_rights.append(DBSESSION().query(AccessRight).filter_by(name=right).one())
        DBSESSION().add(group)
        DBSESSION().flush()
        DBSESSION().query(Login).filter_by(login=login).one().groups.append(group.name)


def put_back(document_ids):
    """Let an hour pass since these documents were validated."""
    with transaction.manager:
        steps = DBSESSION().query(StatusLogEntry).filter(StatusLogEntry.node_id.in_(document_ids))
        for step in steps:
            step.datetime -= timedelta(hours=1)
        # The host's own button to pass a document on waits for a minute after this one.
        for document in DBSESSION().query(Task).filter(Task.id.in_(document_ids)):
            document.status_date -= timedelta(hours=1)
