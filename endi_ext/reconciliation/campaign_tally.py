"""What is counted of a campaign and of its pairs of parties, brought in step with what was decided."""

from collections import Counter
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from ..exchanges import plain_rows
from .campaign_models import COUNTED, LEFT, SUGGESTED, Campaign, CampaignPair

PAIRS_OF_A_STATEMENT = 500


class Tally:
    """Moves from one state to another, counted once they are all known; the campaign is locked."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.moves: dict[int, Counter[str]] = {}

    def move(self, pair_id: int, before: str, after: str) -> "Tally":
        """Count one less of a state of a pair and one more of another; what is not counted is left out."""
        moved = self.moves.setdefault(pair_id, Counter())
        for state, count in ((before, -1), (after, +1)):
            if state in COUNTED:
                moved[state] += count
                self.campaign.shift(state, count)
        return self

    def keep(self, session: Session) -> None:
        """Write the counts of the pairs."""
        table = CampaignPair.__table__
        columns = [table.c[f"{state}_count"] for state in COUNTED]
        for ids in plain_rows.slices(sorted(self.moves), PAIRS_OF_A_STATEMENT):
            # Locked, so that they are read as they stand now, not as the snapshot of the request has them.
            wanted = select(table.c.id, *columns).where(table.c.id.in_(ids)).with_for_update()
            rows = [self._counted(row) for row in session.execute(wanted)]
            values: Any = {name: bindparam(f"new_{name}") for name in rows[0] if name != "pair"}
            changed = update(table).where(table.c.id == bindparam("pair")).values(**values)
            renamed = [
                {name if name == "pair" else f"new_{name}": value for name, value in row.items()}
                for row in rows
            ]
            session.connection().execute(changed, renamed)
        for one in [one for one in session.identity_map.values() if isinstance(one, CampaignPair)]:
            session.expire(one)

    def _counted(self, row: Any) -> dict[str, Any]:
        counts = {
            state: count + self.moves[row.id][state] for state, count in zip(COUNTED, row[1:], strict=True)
        }
        waits = counts[SUGGESTED] + counts[LEFT] > 0
        return {"pair": row.id, "waits": waits, **{f"{state}_count": n for state, n in counts.items()}}
