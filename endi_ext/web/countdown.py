"""How long until a deadline, as people say it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..kernel.paris import day_of
from .i18n import _
from .states import CAUTION, INVALID, NEUTRAL

# From here on it is urgent; from here on, soon.
URGENT, SOON = timedelta(days=3), timedelta(days=8)


@dataclass(frozen=True)
class Countdown:
    """A marked sentence with its facts, and the host's class of its colour."""

    text: str
    css: str
    facts: dict[str, Any] = field(default_factory=dict)


def until(deadline: datetime, now: datetime) -> Countdown:
    """Return how long is left until a deadline, or how long ago it was; days are those of Paris."""
    left, days = deadline - now, (day_of(deadline) - day_of(now)).days
    if left <= timedelta(0):
        return _since(-days)
    css = INVALID if left < URGENT else CAUTION if left < SOON else NEUTRAL
    minutes = int(left.total_seconds() // 60)
    if minutes < 2:
        return Countdown(_("dans un instant"), css)
    if minutes < 120:
        return Countdown(_("dans {minutes} minutes"), css, {"minutes": minutes})
    if days == 0:
        return Countdown(_("aujourd’hui, dans {hours} heures"), css, {"hours": minutes // 60})
    if days == 1:
        return Countdown(_("demain"), css)
    return Countdown(_("dans {days} jours"), css, {"days": days})


def _since(days: int) -> Countdown:
    if days == 0:
        return Countdown(_("passée aujourd’hui"), NEUTRAL)
    if days == 1:
        return Countdown(_("passée depuis hier"), NEUTRAL)
    return Countdown(_("passée depuis {days} jours"), NEUTRAL, {"days": days})


def now_of(request: Any) -> datetime:
    """Return the present instant, by the clock of the host."""
    now: datetime = request.registry.endi_ext_host.clock.now()
    return now
