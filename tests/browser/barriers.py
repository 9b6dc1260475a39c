"""What keeps people from reading a page: barriers that axe finds, and a page wider than its window."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

BARRIERS = ("serious", "critical")
# What turns for ever, as a wheel of waiting does, arrives nowhere.
ARRIVED = """
    for (const move of document.getAnimations())
        if (move.effect.getComputedTiming().endTime !== Infinity) move.finish();
"""


def barriers_of(page: Any, within: str | None = None) -> list[str]:
    """Return what axe finds serious or critical in a page, or in a part of it, each with the element."""
    page.evaluate(ARRIVED)
    return [
        f"{violation['id']}: {violation['help']} – {node['html'][:200]}"
        for violation in Axe().run(page, context=within).response["violations"]
        if violation["impact"] in BARRIERS
        for node in violation["nodes"]
    ]


def overflow_of(page: Any) -> int:
    """Return by how many pixels a page is wider than its window, once what moves has arrived."""
    page.evaluate(ARRIVED)
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))
