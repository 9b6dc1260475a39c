"""Two lists sent by a form: read, refused line by line, the good one kept for the next attempt."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from ..exchanges.rows import Refusal
from ..exchanges.spreadsheets import MEBIBYTE, FileRefused, Limits
from ..reconciliation import lists
from ..reconciliation.campaign_rows import Listed
from ..reconciliation.campaigns import MOST_DOCUMENTS
from ..reconciliation.documents import PURCHASES, SALES
from . import uploads
from .i18n import _
from .messages import sentence

COLUMNS = {
    "required": ("id", "seller", "buyer", "date", "amount"),
    "optional": ("label", "reference"),
    "french": ("identifiant", "vendeur", "acheteur", "date", "montant", "libellé", "référence"),
}
TITLES = {SALES: _("Ventes"), PURCHASES: _("Achats")}
UNPACKED_BYTES = 300 * MEBIBYTE


@dataclass
class OneFile:
    """A file, what it says and why it is refused; `token` leads to what was kept of it before."""

    name: str = ""
    stream: Any = None
    token: str = ""
    found: lists.Read = field(default_factory=lists.Read)
    refused: list[Any] = field(default_factory=list)


@dataclass
class Files:
    """The two files of a form."""

    of: dict[str, OneFile]

    @property
    def sound(self) -> bool:
        """Whether both can be used."""
        return len(self.sound_sides) == len(self.of)

    @property
    def sound_sides(self) -> list[str]:
        """The sides whose file can be used."""
        return [side for side, one in self.of.items() if not one.refused]

    def listed(self, side: str) -> Listed:
        """Return one of the two lists."""
        one = self.of[side]
        return Listed(one.found.documents, one.found.told, one.found.names, one.name)

    def kept(self, owner_key: str) -> dict[str, str]:
        """Keep the files that can be used; return the hidden fields that lead back to them."""
        values = {}
        for side, one in self.of.items():
            sound = not one.refused
            if sound and not one.token:
                one.token = uploads.keep(one.stream, owner_key)
            values[f"kept_{side}"] = one.token if sound else ""
            values[f"kept_{side}_name"] = one.name if sound else ""
        return values

    def forget_when_committed(self, request: Any, owner_key: str) -> None:
        """Remove what was kept, once the campaign is committed."""
        tokens = [one.token for one in self.of.values() if one.token]

        def forget(committed: bool) -> None:
            for token in tokens if committed else ():
                uploads.forget(token, owner_key)

        request.tm.get().addAfterCommitHook(forget)


def kept_before(request: Any) -> list[str]:
    """Return the sides whose file an earlier attempt kept, as the form says."""
    return [side for side in (SALES, PURCHASES) if request.POST.get(f"kept_{side}")]


def most_bytes(request: Any) -> int:
    """Return how large a list may be."""
    return int(request.registry.endi_ext_settings["endi_ext.matching_limit_bytes"])


def read(request: Any, typed: dict[str, Any], owner_key: str) -> Files:
    """Return what both files of a form say, each with what is refused of it."""
    limits = Limits(file_bytes=most_bytes(request), unpacked_bytes=UNPACKED_BYTES, rows=MOST_DOCUMENTS)
    files = Files({side: _one(typed, side, owner_key) for side in (SALES, PURCHASES)})
    for one in files.of.values():
        _read(one, limits)
        one.refused = [_told(refusal, request.endi_ext) for refusal in one.refused]
    return files


def _one(typed: dict[str, Any], side: str, owner_key: str) -> OneFile:
    upload = typed[side]
    if upload is not None:
        return OneFile(upload.filename[-190:], upload.file)
    kept = typed[f"kept_{side}"]
    stream = uploads.reopen(kept, owner_key) if kept else None
    return OneFile(typed[f"kept_{side}_name"], stream, kept if stream else "")


def _read(one: OneFile, limits: Limits) -> None:
    if one.stream is None:
        one.refused = [Refusal(0, "", "list_missing", {})]
        return
    one.stream.seek(0)
    try:
        one.found = lists.read(one.stream, limits)
    except FileRefused as refusal:
        one.refused = [Refusal(refusal.line, refusal.column, refusal.code, refusal.facts)]
        return
    one.refused = list(one.found.refused)
    if not one.found.documents and not one.refused:
        one.refused = [Refusal(0, "", "campaign_empty", {})]


def _told(refusal: Refusal, speech: Any) -> Any:
    error: Any = SimpleNamespace(code=refusal.code, facts=dict(refusal.facts))
    return SimpleNamespace(line=refusal.line, column=refusal.column, why=sentence(error, speech))
