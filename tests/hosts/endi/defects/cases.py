"""What a case is: a document of the host, and the codes that must be told of it."""

from dataclasses import asdict, dataclass, field

from endi_ext.reconciliation import finding_codes as codes

__all__ = ["Case", "Cases", "codes"]


@dataclass(frozen=True)
class Case:
    """`name` is the defect's in docs/findings.md, `key` the document it is told of."""

    name: str
    key: str
    codes: tuple[str, ...]


@dataclass
class Cases:
    """All cases made, and how many sound exchanges beside."""

    made: list[Case] = field(default_factory=list)
    sound: int = 0
    # Documents validated long enough ago that the worker will not make their mirror any more.
    old: list[int] = field(default_factory=list)
    # Documents validated this moment: the worker has still to make their mirror.
    recent: list[int] = field(default_factory=list)

    def told(self, name, kind, document_id, *expected):
        self.made.append(Case(name, f"{kind}:{document_id}", tuple(sorted(expected))))

    def invoice(self, name, document_id, *expected):
        self.told(name, "invoice", document_id, *expected)

    def as_json(self):
        return {
            "cases": [asdict(one) for one in self.made],
            "sound": self.sound,
            "old": self.old,
            "recent": self.recent,
        }
