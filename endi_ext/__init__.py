"""Subcontracting, joint tenders and internal exchanges for enDI, on one ledger nobody can alter."""

from typing import Any

from . import settings


def includeme(config: Any) -> None:
    """Plug into the host: its ports first, then our pages where the host serves pages.

    Changes nothing that belongs to the whole application: default permission, CSRF options, root factory,
    locale.
    """
    from .ledger import seals

    registry = config.registry
    registry.endi_ext_settings = settings.read(registry.settings, here=registry.settings.get("here", "."))
    seals.keep_key_at(registry.endi_ext_settings["endi_ext.signing_key"])
    if getattr(registry, "endi_ext_host", None) is None:
        # A host of its own making says what it is before including us; else we are in enDI.
        config.include("endi_ext.hosts.endi")
    if _serves_pages(config):
        config.include("endi_ext.web")
        registry.endi_ext_host.shell.add_menus(config)


def _serves_pages(config: Any) -> bool:
    """Say whether pages are wanted: enDI's Celery worker includes plugins too, without `add_admin_view`."""
    return config.registry.endi_ext_host.name != "endi" or hasattr(config, "add_admin_view")
