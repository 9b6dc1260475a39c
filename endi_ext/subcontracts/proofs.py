"""What may be joined to a dispute as a proof: told by its content, never by its name, never opened. Pure."""

import codecs
import hashlib
import io
import re
import struct
import unicodedata
import zipfile
from dataclasses import dataclass, field

from .dispute_errors import ProofEmpty, ProofKindRefused, ProofTooLarge

FILE_BYTES = 10 * 1024 * 1024
MOST_FILES = 10
MOST_BYTES = 50 * 1024 * 1024
LONGEST_NAME = 120

# What each kind is served as, and the endings its name may have; the first one is added when none fits.
KINDS = {
    "pdf": ("application/pdf", (".pdf",)),
    "jpeg": ("image/jpeg", (".jpg", ".jpeg")),
    "png": ("image/png", (".png",)),
    "webp": ("image/webp", (".webp",)),
    "odt": ("application/vnd.oasis.opendocument.text", (".odt",)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", (".ods",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "text": ("text/plain", (".txt", ".csv")),
}

SIGNATURES = (
    ("pdf", re.compile(rb"%PDF-\d")),
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
)
# An OpenDocument says first, uncompressed, what it is.
OPEN_DOCUMENT = re.compile(rb"PK\x03\x04.{22}\x08\x00.{2}mimetype(application/[a-z.-]+)PK", re.DOTALL)
ZIP = b"PK\x03\x04"
ZIP_ENTRY = b"PK\x01\x02"
MOST_ZIP_ENTRIES = 5000
MACROS = ("vbaproject.bin", "basic/script-lc.xml")

NOT_WRITTEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
# Letters of a name that no system takes, or that show something else than what is written.
NOT_IN_A_NAME = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')


@dataclass(frozen=True)
class Proof:
    """A file to join, as it came: nothing is believed of its name."""

    filename: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The digest of the content."""
        return hashlib.sha256(self.content).hexdigest()


def kind_of(proof: Proof, *, most_bytes: int) -> str:
    """Return the kind of a file. Raises ProofEmpty, ProofTooLarge, ProofKindRefused."""
    shown = cleaned(proof.filename)
    if not proof.content:
        raise ProofEmpty(name=shown)
    if len(proof.content) > most_bytes:
        raise ProofTooLarge(name=shown, most_mb=most_bytes // 1024**2)
    kind = sniffed(proof.content)
    if kind is None:
        raise ProofKindRefused(name=shown)
    return kind


def sniffed(content: bytes) -> str | None:
    """Return the kind `content` shows, none when it is not one of ours."""
    for kind, signature in SIGNATURES:
        if signature.match(content):
            return kind
    if content.startswith(ZIP):
        return _office_kind(content)
    return "text" if _is_plain_text(content) else None


def name_for(filename: str, kind: str) -> str:
    """Return the name a file of `kind` is kept under: cleaned, and ending as its content demands."""
    name = cleaned(filename)
    endings = KINDS[kind][1]
    if name.lower().endswith(endings):
        return name
    return name[: LONGEST_NAME - len(endings[0])] + endings[0]


def cleaned(filename: str) -> str:
    """Return the last part of a path, without what hides or harms, of a bearable length."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    name = " ".join(NOT_IN_A_NAME.sub(" ", last).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(ending) < 10:
        name = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return name[:LONGEST_NAME] or "fichier"


def _office_kind(content: bytes) -> str | None:
    """Read what the archive is called and contains; nothing in it is unpacked."""
    if content.count(ZIP_ENTRY) > MOST_ZIP_ENTRIES:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (
        zipfile.BadZipFile,
        struct.error,
        ValueError,
        OverflowError,
        EOFError,
        OSError,
        NotImplementedError,
    ):
        return None
    if any(name.endswith(MACROS) for name in names):
        return None
    declared = OPEN_DOCUMENT.match(content)
    if declared:
        return next((kind for kind in ("odt", "ods") if KINDS[kind][0] == declared[1].decode()), None)
    if "[content_types].xml" not in names:
        return None
    return {(True, False): "docx", (False, True): "xlsx"}.get(
        ("word/document.xml" in names, "xl/workbook.xml" in names)
    )


def _is_plain_text(content: bytes) -> bool:
    """Say whether it is text that no browser would take for a page."""
    text = _decoded(content)
    if text is None or NOT_WRITTEN.search(text):
        return False
    return not text.lstrip("\ufeff \t\r\n\f").startswith("<")


def _decoded(content: bytes) -> str | None:
    # Spreadsheets of French people still write CSV in the code page of Windows.
    sixteen = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encodings = ("utf-16",) if content.startswith(sixteen) else ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
