"""What changed in the host's documents since the last adoption, brought into the books each night."""

from datetime import datetime
from typing import Any

from ..kernel.history import Act
from ..reconciliation import adoption, adoption_steps
from ..reconciliation import adoption_runs as runs
from ..reconciliation.pair_models import RUNNING, Adoption


def run(request: Any, act: Act) -> int:
    """Adopt what is new, batch by batch, if the cooperative wants it; return how many exchanges changed."""
    host = request.registry.endi_ext_host
    with host.transaction(request) as session:
        last = runs.last_adopted(session) if runs.is_nightly(session) else None
        if last is None:
            return 0
        key = f"nightly {act.at.isoformat()}"
        begun = runs.begin(
            session, host.documents, dry_run=False, request_key=key, act=act, since=_since(last)
        )
        session.flush()  # its id is what the batches go by
        run_id, state = begun.id, begun.state
    while state == RUNNING:
        with host.transaction(request) as session:
            done = runs.go_on(session, session.get(Adoption, run_id), host.documents, act)
            state, counts = done.state, done.counts
    changed = (adoption.ADOPTED, adoption.UPDATED)
    return sum(of_it.get(one, 0) for of_it in counts.values() for one in changed)


def _since(last: Adoption) -> datetime | None:
    """Return from when on to read: all, where something waited that the host knows nothing of."""
    waited = any(adoption_steps.ENTRY_WAITS in of_it for of_it in last.counts.values())
    return None if waited else last.started_at
