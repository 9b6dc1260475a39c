"""A small book to test upon, and what a careful forger does to it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from endi_ext.ledger import seals
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Entry, Seal
from tests.builders import TODAY, a_draft, a_party, an_act
from tests.ledger.raw import run


def a_book(session, entries=5, *, since=40):
    """Post some entries between three parties over the days before today; return the parties."""
    parties = [a_party(session) for _ in range(3)]
    drafts = [
        a_draft(
            parties[number % 3].id,
            parties[(number + 1) % 3].id,
            100 + number,
            effective_on=TODAY - timedelta(days=(number * 7) % since),
        )
        for number in range(entries)
    ]
    ledger.post_many(session, drafts, an_act())
    return parties


def reseal(connection, sequence):
    """Recompute the digest of the last entry as whoever knows our code could."""
    session = Session(bind=connection, future=True)
    entry = session.get(Entry, sequence)
    seal = session.get(Seal, sequence)
    lines = ",".join(
        f"{seals.account_json(line.account.number, line.account.party_id)}{line.counterparty_id},"
        f"{line.debit_cents},{line.credit_cents}]"
        for line in entry.lines
    )
    content = seals.content_json(
        entry.journal.code, entry.effective_on.isoformat(), lines, entry.reverses_id, entry.source
    )
    sealed = seals.sealed_json(
        content,
        entry.fiscal_year,
        entry.number,
        seal.previous_digest,
        seals.instant_text(entry.recorded_at),
        sequence,
        entry.text_digest,
        entry.total_cents,
    )
    run(
        connection,
        "UPDATE endi_ext_seal SET digest = ? WHERE entry_id = ?",
        seals.digest_of(sealed),
        sequence,
    )
    run(connection, "UPDATE endi_ext_book SET last_digest = ?", seals.digest_of(sealed))
