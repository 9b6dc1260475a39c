"""What may be joined to a dispute: told by the content, whatever the name says."""

import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect as inspected
from sqlalchemy import select

from endi_ext.subcontracts import dispute_errors, dispute_files, disputes, proofs
from endi_ext.subcontracts.dispute_models import Dispute, DisputeFile, DisputeFilePiece
from endi_ext.subcontracts.proofs import Proof

from .disputing import PDF, SELLER, a_dispute, a_proof, said, side

MEGABYTE = 1024 * 1024
WORD = ("[Content_Types].xml", "word/document.xml")


def a_zip(*names, content=b"<x/>", mimetype=None):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            archive.writestr(name, content)
    return held.getvalue()


TAKEN = {
    "pdf": PDF,
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "odt": a_zip("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
    "ods": a_zip("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "docx": a_zip(*WORD),
    "xlsx": a_zip("[Content_Types].xml", "xl/workbook.xml"),
    "text": "date;heures\n12/11;7,5\nété\n".encode("cp1252"),
}
REFUSED = {
    "a program": b"MZ\x90\x00\x03\x00\x00\x00",
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page after blanks": "\ufeff \r\n\t<html>".encode(),
    "a page of sixteen bits": "<html>".encode("utf-16"),
    "a drawing with scripts": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "an animated picture": b"GIF89a\x01\x00",
    "any archive": a_zip("notes.txt"),
    "an archive that says it is a page": a_zip(mimetype="text/html"),
    "a drawing of LibreOffice": a_zip(mimetype="application/vnd.oasis.opendocument.graphics"),
    "a document with macros": a_zip(*WORD, "word/vbaProject.bin"),
    "a document with Basic": a_zip("Basic/script-lc.xml", mimetype="application/vnd.oasis.opendocument.text"),
    "a document of both kinds": a_zip(*WORD, "xl/workbook.xml"),
    "a cut archive": TAKEN["docx"][:60],
    "an old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "text with a zero": b"bonjour\x00",
    "colours of a terminal": b"\x1b[31mrouge",
}


@pytest.mark.parametrize("kind", TAKEN)
def test_a_file_is_what_its_content_shows(kind):
    assert proofs.kind_of(Proof("sans nom", TAKEN[kind]), most_bytes=MEGABYTE) == kind


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("name", ["photo.jpg", "relevé.pdf"])
def test_what_is_not_taken_is_refused_whatever_its_name_says(what, name):
    with pytest.raises(dispute_errors.ProofKindRefused) as refusal:
        proofs.kind_of(Proof(name, REFUSED[what]), most_bytes=MEGABYTE)
    assert refusal.value.facts == {"name": name}


def test_a_bomb_is_never_unpacked():
    """A hundred megabytes of zeros in a hundred kilobytes: read as an archive's list of names only."""
    bomb = a_zip(*WORD, content=bytes(50 * MEGABYTE))
    assert len(bomb) < MEGABYTE
    assert proofs.sniffed(bomb) == "docx"


def test_an_archive_of_too_many_names_is_refused():
    assert proofs.sniffed(a_zip(*WORD, *map(str, range(proofs.MOST_ZIP_ENTRIES)), content=b"")) is None


def test_an_empty_file_is_refused():
    with pytest.raises(dispute_errors.ProofEmpty):
        proofs.kind_of(Proof("vide.pdf", b""), most_bytes=MEGABYTE)


def test_a_file_of_the_largest_size_is_taken_and_one_byte_more_is_not():
    largest = PDF + bytes(10 * MEGABYTE - len(PDF))
    assert proofs.kind_of(Proof("a.pdf", largest), most_bytes=10 * MEGABYTE) == "pdf"
    with pytest.raises(dispute_errors.ProofTooLarge) as refusal:
        proofs.kind_of(Proof("a.pdf", largest + b"x"), most_bytes=10 * MEGABYTE)
    assert refusal.value.facts == {"name": "a.pdf", "most_mb": 10}


@pytest.mark.parametrize(
    ("written", "kind", "kept"),
    [
        ("relevé d’heures.pdf", "pdf", "relevé d’heures.pdf"),
        ("PHOTO.JPEG", "jpeg", "PHOTO.JPEG"),
        ("../../etc/passwd", "text", "passwd.txt"),
        ("..\\..\\boot.ini", "text", "boot.ini.txt"),
        ("C:\\Users\\karim\\heures.csv", "text", "heures.csv"),
        ("devis.pdf", "png", "devis.pdf.png"),
        ("page.html", "text", "page.html.txt"),
        ("a\u202efdp.exe", "pdf", "a fdp.exe.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "pdf", "a b Set-Cookie x.pdf"),
        ("", "pdf", "fichier.pdf"),
        ("..", "png", "fichier.png"),
        (".htaccess", "text", "htaccess.txt"),
        ("é" * 300 + ".pdf", "pdf", "é" * 116 + ".pdf"),
        ("e\u0301te\u0301.txt", "text", "été.txt"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_the_content_demands(written, kind, kept):
    assert proofs.name_for(written, kind) == kept


@settings(max_examples=1000)
@example("0" * 116, "docx")
@given(st.text(max_size=400), st.sampled_from(sorted(proofs.KINDS)))
def test_any_name_becomes_one_that_harms_nobody(written, kind):
    kept = proofs.name_for(written, kind)
    assert 0 < len(kept) <= proofs.LONGEST_NAME
    assert not set(kept) & set('/\\<>:"|?*\r\n\t\0\u202e')
    assert not kept.startswith((".", " "))
    assert proofs.name_for(kept, kind) == kept


@given(st.binary(max_size=300), st.sampled_from(sorted(TAKEN)), st.integers(0, 300))
def test_damaged_files_are_told_or_refused_and_never_fail(noise, kind, place):
    whole = TAKEN[kind]
    assert proofs.sniffed(whole[:place] + noise + whole[place:]) in {*proofs.KINDS, None}


def joined(session, dispute, *files, **facts):
    words = said("Voici", *files, **facts)
    return disputes.write(session, dispute, party=side(dispute, "seller"), said=words, act=SELLER)


def test_a_file_is_kept_with_its_digest_and_handed_out_as_it_came(either_session):
    content = PDF + bytes(range(256)) * 12_000
    (file,) = joined(either_session, a_dispute(either_session), a_proof("plan.pdf", content)).files
    assert (file.name, file.kind, file.size_bytes) == ("plan.pdf", "pdf", len(content))
    assert file.sha256 == Proof("", content).sha256
    pieces = list(dispute_files.content(either_session, file))
    assert len(pieces) == 3
    assert b"".join(pieces) == content


def test_a_file_of_ten_megabytes_of_quotes_passes_the_largest_packet(either_session):
    """Escaped, such bytes weigh twice as much in one statement."""
    content = PDF + b"'" * (10 * MEGABYTE - len(PDF))
    (file,) = joined(either_session, a_dispute(either_session), a_proof("a.pdf", content)).files
    assert b"".join(dispute_files.content(either_session, file)) == content


def test_reading_the_messages_reads_no_content(session):
    dispute = a_dispute(session)
    joined(session, dispute, a_proof())
    session.flush()
    session.expire_all()
    assert [file.name for message in dispute.messages for file in message.files] == ["relevé.pdf"]
    assert not any(isinstance(row, DisputeFilePiece) for row in session.identity_map.values())
    assert "content" not in inspected(DisputeFile).columns


def test_a_dispute_has_ten_files_at_most(session):
    dispute = a_dispute(session)
    joined(session, dispute, *[a_proof(f"{number}.pdf") for number in range(9)])
    with pytest.raises(dispute_errors.TooManyProofs) as refusal:
        joined(session, dispute, a_proof("10.pdf"), a_proof("11.pdf"))
    assert refusal.value.facts == {"most": 10, "count": 9}
    joined(session, dispute, a_proof("10.pdf"))
    assert dispute.file_count == 10


def test_the_files_of_a_dispute_weigh_so_much_at_most(session, monkeypatch):
    monkeypatch.setattr(proofs, "MOST_BYTES", 2 * len(PDF))
    dispute = a_dispute(session)
    joined(session, dispute, a_proof(), a_proof())
    with pytest.raises(dispute_errors.ProofsTooLarge):
        joined(session, dispute, a_proof())
    assert (dispute.file_count, dispute.file_bytes) == (2, 2 * len(PDF))


def test_a_message_with_files_sent_twice_keeps_them_once(session):
    dispute = a_dispute(session)
    for _time in range(2):
        joined(session, dispute, a_proof("a.pdf"), a_proof("b.pdf"), request_key="a-key")
    assert session.execute(select(Dispute.file_count)).scalar_one() == 2
    assert len(session.execute(select(DisputeFile)).scalars().all()) == 2
