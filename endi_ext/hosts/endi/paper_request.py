"""A request in the name of the host's own account, lent while we make papers.

Nobody is given a right: the transitions this request may make ask for none, and it is handed to no view. The
host's callback that queues a second transmission is left out of them: we transmit in the same transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from caerp.celery.hacks import setup_rendering_hacks
from caerp.celery.locks import release_lock
from caerp.controllers.state_managers.validation import internalsupplier_invoice_valid_callback
from caerp.interfaces import IValidationStateManager
from caerp.models.action_manager import Action, ActionManager
from caerp.models.config import Config
from caerp.models.services.official_number import LockException
from caerp.models.supply import InternalSupplierInvoice
from caerp.models.task import InternalCancelInvoice, InternalInvoice
from caerp.models.task.services import InternalInvoiceNumberService
from caerp.models.user import User
from caerp.utils.accounting import get_accounting_closure_values
from pyramid.scripting import prepare
from pyramid_retry import RetryableException

from .paper_errors import NoNumberTemplate, NoSystemUser

# The host's own account for what nobody does ("Traitement automatique enDI"), made when it is installed.
SYSTEM_USER_ID = 0
NUMBER_TEMPLATE = "internalinvoice_number_template"


@contextmanager
def lent(registry: Any) -> Iterator[Any]:
    """Lend a request that makes papers, in the transaction under way. Raises NoSystemUser."""
    with prepare(registry=registry) as environment:
        request = environment["request"]
        user = User.get(SYSTEM_USER_ID)
        if user is None:
            raise NoSystemUser
        request.set_property(lambda _request: user, "identity", reify=True)
        request.endi_ext_makes_papers = True
        request.services.register_singleton(
            _validation(_number_sale), IValidationStateManager, context=InternalInvoice
        )
        request.services.register_singleton(
            _validation(_number_sale), IValidationStateManager, context=InternalCancelInvoice
        )
        request.services.register_singleton(
            _validation(internalsupplier_invoice_valid_callback),
            IValidationStateManager,
            context=InternalSupplierInvoice,
        )
        yield request


def ready_to_draw(request: Any, document: Any) -> None:
    """Prepare the request for the host's templates, as its own tasks do."""
    setup_rendering_hacks(request, document)


def _validation(callback: Any) -> ActionManager:
    manager = ActionManager()
    manager.add(
        Action(
            "valid",
            permission=[],
            status_attr="status",
            userid_attr="status_user_id",
            datetime_attr="status_date",
            comment_attr="status_comment",
            callback=callback,
        )
    )
    return manager


def _number_sale(request: Any, document: Any, **_said: Any) -> Any:
    """Number a sale and fix its totals, as the host's own validation does before it queues."""
    template = Config.get_value(NUMBER_TEMPLATE)
    if not template:
        raise NoNumberTemplate
    if document.official_number is None:
        _assign(request, document, template)
    document.financial_year = financial_year(document.date)
    document.cache_totals(request)
    return document


def financial_year(on: date) -> int:
    """Return the financial year of a day, named by the year it ends in; the host takes the calendar's."""
    day, month = get_accounting_closure_values()
    year: int = on.year + ((on.month, on.day) > (month, day))
    return year


def _assign(request: Any, document: Any, template: str) -> None:
    try:
        InternalInvoiceNumberService.assign_number(request, document, template)
    except LockException:
        raise
    except RetryableException:
        # The host holds its lock until a commit that will not come: for three minutes nobody could number.
        release_lock(InternalInvoiceNumberService.lock_name)
        raise
