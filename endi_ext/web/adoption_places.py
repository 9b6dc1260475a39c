"""What stands at the addresses of the adoption of the host's documents."""

from typing import Any

from ..reconciliation.pair_models import Adoption
from .lookups import one
from .permissions import ACCOUNT
from .resources import Books


class AdoptionBooks(Books):
    """A reading of the host's documents, for accountants."""

    __name__ = "endi_ext_adoption"

    def __init__(self, request: Any, run: Adoption) -> None:
        super().__init__(request)
        self.run = run

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.adoption.run", adoption_id=self.run.id))


def find_adoption(request: Any) -> Books | None:
    """A reading by its id, for those who keep the books; others learn nothing of which ids exist."""
    if not request.registry.endi_ext_host.actor(request).may(ACCOUNT):
        return Books(request)
    found = one(request, Adoption, "adoption_id")
    return AdoptionBooks(request, found) if found else None
