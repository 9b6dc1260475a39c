"""Files made to harm who reads them, each with the code it must be refused with, or "read".

As a program it reads them all and prints what became of each: run under limits, it shows that none is large
in memory (test_hostile.py).
"""

import gzip
import io
import json
import zipfile
from collections.abc import Callable

from endi_ext.tenders.notices import reading

MEBIBYTE = 1024 * 1024
NOTICE = b"<ContractNotice><ProcurementProject><Name>&x;</Name></ProcurementProject></ContractNotice>"
NESTED = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]


def with_doctype(definitions: str, encoding: str = "utf-8") -> bytes:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE ContractNotice [{definitions}]>'
    return (declared + NOTICE.decode()).encode(encoding)


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def lots(count: int) -> bytes:
    lot = b"<ProcurementProjectLot><ID>LOT-1</ID></ProcurementProjectLot>"
    return b"<ContractNotice>" + lot * count + b"</ContractNotice>"


def a_title(written: bytes) -> bytes:
    name = b"<ProcurementProject><Name>" + written + b"</Name></ProcurementProject>"
    return b"<ContractNotice>" + name + b"</ContractNotice>"


def an_address(written: bytes) -> bytes:
    recipient = b"<TenderRecipientParty><EndpointID>" + written + b"</EndpointID></TenderRecipientParty>"
    lot = b"<ID>LOT-1</ID><TenderingTerms>" + recipient + b"</TenderingTerms>"
    return b"<ContractNotice><ProcurementProjectLot>" + lot + b"</ProcurementProjectLot></ContractNotice>"


def attributes(named: str, count: int) -> bytes:
    return b"<r " + b" ".join(named.encode() % number for number in range(count)) + b"/>"


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    # What reaches out, or unfolds.
    "external entity": (
        "notice_with_doctype",
        lambda: with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    ),
    "entity of the network": (
        "notice_with_doctype",
        lambda: with_doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
    ),
    "parameter entity": (
        "notice_with_doctype",
        lambda: with_doctype('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;'),
    ),
    "external definitions": (
        "notice_with_doctype",
        lambda: b'<!DOCTYPE ContractNotice SYSTEM "http://127.0.0.1:9/x.dtd"><ContractNotice/>',
    ),
    "a billion laughs": ("notice_with_doctype", lambda: with_doctype('<!ENTITY a0 "ha">' + "".join(NESTED))),
    "laughs in an attribute": (
        "notice_with_doctype",
        lambda: with_doctype('<!ENTITY a0 "ha">' + "".join(NESTED) + '<!ATTLIST r a CDATA "&a9;">'),
    ),
    "a quadratic blow-up": (
        "notice_with_doctype",
        lambda: with_doctype(f'<!ENTITY x "{"x" * 100_000}">').replace(b"&x;", b"&x;" * 100_000),
    ),
    "entities in UTF-16": (
        "notice_with_doctype",
        lambda: with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "utf-16"),
    ),
    "entities in UTF-7": (
        "notice_unreadable",
        lambda: b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE r [+ADwAIQ-ENTITY x "y"+AD4-]><r/>',
    ),
    "an entity nobody defines": ("notice_unreadable", lambda: NOTICE),
    # What is too much.
    "200 MB": ("notice_too_large", lambda: b"<ContractNotice>" + b" " * (200 * MEBIBYTE)),
    "a million elements": ("notice_too_large", lambda: b"<r>" + b"<a/>" * 1_000_000 + b"</r>"),
    "a million attributes": ("notice_too_large", lambda: attributes('a%d=""', 1_000_000)),
    "many attributes": ("notice_unreadable", lambda: attributes('a%d=""', 500_000)),
    "many attributes within": (
        "notice_too_large",
        lambda: b"<ANNONCE>" + attributes('a%d=""', 200_000) + b"</ANNONCE>",
    ),
    "many attributes in JSON": (
        "notice_too_large",
        lambda: json.dumps({"EFORMS": {"ContractNotice": {f"@a{n}": "" for n in range(200_000)}}}).encode(),
    ),
    "many namespaces": ("notice_unreadable", lambda: attributes('xmlns:a%d="u"', 500_000)),
    "an endless comment": ("notice_unreadable", lambda: b"<!--" + b"x" * (30 * MEBIBYTE) + b"--><r/>"),
    "one long text": ("notice_unreadable", lambda: b"<r>" + b"x" * (30 * MEBIBYTE) + b"</r>"),
    "too many lots": ("notice_too_large", lambda: lots(10_001)),
    "a million items": ("notice_too_large", lambda: b"[" + b"{}," * 1_000_000 + b"{}]"),
    "too many records": ("notice_too_large", lambda: b"[" + b'{"MAPA": {}},' * 5_001 + b"{}]"),
    "too many lots in JSON": (
        "notice_too_large",
        lambda: b'{"MAPA": {"initial": {"lots": {"lot": [' + b'{"a": 1},' * 10_001 + b"{}]}}}}",
    ),
    # Read, though a careless pattern would take for ever or all memory.
    "a title of spaces": ("read", lambda: a_title(b"a" + b" " * 2_000_000 + b"b")),
    "a title of breaks": ("read", lambda: a_title(b"a" + b"\n \t" * 500_000 + b"b")),
    "an endless address": ("read", lambda: an_address(b"a." * 2_000_000)),
    "an endless amount": (
        "read",
        lambda: b"<ContractNotice><ID>" + b"9" * 5_000_000 + b"</ID></ContractNotice>",
    ),
    "endless criteria": (
        "read",
        lambda: (
            b'{"FNSimple": {"initial": {"procedure": {"criteresAttrib": "' + b"a 1% " * 500_000 + b'"}}}}'
        ),
    ),
    # What is too deep.
    "deep XML": ("notice_too_deep", lambda: b"<a>" * 300 + b"</a>" * 300),
    "deeper XML": ("notice_too_deep", lambda: b"<a>" * 400_000),
    "deep JSON": ("notice_too_deep", lambda: b"[" * 150 + b"]" * 150),
    "deeper JSON": ("notice_too_deep", lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "deep in a string": ("notice_too_deep", lambda: b'{"donnees": "' + b"[" * 100_000 + b'"}'),
    # What is not what it says.
    "another encoding": (
        "notice_unreadable",
        lambda: '<?xml version="1.0" encoding="UTF-8"?><r>école</r>'.encode("cp1252"),
    ),
    "UTF-8 that says Latin-1": (
        "notice_unreadable",
        '<?xml version="1.0" encoding="ISO-8859-1"?><r>école</r>'.encode,
    ),
    "an unknown encoding": ("notice_unreadable", lambda: b'<?xml version="1.0" encoding="klingon"?><r/>'),
    "JSON in cp1252": ("notice_unreadable", lambda: '{"objet": "école"}'.encode("cp1252")),
    "truncated XML": ("notice_unreadable", lambda: b"<ContractNotice><ProcurementProject><Name>Eco"),
    "truncated JSON": ("notice_unreadable", lambda: b'{"idweb": "24-1", "donnees": "{\\"MAPA'),
    "truncated in a string": ("notice_unreadable", lambda: b'{"donnees": "{\\"MAPA\\": {"}'),
    "an endless number": ("notice_unreadable", lambda: b'{"a": ' + b"9" * (20 * MEBIBYTE) + b"}"),
    "a number a line": ("notice_unreadable", lambda: b"[]\n" * 900_000),
    "a number beyond all": ("notice_unreadable", lambda: b'{"a": 1e999}'),
    "a ZIP named XML": ("no_notice_archive", lambda: zipped("avis.xml", b"<ContractNotice/>")),
    "a workbook": ("no_notice_office", lambda: zipped("[Content_Types].xml", b"<Types/>")),
    "a ZIP bomb": ("no_notice_archive", lambda: zipped("avis.xml", bytes(50 * MEBIBYTE))),
    "a gzip bomb": ("no_notice_archive", lambda: gzip.compress(bytes(50 * MEBIBYTE))),
    "an old workbook": ("no_notice_office", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
    "a PDF": ("no_notice_pdf", lambda: b"%PDF-1.7\n"),
    "a picture": ("no_notice_picture", lambda: b"\x89PNG\r\n\x1a\n"),
    "a page": ("no_notice_page", lambda: b"<!DOCTYPE html><html><body>Avis</body></html>"),
    "a table": ("no_notice", lambda: b"idweb;objet\n24-1;Peinture\n"),
    "noise": ("no_notice", lambda: bytes(range(1, 256))),
    "nothing": ("notice_empty", lambda: b""),
    "spaces": ("notice_empty", lambda: b" \n" * (10 * MEBIBYTE)),
    "zeros": ("notice_empty", lambda: bytes(10 * MEBIBYTE)),
    "other XML": ("no_notice", lambda: b"<Invoice/>"),
    "other JSON": ("no_notice", lambda: b'{"name": "endi_ext"}'),
    "a number": ("no_notice", lambda: b"12"),
    "awarded contracts": ("no_notice_awards", lambda: b"<marches/>"),
    "awarded contracts in JSON": ("no_notice_awards", lambda: b'{"marches": {"marche": []}}'),
    "the old TED": ("no_notice_old_ted", lambda: b'<TED_EXPORT xmlns="http://publications.europa.eu/x"/>'),
}


def outcome(content: bytes) -> str:
    """Return the code a file is refused with."""
    try:
        reading.read(content)
    except reading.NoticeRefused as refusal:
        return refusal.code
    return "read"


if __name__ == "__main__":
    for name, (_, make) in HOSTILE.items():
        print(f"{name}\t{outcome(make())}", flush=True)
