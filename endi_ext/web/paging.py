"""Where one is in a long list: cursors of pages by key, and the addresses around them."""

import re
from typing import Any

LONG_NUMBER = re.compile(r"\d{16}")


def cursor_of(request: Any) -> str | None:
    """Return the cursor of the address; one that cannot be ours (an endless number) is none."""
    cursor = request.params.get("cursor", "")
    return cursor if 0 < len(cursor) <= 120 and not LONG_NUMBER.search(cursor) else None


def size_of(request: Any) -> int:
    """Return how many rows a page of a list shows."""
    return int(request.registry.endi_ext_settings["endi_ext.page_size"])


def address(request: Any, **changes: Any) -> str:
    """Return the present address with some of its query changed; an empty value takes a key away."""
    query = {**request.GET.mixed(), **changes}
    return str(request.current_route_path(_query={key: value for key, value in query.items() if value}))
