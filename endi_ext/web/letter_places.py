"""What the addresses of letters lead to."""

from typing import Any

from ..ledger.lettering_models import Matching
from .permissions import ACCOUNT
from .resources import Books


class BookLetter(Books):
    """A letter on an account, for accountants."""

    __name__ = "endi_ext_letter"

    def __init__(self, request: Any, matching: Matching) -> None:
        super().__init__(request)
        self.matching = matching

    @property
    def url(self) -> str:
        account = self.matching.account
        query = {"party": account.party.name, "account": account.number, "tab": "lettered"}
        return str(self.request.route_path("endi_ext.lettering", _query=query))


def find_letter(request: Any) -> Books | None:
    """The letter of the address, for those who keep the books."""
    if not request.registry.endi_ext_host.actor(request).may(ACCOUNT):
        return Books(request)
    matching = request.dbsession.get(Matching, int(request.matchdict["matching_id"]))
    return None if matching is None else BookLetter(request, matching)
