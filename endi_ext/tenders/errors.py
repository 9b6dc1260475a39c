"""What tenders refuse: codes and facts; the sentences are in web/refusals/tenders.py."""

from ..kernel.errors import DomainError


class NoticeReplaced(DomainError):
    """A newer notice is in force: what was read is no longer what the buyer asks."""

    code = "notice_replaced"


class NoticeAttached(DomainError):
    """The tender follows another notice already."""

    code = "notice_attached"


class NoLotAnswered(DomainError):
    """A team answers one lot at least."""

    code = "no_lot_answered"
    field = "answered"
