"""URLs, forms, views and templates, the same in every host."""

from typing import Any


def includeme(config: Any) -> None:
    """Register our pages: words, looks, addresses, refusals, views."""
    config.include(".i18n")
    config.include(".assets")
    config.include(".readable")
    config.include(".routes")
    config.include(".errors")
    config.include(".troubles")
    config.scan(".views")
