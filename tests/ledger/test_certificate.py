"""The script that verifies a certificate offline, run as a program."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from endi_ext.ledger import exports, seals, spans
from endi_ext.ledger import service as ledger
from endi_ext.web import journal_files
from tests.builders import TODAY, a_draft, an_act
from tests.ledger.books import a_book

SCRIPT = Path(__file__).parents[2] / "tools" / "verify_certificate.py"


@pytest.fixture(autouse=True)
def key(tmp_path):
    seals.keep_key_at(tmp_path / "key.pem")
    yield
    seals.keep_key_at(None)


@pytest.fixture
def certificate(session, tmp_path):
    """The certificate of a month with five entries, in a file."""
    a_book(session, 5, since=1)
    return closed(session, tmp_path)


@pytest.fixture
def journal(session, certificate, tmp_path):
    """The journal of that month, in a file."""
    return write(tmp_path, exported(session), "journal.csv")


def closed(session, folder):
    period = ledger.close_period(session, ledger.period_of(session, TODAY), an_act())
    return write(folder, period.certificate)


def exported(session, month="2026-11"):
    out = io.BytesIO()
    journal_files.write(session, spans.span_of(session, month), "csv", out, str, lambda *_so_far: None)
    return out.getvalue().decode()


def write(folder, text, name="certificate.json"):
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    return path


def verify(*arguments):
    # Isolated, and from elsewhere: endi_ext is on no path that the script could find.
    blind = "import runpy, sys; sys.modules['endi_ext'] = None; sys.argv = sys.argv[1:]; "
    run = [
        sys.executable,
        "-I",
        "-c",
        f"{blind}runpy.run_path(sys.argv[0], run_name='__main__')",
        str(SCRIPT),
    ]
    return subprocess.run([*run, *map(str, arguments)], capture_output=True, text=True, check=False)


def refusal(*arguments):
    done = verify(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def signed_again(certificate, **changed):
    facts = {**json.loads(certificate.read_text("utf-8")), **changed}
    kept = {name: value for name, value in facts.items() if name not in ("public_key", "signature")}
    return seals.signed(kept, seals.signing_key())


def test_a_certificate_is_valid(certificate):
    done = verify(certificate, "--key", seals.known_public_key())
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-11-01 to 2026-11-30" in done.stdout
    assert "5 entries, 20 lines, 10.20 posted." in done.stdout
    assert "No journal was compared" in done.stdout


def test_the_journal_that_was_closed_is_valid(certificate, journal):
    done = verify(certificate, "--journal", journal, "--key", seals.known_public_key().upper())
    assert (done.returncode, done.stderr) == (0, "")
    assert "The journal is the one that was closed." in done.stdout


def test_another_key_is_refused(certificate, journal):
    assert "another key" in refusal(certificate, "--journal", journal, "--key", "00" * 32)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (1, "digest is not the certificate's"),  # the number, of a whole entry
        (2, "digest is not the certificate's"),  # the day
        (4, "account "),
        (9, "account "),
        (11, "account "),
    ],
)
def test_one_digit_changed_is_refused(certificate, journal, column, said):
    heading, *rows = [line.split(";") for line in journal.read_text("utf-8").splitlines()]
    changed = rows[0][column] or "0,00"
    digits = [place for place, letter in enumerate(changed) if letter.isdigit()]
    place = digits[1] if column == 2 else digits[-1]
    changed = f"{changed[:place]}{(int(changed[place]) + 1) % 10}{changed[place + 1 :]}"
    if column == 1:
        changed = "9"
    for row in rows[: 4 if column == 1 else 1]:
        row[column] = changed
    write(journal.parent, "\r\n".join(";".join(row) for row in [heading, *rows]), journal.name)
    assert said in refusal(certificate, "--journal", journal)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (slice(0, -1), "the journal has 19 lines, the certificate 20"),
        (slice(0, -4), "the journal has 4 entries, the certificate 5"),
        (slice(0, 0), "the journal has not the 12 columns"),
        (slice(0, 1), "the journal has 0 entries, the certificate 5"),
    ],
)
def test_a_line_or_the_last_entry_removed_is_refused(certificate, journal, kept, said):
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    write(journal.parent, "".join(lines[kept]), journal.name)
    assert said in refusal(certificate, "--journal", journal)


def test_two_lines_that_changed_places_are_refused(certificate, journal):
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    lines[1:3] = lines[2:0:-1]
    write(journal.parent, "".join(lines), journal.name)
    assert "its lines moved" in refusal(certificate, "--journal", journal)


@pytest.mark.parametrize(
    "row", ["", "EXI;1", ";" * 11, 'EXI;1;16/11/2026;"', "EXI;x;16/11/2026;;4;;;;;1,00;;c"]
)
def test_a_line_that_no_export_wrote_is_refused(certificate, journal, row):
    write(journal.parent, f"{journal.read_text('utf-8')}{row}\r\n", journal.name)
    assert refusal(certificate, "--journal", journal).startswith("Not valid: ")


def test_the_certificate_of_another_period_is_refused(session, tmp_path):
    parties = a_book(session, 5, since=1)
    draft = a_draft(parties[0].id, parties[1].id, 100, effective_on=date(2026, 10, 9))
    ledger.post(session, draft, an_act())
    october = ledger.close_period(session, ledger.period_of(session, date(2026, 10, 1)), an_act())
    certificate = write(tmp_path, october.certificate)
    said = refusal(certificate, "--journal", write(tmp_path, exported(session), "journal.csv"))
    assert "of 2026-11-16, another period" in said
    right = write(tmp_path, exported(session, "2026-10"), "october.csv")
    assert verify(certificate, "--journal", right).returncode == 0


def test_both_databases_certify_the_journal_they_export(either_session, tmp_path, monkeypatch):
    parties = a_book(either_session, 9, since=16)
    awkward = a_draft(parties[0].id, parties[1].id, 7, journal="=1+1", text='=1;"\n', effective_on=TODAY)
    ledger.post(either_session, awkward, an_act())
    journal = write(tmp_path, exported(either_session), "journal.csv")
    monkeypatch.setattr("endi_ext.ledger.certificates.BATCH", 2)
    certificate = closed(either_session, tmp_path)
    assert verify(certificate, "--journal", journal).stderr == ""
    ledger.erase_text(either_session, ledger.entry_of(either_session, awkward.source))
    erased = write(tmp_path, exported(either_session), "erased.csv")
    assert erased.read_bytes() != journal.read_bytes()
    assert verify(certificate, "--journal", erased).returncode == 0


def test_the_digest_is_that_of_the_rows_handed_out(session, certificate):
    facts = json.loads(certificate.read_text("utf-8"))
    lines = [
        [row.code, row.number, row.effective_on.isoformat(), row.account, row.party_key, row.debit_cents,
         row.credit_cents]
        for row in exports.journal_lines(session)
    ]  # fmt: skip
    text = "".join(f"{seals.canonical(line)}\n" for line in lines)
    assert facts["journal_digest"] == seals.digest_of(text)


def test_a_certificate_of_the_first_kind_is_valid_but_says_nothing_of_a_journal(certificate, journal):
    facts = json.loads(certificate.read_text("utf-8"))
    left_out = ("movements", "journal_digest", "public_key", "signature")
    first = {name: value for name, value in facts.items() if name not in left_out}
    first["format"] = "endi_ext certificate 1"
    write(certificate.parent, seals.signed(first, seals.signing_key()))
    assert verify(certificate).returncode == 0
    assert "without a digest of the journal" in refusal(certificate, "--journal", journal)


@pytest.mark.parametrize(
    ("name", "value"), [("entries", 6), ("digest", "f" * 64), ("trial_balance", []), ("closed_by", "Léa")]
)
def test_a_certificate_that_was_changed_is_refused(certificate, tmp_path, name, value):
    facts = {**json.loads(certificate.read_text("utf-8")), name: value}
    assert "changed since" in refusal(write(tmp_path, seals.canonical(facts)))


@pytest.mark.parametrize(
    ("name", "said"),
    [("trial_balance", "trial balance does not balance"), ("movements", "movements does not")],
)
def test_sums_that_do_not_balance_are_refused(certificate, tmp_path, name, said):
    rows = json.loads(certificate.read_text("utf-8"))[name]
    rows[0][2] += 1
    assert said in refusal(write(tmp_path, signed_again(certificate, **{name: rows})))


@pytest.mark.parametrize("text", ["", "[]", "null", '{"signature": "00"}', "\x00", "[" * 100_000])
def test_another_file_is_refused(tmp_path, text):
    assert refusal(write(tmp_path, text)).startswith("Not valid: ")


def test_a_missing_file_is_told(certificate):
    assert "nowhere" in refusal("nowhere.json")
    assert "nowhere" in refusal(certificate, "--journal", "nowhere.csv")
    assert verify().returncode == 2
