"""Start enDI's worker application without Celery and write a company there: `python -m … WORKER_INI`."""

import sys


def main(ini):
    import transaction
    from pyramid.paster import bootstrap

    environment = bootstrap(ini)
    request = environment["request"]
    from caerp.models.base import DBSESSION
    from caerp.models.company import Company

    from endi_ext.kernel import parties

    host = request.registry.endi_ext_host
    with transaction.manager:
        company = Company(name="Écrite par le worker")
        DBSESSION().add(company)
        DBSESSION().flush()
        key = f"company:{company.id}"
    print("party:", parties.by_host_key(DBSESSION(), key).name)
    print("actor:", host.act(request).actor_key)
    environment["closer"]()


if __name__ == "__main__":
    main(*sys.argv[1:])
