"""The context of the demo's own pages."""

from typing import Any


class Root:
    """Every page of the demo's own: its permissions are global, it has no ACL."""

    __name__ = ""
    __parent__ = None

    def __init__(self, request: Any) -> None:
        self.request = request
