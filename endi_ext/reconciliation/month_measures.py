"""What each check of a month counts: how many things stand, and the cents at stake."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..exchanges.models import Exchange
from ..exchanges.paper_models import FAILED, PENDING, DocumentTask
from ..kernel import paris
from ..ledger import drafts, export_marks, exports, verifications
from ..ledger.export_models import ExportMark
from ..ledger.models import OPEN, Book, Checkpoint, Entry, Period
from . import finding_looks
from .month_balances import Setting, Standing


def previous_months(setting: Setting) -> Standing:
    """Return how many earlier months with entries are open."""
    entries = select(Entry.id).where(Entry.effective_on.between(Period.starts_on, Period.ends_on)).exists()
    open_before = Period.state == OPEN, Period.starts_on < setting.span.starts_on, entries
    count = select(func.count()).select_from(Period).where(*open_before)
    return int(setting.session.execute(count).scalar_one()), 0


def waiting(setting: Setting) -> Standing:
    """Return how many entries wait in the drafts that closing the month would keep out of their days.

    Closing it closes the months without entries before it too: what waits in those counts as well.
    """
    return drafts.standing(setting.session, *_open_days(setting))


def waits_now(setting: Setting) -> bool:
    """Say whether an entry waits, also one put aside since the snapshot was taken: the head is taken."""
    return drafts.any_waits(setting.session, *_open_days(setting))


def papers(setting: Setting) -> Standing:
    """Return how many papers of exchanges of the month, or before, the host did not make."""
    wanted = (
        select(func.count(), func.coalesce(func.sum(Exchange.net_cents), 0))
        .select_from(DocumentTask)
        .join(Exchange, Exchange.id == DocumentTask.exchange_id)
        .where(DocumentTask.state.in_((PENDING, FAILED)), Exchange.accepted_on <= setting.span.ends_on)
    )
    count, cents = setting.session.execute(wanted).one()
    return int(count), int(cents)


def compared(setting: Setting) -> Standing:
    """Return 1 unless the host's documents were compared, all of them, since the month ended."""
    if setting.documents is None:
        return 0, 0
    look = finding_looks.of_source(setting.session)
    finished_at = None if look is None else look.finished_at
    after = finished_at is not None and paris.day_of(finished_at) > setting.span.ends_on
    return int(not after), 0


def host_exports(setting: Setting) -> Standing:
    """Return how many of the host's own documents of the month it did not hand to the accounting software."""
    if setting.documents is None:
        return 0, 0
    found: Standing = setting.documents.unexported(
        setting.session, setting.span.starts_on, setting.span.ends_on
    )
    return found


def journal(setting: Setting) -> Standing:
    """Return how many entries of the month were never exported.

    Where no file has a day of it, that is all of them: counted along the index, and summed from totals.
    """
    session, span = setting.session, setting.span
    covers = ExportMark.starts_on <= span.ends_on, ExportMark.ends_on >= span.starts_on
    if session.execute(select(ExportMark.id).where(*covers).limit(1)).first() is None:
        return exports.entries_of(session, span), sum(one.debit_cents for one in setting.moved)
    return export_marks.standing(session, span.starts_on, span.ends_on)


def altered(setting: Setting) -> Standing:
    """Return 1 where the last verification found the chain broken."""
    last = verifications.last(setting.session)
    return int(last is not None and bool(last[0].break_code)), 0


def verification(setting: Setting) -> Standing:
    """Return how many entries no verification has read, unless one ended after the month did."""
    last, recorded = verifications.last(setting.session), _last_sequence(setting.session)
    if last is None or not last[0].sound:
        return recorded, 0
    after = paris.day_of(last[1]) > setting.span.ends_on
    return (0 if after else max(recorded - last[0].entries, 0)), 0


def checkpoint(setting: Setting) -> Standing:
    """Return how many entries no signed checkpoint covers, unless one was signed after the month."""
    wanted = select(Checkpoint).order_by(Checkpoint.id.desc()).limit(1)
    last, recorded = setting.session.execute(wanted).scalars().first(), _last_sequence(setting.session)
    if last is None:
        return recorded, 0
    after = paris.day_of(last.signed_at) > setting.span.ends_on
    return (0 if after else int(recorded - last.sequence)), 0


def mirrored(name: str) -> Callable[[Setting], Standing]:
    """Return what measures whether the two sides of a name of MIRRORED agree over the month."""

    def measure(setting: Setting) -> Standing:
        cents = setting.left_on(name)
        return int(cents != 0), abs(cents)

    return measure


def days(standing: Callable[..., Standing]) -> Callable[[Setting], Standing]:
    """Return what measures what stands within the days of the month."""

    def measure(setting: Setting) -> Standing:
        return standing(setting.session, setting.span.starts_on, setting.span.ends_on)

    return measure


def _open_days(setting: Setting) -> tuple[date, date]:
    return drafts.first_open_day(setting.session) or date.min, setting.span.ends_on


def _last_sequence(session: Session) -> int:
    return int(session.execute(select(Book.last_sequence)).scalar_one())
