"""The real enDI: `caerp.includes = endi_ext` in its ini, and nothing else."""

from typing import Any


def includeme(config: Any) -> None:
    """Offer what ports.py asks of a host, in the web server and in the worker."""
    # Imported here: our command line reads the directory too, without the host's application.
    from . import following, rights, tasks
    from .clock import SystemClock
    from .directory import EndiDirectory
    from .documents import EndiDocuments
    from .identity import EndiHost
    from .mailer import WorkerMailer
    from .shell import EndiShell

    assert tasks  # the worker knows a task once its module is loaded
    rights.extend()
    config.registry.endi_ext_host = EndiHost(
        name="endi",
        directory=EndiDirectory(),
        clock=SystemClock(),
        shell=EndiShell(),
        documents=EndiDocuments(),
        mailer=WorkerMailer(),
    )
    following.register()
    config.include(".readiness")
    if hasattr(config, "add_admin_view"):  # the worker serves no pages
        config.include(".readiness.add_guard")
