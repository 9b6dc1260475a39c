"""The dossier in one ZIP: documents as PDF and ODT, the papers gathered, an index, and SHA-256 sums."""

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from ...kernel.paris import PARIS
from ...tenders import checklist, files, proposal
from ...tenders.bids import Bid
from ...tenders.splits import earning
from .. import price_tables
from . import documents
from . import papers as own

MEMORY_BYTES = 8_000_000
LONGEST_NAME = 80
SUMS = "SHA256SUMS.txt"
INDEX = "00-Sommaire"
# Whose papers those of nobody in particular are.
COMMON = "Candidat"
# Names that Windows keeps for its devices, whatever their extension.
DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
STORED = (".pdf", ".odt", ".zip", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".ods")


@dataclass(frozen=True)
class Packed:
    """A file of the dossier: its folder, its name there, what it is, its size and its sum."""

    folder: str
    name: str
    label: str
    size: int
    sha256: str

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}" if self.folder else self.name


class Archive:
    """A ZIP being written: names that no system stumbles over, each once, and the sum of each file."""

    def __init__(self, made_at: datetime) -> None:
        self.file: IO[bytes] = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - handed out
        self.packed: list[Packed] = []
        self._zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED)
        self._at = made_at.astimezone(PARIS).timetuple()[:6]
        self._taken: set[str] = set()

    def add(self, folder: str, name: str, label: str, content: Iterable[bytes]) -> Packed:
        """Write a file; its name is made safe and, where it is taken, numbered."""
        path = self._free(folder, safe_name(name))
        info = zipfile.ZipInfo(path, date_time=self._at)
        info.compress_type = zipfile.ZIP_STORED if path.lower().endswith(STORED) else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as target:
            for piece in content:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        made = Packed(folder, path.rpartition("/")[2], label, size, digest.hexdigest())
        self.packed.append(made)
        return made

    def close(self) -> IO[bytes]:
        """Write the sums of all files and return the ZIP, to be read from its beginning."""
        lines = "".join(f"{one.sha256}  {one.path}\n" for one in self.packed)
        self._zip.writestr(zipfile.ZipInfo(SUMS, date_time=self._at), lines)
        self._zip.close()
        self.file.seek(0)
        return self.file

    def _free(self, folder: str, name: str) -> str:
        stem, dot, extension = name.rpartition(".")
        for number in range(1, 10_000):
            tried = name if number == 1 else f"{stem}-{number}{dot}{extension}" if dot else f"{name}-{number}"
            path = f"{folder}/{tried}" if folder else tried
            if path.lower() not in self._taken:
                self._taken.add(path.lower())
                return path
        raise AssertionError("ten thousand files of one name")


def build(request: Any, bid: Bid, made_at: datetime) -> IO[bytes]:
    """Return the ZIP of a bid's dossier, read from the record now."""
    session, author = request.dbsession, bid.identity.name
    archive = Archive(made_at)
    for entry in documents.entries(session, bid):
        document = entry.make()
        archive.add(
            entry.folder, f"{entry.name}.pdf", entry.label, [documents.pdf(request, document, author)]
        )
        editable = documents.editable(document, author)
        archive.add(entry.folder, f"{entry.name}.odt", f"{entry.label}, modifiable", [editable])
    _add_workbooks(archive, bid)
    for folder, file, label in gathered(session, bid):
        archive.add(folder, file.name, label, files.content(session, file))
    summary = own.index(bid, archive.packed, made_at)
    archive.add("", f"{INDEX}.pdf", "Sommaire", [documents.pdf(request, summary, author)])
    archive.add("", f"{INDEX}.odt", "Sommaire, modifiable", [documents.editable(summary, author)])
    return archive.close()


def _add_workbooks(archive: Archive, bid: Bid) -> None:
    prices = (bid.tender, bid.split, earning(bid.tender))
    of_buyer = price_tables.workbook(*prices, for_buyer=True)
    archive.add(documents.OFFER, "Bordereau-de-prix.xlsx", "Bordereau de prix, en tableur", [of_buyer])
    ours = price_tables.workbook(*prices)
    archive.add(documents.INTERNAL, "Prix-et-parts.xlsx", "Prix et parts, en tableur", [ours])


def gathered(session: Any, bid: Bid) -> Iterator[tuple[str, Any, str]]:
    """Return the files people provided, each once: (folder, file, what it is)."""
    seen: set[int] = set()
    brought = (checklist.PROVIDED, checklist.CHECKED)
    for item in checklist.items(session, bid.tender):
        if item.file is not None and item.state in brought and item.file.id not in seen:
            seen.add(item.file.id)
            whose = COMMON if item.member is None else item.member.name
            yield f"{documents.APPLICATION}/pieces/{safe_name(whose)}", item.file, f"{item.label} – {whose}"
    for part in proposal.parts(session, bid.tender):
        if part.file is not None and part.file.id not in seen:
            seen.add(part.file.id)
            yield f"{documents.OFFER}/memoire-technique", part.file, part.title


def safe_name(name: str) -> str:
    """Return a file's name that every system takes: plain letters, no path, no device, not too long."""
    spaced = name.replace("’", "-").replace("'", "-")
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
    stem, dot, extension = plain.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", extension):
        stem, extension = plain, ""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-_")[:LONGEST_NAME].rstrip("-_") or "fichier"
    if DEVICES.match(stem):
        stem = f"fichier-{stem}"
    return f"{stem}.{extension.lower()}" if extension else stem
