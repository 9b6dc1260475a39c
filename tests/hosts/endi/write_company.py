"""Write a company in a host started for this alone: `python -m … INI NAME`; it is taken back at the end."""

import sys

from tests.hosts.endi.hosted import Endi


def main(ini, name):
    import transaction
    from caerp.models.base import DBSESSION
    from caerp.models.company import Company

    from endi_ext.hosts.endi import payments

    host = Endi.started(ini)
    company_id = host.add_company(name=name, analytic_code="SANS")
    with transaction.manager:
        company = Company.get(company_id)
        print(company.name)
        DBSESSION().delete(company)
    # Whoever records a payment asks this first: without our tables the answer is the host's own way.
    with transaction.manager:
        print("pair of ours:", payments.locked_pair("invoice", company_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
