"""The real enDI: `caerp.includes = endi_ext` in its ini, and nothing else."""

from pathlib import Path
from typing import Any


def includeme(config: Any) -> None:
    """Offer what ports.py asks of a host, in the web server and in the worker."""
    # Imported here: our command line reads the directory too, without the host's application.
    from pyramid.events import ApplicationCreated

    from ..clock import SystemClock
    from . import following, guard, notifying, payments, receipt_watch, rights, tasks, watching
    from .accounting import EndiAccounting
    from .directory import EndiDirectory
    from .documents import EndiDocuments
    from .identity import EndiHost
    from .mailer import WorkerMailer
    from .notifier import EndiNotifier
    from .receipts import EndiReceipts
    from .shell import EndiShell

    rights.extend()
    config.registry.endi_ext_host = EndiHost(
        name="endi",
        directory=EndiDirectory(),
        clock=SystemClock(),
        shell=EndiShell(),
        documents=EndiDocuments(),
        accounting=EndiAccounting(),
        mailer=WorkerMailer(),
        notifier=EndiNotifier(),
        receipts=EndiReceipts(),
    )
    following.listeners.register()
    receipt_watch.listeners.register()
    guard.register()
    payments.register(config)
    watching.listen()
    watching.subscribe(config)
    tasks.listen()
    notifying.listen()
    config.include(".readiness")
    config.add_subscriber(_read_settings_beside_the_ini, ApplicationCreated)
    if hasattr(config, "add_admin_view"):  # the worker serves no pages
        config.include(".readiness.add_guard")


def _read_settings_beside_the_ini(event: Any) -> None:
    """Resolve our paths from the folder of the host's ini, as the command line does.

    Plugins are not told where it is; what starts Celery is, later.
    """
    import pyramid_celery

    from ... import settings
    from ...ledger import seals

    if pyramid_celery.ini_file:
        registry = event.app.registry
        here = str(Path(pyramid_celery.ini_file).absolute().parent)
        registry.endi_ext_settings = settings.read(registry.settings, here=here)
        seals.keep_key_at(registry.endi_ext_settings["endi_ext.signing_key"])
