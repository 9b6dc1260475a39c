"""What keeps people from reading a page: barriers that axe finds, and a page wider than its window."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

BARRIERS = ("serious", "critical")


def barriers_of(page: Any, within: str | None = None) -> list[str]:
    """Return what axe finds serious or critical in a page, or in a part of it, each with the element."""
    return [
        f"{violation['id']}: {violation['help']} – {node['html'][:200]}"
        for violation in Axe().run(page, context=within).response["violations"]
        if violation["impact"] in BARRIERS
        for node in violation["nodes"]
    ]


def overflow_of(page: Any) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))
