"""What a person does to get something done, counted by the browser itself: pages, forms, clicks, fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import Any

# Only what a hand does counts: scripts of a page also click and change, but what they do is not trusted.
# A choice made in a list drawn by a script is a field, as one made in a list of the browser is.
WATCHER = """
(() => {
  const seen = new WeakSet();
  const tell = what => window.endiExtEffort(what);
  const field = element => {
    if (seen.has(element) || element.matches('[type=submit], [type=button]')) return;
    seen.add(element);
    tell('fields');
  };
  addEventListener('pointerdown', event => {
    if (!event.isTrusted) return;
    tell('clicks');
    if (event.target.closest('[role=option]')) tell('fields');
  }, true);
  addEventListener('input', event => field(event.target), true);
  addEventListener('change', event => field(event.target), true);
})();
"""


@dataclass
class Effort:
    """Forms sent, clicks, fields filled, pages loaded."""

    forms: int = 0
    clicks: int = 0
    fields: int = 0
    pages: int = 0

    def __add__(self, other: "Effort") -> "Effort":
        return Effort(*(mine + its for mine, its in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Step:
    """What one person did in one go, and what it took."""

    who: str
    what: str
    effort: Effort


class Counter:
    """Counts what is done in the pages it watches, step by step."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._now = Effort()

    def watch(self, page: Any) -> None:
        """Count from now on what is done in a page and in those it leads to."""
        page.context.expose_function("endiExtEffort", self._count)
        page.context.add_init_script(WATCHER)
        page.on("request", lambda request: self._look_at(page, request))

    @contextmanager
    def step(self, who: str, what: str) -> Iterator[None]:
        """Gather what is done within into one step."""
        self._now = Effort()
        yield
        self.steps.append(Step(who, what, self._now))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave out what is done within: a script reloads where a person only waits."""
        kept, self._now = self._now, Effort()
        yield
        self._now = kept

    def total(self) -> Effort:
        """Return what all steps took together."""
        return sum((step.effort for step in self.steps), Effort())

    def _count(self, what: str) -> None:
        setattr(self._now, what, getattr(self._now, what) + 1)

    def _look_at(self, page: Any, request: Any) -> None:
        # What a screen saves by itself while one types is PUT or PATCH, and not counted.
        if request.method == "POST":
            self._count("forms")
        # A form that answers with another page is one page, not two.
        leads_on = request.is_navigation_request() and request.redirected_from is None
        if leads_on and request.frame == page.main_frame:
            self._count("pages")
