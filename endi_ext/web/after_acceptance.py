"""What follows from an acceptance, or its reversal, on the side of the client: called by views.

The services of subcontracts know no host. What the client paid already makes its part due at once, and the
line to invoice to the client goes to a draft of the host in the same transaction, so that it goes there once.
What no page does (an acceptance by silence) is a duty of the day: its line waits for its principal to add it.
"""

from typing import Any

from ..kernel.history import Act
from ..subcontracts import client_lines, client_payments, steps
from ..subcontracts.models import Subcontract


def follow(request: Any, subcontract: Subcontract) -> int:
    """Follow the client's payments and keep the lines to invoice; return how many lines went to a draft."""
    host, session = request.registry.endi_ext_host, request.dbsession
    if host.receipts is None:
        return 0
    act: Act = host.act(request)
    client_payments.follow(session, host.receipts, subcontract, act)
    client_lines.keep_lines(session, subcontract, act)
    return add_to_draft(request, subcontract)


def add_to_draft(request: Any, subcontract: Subcontract) -> int:
    """Add the lines that wait to a draft invoice of the deal; return how many went."""
    host, session = request.registry.endi_ext_host, request.dbsession
    locked = steps.lock(session, Subcontract, subcontract.id)
    job = client_payments.job_if_any(session, locked)
    if job is None or not job.deal_key:
        return 0
    added = 0
    for line in client_lines.waiting_lines(session, locked):
        facts = (locked.buyer.host_key, job.deal_key, line.label, line.net_cents)
        key = host.receipts.add_line(request, *facts)
        if key is None:
            break
        client_lines.settle_line(session, line, action="add", line_key=key)
        added += 1
    return added
