"""An empty page of a host: its frame, its menus and who is logged in, nothing else. Included by an ini."""

from typing import Any

PATH = "/benchmark/empty"


def includeme(config: Any) -> None:
    """Add the page, for whoever is logged in."""
    config.add_route("benchmark.empty", PATH)
    config.add_view(_show, route_name="benchmark.empty", renderer="benchmarks:empty_page.mako")


def _show(_request: Any) -> dict[str, str]:
    return {"title": "Page vide"}
