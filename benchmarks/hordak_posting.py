"""Bulk posting beside django-hordak on the same MariaDB server: its bulk_create, and its save().

    python -m benchmarks.hordak_posting [--entries 3000] [--saved 300] [--pairs 5] [--mariadb URL]

Each in a database of its own, everything in one transaction, in turn. django-hordak is given the same entries
as transactions of as many legs between as many accounts; with bulk_create it checks no balance, with save()
it checks each leg. Django has no debug mode on and keeps no log of its statements.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from benchmarks import bulk_posting, figures
from benchmarks.figures import MARIADB, Figure, ratio
from endi_ext import migrations
from endi_ext.ledger.entries import EntryDraft
from tests.mariadb import Server

BATCH = 1_000
APPLICATIONS = ("django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak")


def report(entries: int, saved: int, pairs: int, server_url: str | None) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    made = bulk_posting.drafts(entries)
    yield f"{entries} entries ({saved} with save()), {pairs} alternating rounds on MariaDB;"
    yield f"django-hordak {version('django-hordak')}; load {os.getloadavg()[0]:.1f} at the start.\n"
    with tempfile.TemporaryDirectory() as name:
        server = Server.at(server_url) if server_url else Server.start(Path(name), durable=True)
        try:
            yield from measured(server, made, saved, pairs)
        finally:
            server.stop()


def measured(server: Server, made: list[EntryDraft], saved: int, pairs: int) -> Iterator[str | Figure]:
    peer = Peer(server.new_database(), made)
    ours, bulk, one_by_one = [], [], []
    for _pair in range(pairs):
        with bulk_posting.mariadb(server) as engine:
            migrations.upgrade(engine)
            ours.append(rate(made, bulk_posting.posting(engine, made)))
        bulk.append(rate(made, timed(peer.bulk_create, made)))
        one_by_one.append(rate(made[:saved], timed(peer.save, made[:saved])))
    peer.close()
    lines = Figure(bulk_posting.OPERATION, "lines a second", "lines/s", ours, MARIADB, len(made))
    created = replace(lines, samples=bulk, who="django-hordak's bulk_create")
    kept = replace(lines, samples=one_by_one, who="django-hordak's save()")
    yield from (lines, created, kept)
    yield "| | lines/s | ours, times as fast |"
    yield "|---|---|---|"
    yield f"| ours, with chain, totals and seals | {lines.value:,.0f} | |"
    for other, goal in ((created, "2a"), (kept, "2b")):
        times = ratio(lines, other, goal=goal)
        yield times
        share = f"{times.value:.1f} ({times.lowest:.1f} to {times.highest:.1f})"
        yield f"| {other.who} | {other.value:,.0f} | {share} |"


class Peer:
    """A small Django project with django-hordak in a database of its own."""

    def __init__(self, url: str, made: Sequence[EntryDraft]) -> None:
        # What `make bench` alone installs is looked for when it is used.
        import django
        from django.conf import settings
        from django.core.management import call_command

        place = make_url(url)
        database = {
            "ENGINE": "django.db.backends.mysql",
            "NAME": place.database,
            "HOST": place.host,
            "PORT": place.port,
            "USER": place.username,
            "PASSWORD": place.password,
            "OPTIONS": {"charset": "utf8mb4"},
        }
        settings.configure(
            DATABASES={"default": database},
            INSTALLED_APPS=APPLICATIONS,
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
        )
        django.setup()
        call_command("migrate", verbosity=0)
        from django.db import connection, transaction
        from hordak import models
        from moneyed import Money

        self.connection, self.transaction = connection, transaction
        self.models, self.money = models, Money
        keys = sorted({(line.number, line.party_id) for draft in made for line in draft.lines})
        # Built by its own save(), which keeps their tree.
        self.accounts = {key: self._account(place, key) for place, key in enumerate(keys)}

    def _account(self, place: int, key: tuple[str, int]) -> Any:
        kind = self.models.AccountType.income
        return self.models.Account.objects.create(
            name=f"{key}", code=f"{place}", type=kind, currencies=["EUR"]
        )

    def bulk_create(self, made: Sequence[EntryDraft]) -> None:
        with self.transaction.atomic():
            for first in range(0, len(made), BATCH):
                some = made[first : first + BATCH]
                wanted = [self._transaction(draft) for draft in some]
                kept = self.models.Transaction.objects.bulk_create(wanted)
                legs = [leg for one, draft in zip(kept, some, strict=True) for leg in self._legs(one, draft)]
                self.models.Leg.objects.bulk_create(legs)

    def save(self, made: Sequence[EntryDraft]) -> None:
        with self.transaction.atomic():
            for draft in made:
                one = self._transaction(draft)
                one.save()
                for leg in self._legs(one, draft):
                    leg.save()

    def _transaction(self, draft: EntryDraft) -> Any:
        return self.models.Transaction(date=draft.effective_on, description=draft.text)

    def _legs(self, one: Any, draft: EntryDraft) -> Iterator[Any]:
        for line in draft.lines:
            side = "debit" if line.debit_cents else "credit"
            amount = self.money(Decimal(line.debit_cents or line.credit_cents) / 100, "EUR")
            account = self.accounts[line.number, line.party_id]
            yield self.models.Leg(transaction=one, account=account, **{side: amount})

    def close(self) -> None:
        self.connection.close()


def timed(work: Any, made: Sequence[EntryDraft]) -> float:
    begun = time.perf_counter()
    work(made)
    return time.perf_counter() - begun


def rate(made: Sequence[EntryDraft], seconds: float) -> float:
    """Return the lines posted a second."""
    return sum(len(draft.lines) for draft in made) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=3_000)
    parser.add_argument("--saved", type=int, default=300)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--mariadb", help="a server to use instead of a private one")
    figures.add_option(parser)
    chosen = parser.parse_args()
    figures.show(report(chosen.entries, chosen.saved, chosen.pairs, chosen.mariadb), chosen.json)


if __name__ == "__main__":
    main()
