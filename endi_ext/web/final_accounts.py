"""What stands at the address of a final account, found through its subcontract."""

from typing import Any

from ..subcontracts import final_accounts
from ..subcontracts.final_account_models import FinalAccount
from .lookups import find_subcontract
from .resources import SubcontractResource


class FinalAccountResource(SubcontractResource):
    """The final account of a job."""

    __name__ = "endi_ext_final_account"

    def __init__(self, parent: SubcontractResource, account: FinalAccount) -> None:
        super().__init__(parent, parent.subcontract)
        self.account = account

    @property
    def url(self) -> str:
        return self.address("final_account")

    def address(self, route: str) -> str:
        """Return the address of one of the account's pages: `address("final_account.sign")`."""
        return self.path(route, subcontract_id=self.subcontract.id, account_id=self.account.id)


def find_final_account(request: Any) -> FinalAccountResource | None:
    """The final account of the address, through its subcontract."""
    parent = find_subcontract(request)
    if parent is None:
        return None
    account_id = int(request.matchdict["account_id"])
    found = final_accounts.account_of(request.dbsession, parent.subcontract, account_id)
    return FinalAccountResource(parent, found) if found else None
