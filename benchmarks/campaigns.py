"""What a campaign of matching costs: begun, written part by part, and what its pages read, at two sizes.

    python -m benchmarks.campaigns [--small 10000] [--large 100000] [--rounds 5] [--json FILE]

Lists are those of benchmarks.reconciliation. Pages should cost the same whatever the lists hold; a part is
so many rows, whatever the lists hold too.
"""

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from benchmarks import figures
from benchmarks.figures import Figure
from benchmarks.growing import add_options, grown, in_turn, milliseconds, on_engines
from endi_ext import migrations
from endi_ext.kernel.engine import make_engine, read_only
from endi_ext.kernel.history import Act
from endi_ext.reconciliation import campaign_decisions as decisions
from endi_ext.reconciliation import campaign_queries as queries
from endi_ext.reconciliation import campaigns
from endi_ext.reconciliation.campaign_models import FILES, LOADING, Campaign, CampaignDocument, CampaignMatch
from endi_ext.reconciliation.campaign_rows import Listed
from tests.reconciliation.hard_world import a_hard_world

ACT = Act("cli", "Mesure", datetime(2026, 11, 22, 9, tzinfo=UTC), date(2026, 11, 22))
ROWS = 50


class Measured:
    """A campaign of a size, and what is measured on it."""

    def __init__(self, engine: Engine, exchanges: int) -> None:
        migrations.upgrade(engine)
        self.engine = engine
        world = a_hard_world(1, exchanges, parties=max(10, exchanges // 100), share=1 / 12)
        sides = world.sales, world.purchases
        lists = [Listed(some, [(one.label, one.reference) for one in some], {}) for some in sides]
        requests = [milliseconds(lambda: self._start(*lists))]
        while self._state() == LOADING:
            requests.append(milliseconds(self._advance))
        self.ms_of_each = sum(requests) / exchanges
        self.longest_part_ms = max(requests[1:], default=0.0)

    def _start(self, sales: Listed, purchases: Listed) -> None:
        with Session(self.engine, future=True) as session:
            words: dict[str, Any] = {"name": "Mesure", "source": FILES, "request_key": "measure", "act": ACT}
            self.id = campaigns.start(session, sales, purchases, **words).id
            session.commit()

    def _advance(self) -> None:
        with Session(self.engine, future=True) as session:
            campaigns.advance(session, self.id)
            session.commit()

    def _state(self) -> str:
        with Session(self.engine, future=True) as session:
            return str(session.get(Campaign, self.id).state)

    def pairs(self) -> None:
        """Read what the summary reads."""
        with read_only(Session(self.engine, future=True)) as session:
            campaign = session.get(Campaign, self.id)
            assert queries.pairs_page(session, campaign, waiting=True, cursor=None, size=ROWS).rows
            assert queries.acceptable(session, campaign)

    def suggested(self) -> None:
        """Read a page of suggestions with their documents."""
        with read_only(Session(self.engine, future=True)) as session:
            listed = queries.matches_of(session.get(Campaign, self.id), "suggested")
            found = queries.page_of(session, listed, CampaignMatch.id, None, ROWS)
            assert queries.documents_of(session, found.rows)

    def left(self) -> None:
        """Read a page of what is left over."""
        with read_only(Session(self.engine, future=True)) as session:
            listed = queries.leftovers_of(session.get(Campaign, self.id), "left")
            assert queries.page_of(session, listed, CampaignDocument.id, None, ROWS).rows

    def accept(self) -> None:
        """Accept the next suggestion."""
        with Session(self.engine, future=True) as session:
            listed = queries.matches_of(session.get(Campaign, self.id), "suggested")
            found = queries.page_of(session, listed, CampaignMatch.id, None, 1)
            decisions.accept(session, self.id, found.rows[0].id, ACT)
            session.commit()

    def standing(self) -> None:
        """Count what a month waits for."""
        with read_only(Session(self.engine, future=True)) as session:
            assert campaigns.standing(session, date(2000, 1, 1), date(2099, 12, 31))[0]


def report(chosen: argparse.Namespace) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    sizes = f"Lists of {chosen.small:,} and {chosen.large:,} exchanges"
    yield f"{sizes}, {chosen.rounds} alternating rounds, medians; ms.\n"
    yield from on_engines(measured, chosen)


READINGS = {
    "pairs": "summary of a campaign",
    "suggested": "page of suggestions",
    "left": "page of what is left over",
    "accept": "a suggestion accepted",
    "standing": "what a month waits for",
}


def measured(
    name: str, new_url: Callable[[], str], small: int, large: int, rounds: int
) -> Iterator[str | Figure]:
    one, other = (Measured(make_engine(new_url()), exchanges) for exchanges in (small, large))
    sizes = small, large
    each = [[found.ms_of_each] for found in (one, other)]
    yield from grown(name, "matched and written, each exchange", sizes, each)
    longest = [[found.longest_part_ms] for found in (one, other)]
    if all(some[0] for some in longest):
        yield from grown(name, "the longest part written", sizes, longest)
    for work, what in READINGS.items():
        yield from grown(name, what, sizes, in_turn(rounds, getattr(one, work), getattr(other, work)))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_options(parser)
    chosen = parser.parse_args()
    figures.show(report(chosen), chosen.json)


if __name__ == "__main__":
    main()
