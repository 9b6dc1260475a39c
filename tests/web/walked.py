"""How a form of the walk is written down."""

from collections.abc import Callable
from dataclasses import dataclass, field

REASON = {"reason": "Essai de double envoi"}


@dataclass(frozen=True)
class Walked:
    """A form: its route, who sends it, the page it is on, where it goes and what is typed.

    `changes` says whether sending it writes anything; `before` are forms of other routes sent first, `left`
    the companies that have left the cooperative by then. `made` makes what else there is and
    returns its ids. `decision` is which of its buttons is pressed, where they have a say.
    """

    route: str
    login: str
    page: str
    action: str
    typed: dict = field(default_factory=dict)
    changes: bool = True
    before: tuple = ()
    left: tuple = ()
    made: Callable | None = None
    decision: str | None = None


def on(route, login, page, typed=None, **options):
    """A form on a page of its own."""
    return Walked(route, login, page, page, typed or {}, **options)


def button(route, login, page, action, typed=None, **options):
    """A button on the page of something."""
    return Walked(route, login, page, action, typed or {}, **options)
