"""The ratios to reach, by key: what figures of kind ratio are held against in the report.

`reach` is the ratio wanted, `beyond` a better one; `at_least` turns the comparison round.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One ratio to reach."""

    operation: str
    against: str
    reach: float
    beyond: float | None = None
    at_least: bool = False
    unit: str = ""

    def reached(self, value: float) -> bool:
        return value >= self.reach if self.at_least else value <= self.reach

    def surpassed(self, value: float) -> bool:
        if self.beyond is None:
            return False
        return value >= self.beyond if self.at_least else value <= self.beyond

    @property
    def wanted(self) -> str:
        """Return the goal as the report writes it: "≤ 2 (≤ 1.5)"."""
        sign = "≥" if self.at_least else "≤"
        told = f"{sign} {self.reach:g}{self.unit}"
        return told if self.beyond is None else f"{told} ({sign} {self.beyond:g}{self.unit})"


GOALS = {
    "1": Goal("bulk posting: chain, totals and seals", "executemany of the same rows", 2.0, 1.5),
    "2a": Goal("bulk posting, times as fast as", "django-hordak's bulk_create", 1.5, 2.5, at_least=True),
    "2b": Goal("bulk posting, times as fast as", "django-hordak's save()", 8, 15, at_least=True),
    "3a": Goal("one durable posting, 1 writer, p50", "bare rows like its own", 3.0, 2.5),
    "3b": Goal(
        "one durable posting, 4 writers, throughput", "bare rows like its own", 0.2, 0.35, at_least=True
    ),
    "4a": Goal("trial balance now", "the same at 10,000", 1.5, 1.1),
    "4b": Goal("trial balance now", "fetching the same rows", 2.0, 1.2),
    "5": Goal("balance as of any day, p95", "the same at 10,000", 1.5, 1.2),
    "6": Goal("page of a statement, p95", "the same at 10,000", 1.5, 1.2),
    "7a": Goal("verification of the whole book", "streaming the same rows", 1.5, 1.2),
    "7b": Goal("verification, peak of memory", "", 64, unit=" MiB"),
    "7c": Goal("verification from a checkpoint, of as many new entries", "the same at 10,000", 1.5, 1.2),
    "8": Goal("bulk posting, entries a second", "the same at 10,000", 0.6, 0.8, at_least=True),
    "9a": Goal("reconciliation, recall on discrepancies", "", 0.95, 0.99, at_least=True),
    "9b": Goal("reconciliation, precision", "", 0.995, at_least=True),
    "9c": Goal("reconciliation, times as fast as", "splink", 1.0, 5.0, at_least=True),
    "11a": Goal("export in the shape of the FEC", "streaming the same rows to a CSV", 2.0, 1.3),
    "11b": Goal("export in the shape of the FEC, peak of memory", "", 64, unit=" MiB"),
    "12a": Goal("the ten most opened pages, p95", "the same at 10,000", 1.5, 1.2),
    "12b": Goal("the ten most opened pages, p95 over an empty page", "", 150, 50, unit=" ms"),
    "13": Goal("the host's own pages, plugin on", "off", 1.05, 1.02),
}
