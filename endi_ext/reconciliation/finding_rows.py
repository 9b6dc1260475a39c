"""How what was found becomes rows: a thousand pairs in few statements, two looks one after the other.

Works on a connection, without ORM objects: a host looks at its documents while its own transaction commits.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.engine import Connection

from ..exchanges.plain_rows import slices
from ..kernel.history import Act, Event
from ..kernel.parties import Party
from .finding_models import ASSIGNED, OPEN, REPAIRED, UNSEEN, WAIVED, Finding, FindingLook
from .found import Found, PaperSide

_FINDING: Any = Finding.__table__
_LOOK: Any = FindingLook.__table__
_PARTY: Any = Party.__table__
_EVENT: Any = Event.__table__

SUBJECT = "finding"
# As many keys as either database reads at once without complaint.
KEYS_PER_STATEMENT = 500
NOBODY = ""

Place = tuple[str, str]


@dataclass
class Noted:
    """What a look changed: how many findings are new, told again, gone, and how many stand of those told."""

    new: int = 0
    again: int = 0
    gone: int = 0
    standing: int = 0


def note(
    connection: Connection,
    source: str,
    founds: Iterable[Found],
    act: Act,
    *,
    about: Collection[str] | None = None,
    how_gone: str = UNSEEN,
) -> Noted:
    """Note what a source found. Of the documents `about`, what it did not find any more is gone.

    What is new is opened; what was repaired and is found again is opened again, as is what was waived for
    another amount; anything else keeps its state.
    """
    told = {(one.key, one.code): one for one in founds}
    lock(connection)
    known = _known(connection, source, told, about or ())
    noted = Noted(standing=len(told))
    noted.new = _insert(connection, source, [one for place, one in told.items() if place not in known], act)
    noted.again = _update(connection, [(known[place], told[place]) for place in told.keys() & known], act)
    left = [row for place, row in known.items() if place not in told and row.standing]
    noted.gone = _close(connection, left, how_gone, act)
    waived = sum(known[place].state == WAIVED for place in told.keys() & known)
    noted.standing -= waived
    return noted


def sweep(connection: Connection, source: str, act: Act, *, before: Any) -> int:
    """Close what a whole look of a source, begun at `before`, did not find any more."""
    lock(connection)
    gone = and_(_FINDING.c.source == source, _FINDING.c.standing, _FINDING.c.seen_at < before)
    rows = connection.execute(select(*_READ).where(gone).order_by(_FINDING.c.id).with_for_update()).all()
    return _close(connection, rows, UNSEEN, act)


def lock(connection: Connection) -> None:
    """Let only one transaction at a time note findings, each reading what the one before it wrote."""
    connection.execute(select(_LOOK.c.source).where(_LOOK.c.source == NOBODY).with_for_update())


def steps(
    connection: Connection, rows: Iterable[tuple[int, str, str]], action: str, act: Act, reason: str | None
) -> None:
    """Note in the histories of findings (id, state before, state after) one step of many."""
    facts = {"subject": SUBJECT, "action": action, "actor_key": act.actor_key, "actor_name": act.actor_name}
    events = [
        {**facts, "subject_id": row_id, "state_before": before, "state_after": after, "at": act.at}
        for row_id, before, after in rows
    ]
    if events:
        connection.execute(_EVENT.insert(), [{**one, "reason": reason} for one in events])


# What is read of a finding to know what became of it.
_READ = tuple(
    _FINDING.c[name]
    for name in (
        "id",
        "key",
        "code",
        "about",
        "state",
        "standing",
        "times",
        "assigned_key",
        "assigned_name",
        "waiver_reason_id",
        "repaired_how",
        "severity",
        "amount_cents",
        "found_on",
        "exchange_id",
        "sale",
        "purchase",
        "facts",
        "repair",
    )
)


def _known(connection: Connection, source: str, told: Collection[Place], about: Collection[str]) -> Any:
    """Return the rows of what is told and of the documents looked at, read as they are now and kept."""
    found: dict[Place, Any] = {}
    keys = ((_FINDING.c.key, sorted({key for key, _code in told})), (_FINDING.c.about, sorted(about)))
    for column, wanted in keys:
        for some in slices(wanted, KEYS_PER_STATEMENT):
            rows = select(*_READ).where(_FINDING.c.source == source, column.in_(some))
            for row in connection.execute(rows.order_by(_FINDING.c.id).with_for_update()):
                found[row.key, row.code] = row
    return found


def _insert(connection: Connection, source: str, founds: Sequence[Found], act: Act) -> int:
    if not founds:
        return 0
    parties = _parties(connection, founds)
    rows = [
        {
            "source": source,
            "key": one.key,
            "code": one.code,
            **said(one),
            "seller_id": parties.get(one.seller_key or ""),
            "buyer_id": parties.get(one.buyer_key or ""),
            "state": OPEN,
            "standing": True,
            "times": 1,
            "found_at": act.at,
            "seen_at": act.at,
            "changed_at": act.at,
        }
        for one in founds
    ]
    connection.execute(_FINDING.insert(), rows)
    return len(rows)


def _parties(connection: Connection, founds: Iterable[Found]) -> dict[str, int]:
    keys = {key for one in founds for key in (one.seller_key, one.buyer_key) if key}
    found: dict[str, int] = {}
    for some in slices(sorted(keys), KEYS_PER_STATEMENT):
        wanted = select(_PARTY.c.host_key, _PARTY.c.id).where(_PARTY.c.host_key.in_(some))
        found.update((row.host_key, row.id) for row in connection.execute(wanted))
    return found


def _update(connection: Connection, pairs: Sequence[tuple[Any, Found]], act: Act) -> int:
    """Bring known findings up to date; return how many are opened again."""
    reopened = [(row, one) for row, one in pairs if _opens_again(row, one)]
    for action, state in (("found_again", REPAIRED), ("amount_changed", WAIVED)):
        rows = [(row.id, state, OPEN) for row, _one in reopened if row.state == state]
        steps(connection, rows, action, act, None)
    changed = [(row, one) for row, one in pairs if _opens_again(row, one) or _differs(row, one)]
    if changed:
        fields: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _CHANGING}
        statement = _FINDING.update().where(_FINDING.c.id == bindparam("row_id")).values(**fields)
        connection.execute(statement, [_as_now(row, one, act) for row, one in changed])
    same = sorted({row.id for row, _one in pairs} - {row.id for row, _one in changed})
    for some in slices(same, KEYS_PER_STATEMENT):
        connection.execute(_FINDING.update().where(_FINDING.c.id.in_(some)).values(seen_at=act.at))
    return len(reopened)


_CHANGING = (
    *("about", "severity", "amount_cents", "found_on", "exchange_id"),
    *("sale", "purchase", "facts", "repair"),
    *("state", "standing", "times", "assigned_key", "assigned_name", "waiver_reason_id", "repaired_how"),
    *("seen_at", "changed_at"),
)
# What is forgotten when a finding is opened again.
_SETTLED_BY = ("assigned_key", "assigned_name", "waiver_reason_id", "repaired_how")


def _opens_again(row: Any, one: Found) -> bool:
    changed = row.amount_cents != one.amount_cents
    return bool(row.state == REPAIRED or (row.state == WAIVED and changed))


def _differs(row: Any, one: Found) -> bool:
    now = said(one)
    return any(getattr(row, name) != value for name, value in now.items())


def _as_now(row: Any, one: Found, act: Act) -> dict[str, Any]:
    again = _opens_again(row, one)
    state = OPEN if again else row.state
    values = {
        **said(one),
        "state": state,
        "standing": state in (OPEN, ASSIGNED),
        "times": row.times + (1 if again else 0),
        **{name: None if again else getattr(row, name) for name in _SETTLED_BY},
        "seen_at": act.at,
        "changed_at": act.at,
    }
    return {"row_id": row.id, **{f"new_{name}": values[name] for name in _CHANGING}}


def _close(connection: Connection, rows: Sequence[Any], how: str, act: Act) -> int:
    """Let findings be repaired that are not found any more, with a trace of how."""
    steps(connection, ((row.id, row.state, REPAIRED) for row in rows), f"gone_{how}", act, None)
    for some in slices(sorted(row.id for row in rows), KEYS_PER_STATEMENT):
        closed = {"state": REPAIRED, "standing": False, "repaired_how": how, "changed_at": act.at}
        connection.execute(_FINDING.update().where(_FINDING.c.id.in_(some)).values(**closed))
    return len(rows)


def said(one: Found) -> dict[str, Any]:
    """Return what of a found thing may be told otherwise from one look to the next."""
    return {
        "about": about_of(one),
        "severity": one.severity,
        "amount_cents": one.amount_cents,
        "found_on": one.on,
        "exchange_id": one.exchange_id,
        "sale": _kept(one.sale),
        "purchase": _kept(one.purchase),
        "facts": {name: plain(value) for name, value in one.facts.items()},
        "repair": one.repair,
    }


def about_of(one: Found) -> str:
    """Return the document a found thing hangs on, or the exchange of one compared with the books."""
    if one.key.startswith("exchange:"):
        return one.key
    paper = one.sale or one.purchase
    return paper.key if paper is not None else one.key


def _kept(side: PaperSide | None) -> dict[str, Any] | None:
    return None if side is None else {**asdict(side), "on": side.on.isoformat()}


def plain(value: Any) -> Any:
    """Return a fact as it is kept: days in the shape Finding.told makes them days from again."""
    return value.isoformat() if isinstance(value, date) else value


def any_stands(connection: Connection, source: str, about: str) -> bool:
    """Say whether something a source found about a document is not settled."""
    known = select(_FINDING.c.id).where(
        _FINDING.c.about == about, _FINDING.c.source == source, _FINDING.c.standing
    )
    return connection.execute(known.limit(1)).scalar() is not None
