"""What a file is, by its first bytes, where it is surely no notice. Pure."""

import re

ARCHIVE, OFFICE, PDF = "no_notice_archive", "no_notice_office", "no_notice_pdf"
PICTURE, PAGE, OTHER = "no_notice_picture", "no_notice_page", "no_notice"

HEAD = 4096
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OFFICE_PARTS = (
    b"[Content_Types].xml",
    b"mimetypeapplication/vnd.oasis.opendocument",
    b"_rels/.rels",
    b"docProps/",
)
STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", PDF),
    (b"\xd0\xcf\x11\xe0", OFFICE), (b"{\\rtf", OFFICE),
    (b"\x1f\x8b", ARCHIVE), (b"7z\xbc\xaf\x27\x1c", ARCHIVE), (b"Rar!", ARCHIVE), (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE), (b"\x28\xb5\x2f\xfd", ARCHIVE),
    (b"\x89PNG", PICTURE), (b"\xff\xd8\xff", PICTURE), (b"GIF8", PICTURE), (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE), (b"RIFF", PICTURE), (b"BM", PICTURE),
)  # fmt: skip
HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
# Byte order marks, and the zeros between the letters of UTF-16 and 32.
MARKS = b"\xef\xbb\xbf\xff\xfe\x00"


def what_else(content: bytes) -> str | None:
    """Return the code of the refusal of a file that is neither XML nor JSON, none for one that may be."""
    head = content[:HEAD]
    if head.startswith(ZIPS):
        return OFFICE if any(part in head for part in OFFICE_PARTS) else ARCHIVE
    known = next((code for start, code in STARTS if head.startswith(start)), None)
    if known is not None:
        return known
    if HTML.match(_written(head)):
        return PAGE
    return None if is_xml(content) or is_json(content) else OTHER


def is_xml(content: bytes) -> bool:
    """Whether a file begins as XML does, in any encoding."""
    return _written(content[:HEAD]).startswith(b"<")


def is_json(content: bytes) -> bool:
    """Whether a file begins as an object or a list of JSON."""
    return _written(content[:HEAD]).startswith((b"{", b"["))


def _written(head: bytes) -> bytes:
    return head.translate(None, MARKS).lstrip()
