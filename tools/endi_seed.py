"""Fill an empty enDI with the people and companies of the demonstration, through the host's own models.

    python tools/endi_seed.py INI

Creates the host's tables and default rows first. Idempotent: who exists, by login or by name, is left alone.
"""

import sys

import transaction
from pyramid.paster import bootstrap

from endi_ext.hosts.demo import people

CONFIG = {
    "cae_business_name": people.COOPERATIVE_NAME,
    "cae_legal_status": "SCOP SA à capital variable",
    "cae_address": "1 rue de la Coopération",
    "cae_zipcode": "38000",
    "cae_city": "Grenoble",
    "cae_admin_mail": "admin@passerelles.example",
    "internalnumero_analytique": people.COOPERATIVE_CODE,
    "internalcae_general_customer_account": "411900",
    "internalcae_general_supplier_account": "401900",
    "internalcode_journal": "VTINT",
    "internalcode_journal_frns": "ACINT",
    "internalcode_journal_encaissement": "BQINT",
    "internalcode_journal_paiements_frns": "BQFINT",
    "internalbank_general_account": "580000",
}
# What the host leaves without account: the product of internal invoices.
INTERNAL_PRODUCT_ACCOUNT = "704900"
# role: account type, groups of the host
ROLES = {
    people.ENTREPRENEUR: ("entrepreneur", ("contractor",)),
    people.ACCOUNTANT: ("equipe_appui", ("accounting",)),
    people.ADMIN: ("equipe_appui", ("admin",)),
    people.FOLLOWER: ("equipe_appui", ("adviser",)),
    people.ARBITER: ("equipe_appui", ("adviser",)),  # the right to arbitrate comes later, with our tables
}
# The host's predefined groups let every adviser read every company: ours follows some and reads those.
ADVISERS = {
    "name": "adviser",
    "label": "Accompagnement de quelques enseignes",
    "right": "global_accompagnement",
}


def main(ini, password):
    environment = bootstrap(ini)
    create_defaults()
    with transaction.manager:
        configure()
        create_advisers()
        users = {person.login: user_of(person, password) for person in people.PEOPLE}
        for company in people.COMPANIES:
            create_company(company, users)
    environment["closer"]()


def create_defaults():
    from caerp.models.populate import populate_database
    from caerp.scripts.caerp_migrate import fetch_head_command, is_alembic_initialized

    populate_database()
    if not is_alembic_initialized("caerp"):
        fetch_head_command("caerp")
    transaction.commit()


def configure():
    from caerp.models.config import Config

    for name, value in CONFIG.items():
        if not Config.get_value(name, default=""):
            Config.set(name, value)
    configure_documents()


def configure_documents():
    """Give the host's internal product its account, so that what is made of exchanges can be exported."""
    from caerp.models.base import DBSESSION
    from caerp.models.tva import Product

    for product in DBSESSION().query(Product).filter_by(internal=True, compte_cg=None):
        product.compte_cg = INTERNAL_PRODUCT_ACCOUNT


def create_advisers():
    from caerp.models.base import DBSESSION
    from caerp.models.user.access_right import AccessRight
    from caerp.models.user.group import Group

    if DBSESSION().query(Group).filter_by(name=ADVISERS["name"]).count():
        return
    right = DBSESSION().query(AccessRight).filter_by(name=ADVISERS["right"]).one()
    group = Group(name=ADVISERS["name"], label=ADVISERS["label"], account_type="equipe_appui")
    group.access_rights.append(right)
    DBSESSION().add(group)
    DBSESSION().flush()


def user_of(person, password):
    from caerp.models.base import DBSESSION
    from caerp.models.user import Login, User

    known = DBSESSION().query(Login).filter_by(login=person.login).first()
    if known is not None:
        return known.user
    account_type, groups = ROLES[person.role]
    login = Login(login=person.login, password=password, account_type=account_type)
    first, _, last = person.name.partition(" ")
    user = User(firstname=first, lastname=last, email=f"{person.login}@passerelles.example", login=login)
    DBSESSION().add(user)
    DBSESSION().flush()
    for group in groups:
        login.groups.append(group)
    DBSESSION().flush()
    return user


def create_company(company, users):
    from caerp.models.base import DBSESSION
    from caerp.models.company import Company

    if DBSESSION().query(Company).filter_by(name=company.name).count():
        return
    row = Company(
        name=company.name,
        goal=company.trade,
        code_compta=company.analytic_code,
        email=company.email,
        zip_code=company.postcode,
        city=company.city,
        internalcontribution=None if company.rate_bp is None else company.rate_bp / 100,
        follower_id=users[company.follower].id if company.follower else None,
    )
    row.employees.extend(users[login] for login in company.people)
    DBSESSION().add(row)
    DBSESSION().flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
