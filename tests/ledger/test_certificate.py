"""The script that checks a certificate offline, run as a program."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from endi_ext.ledger import seals
from endi_ext.ledger import service as ledger
from tests.builders import TODAY, an_act
from tests.ledger.books import a_book

SCRIPT = Path(__file__).parents[2] / "tools" / "check_certificate.py"


@pytest.fixture
def certificate(session, tmp_path):
    """The certificate of a month with five entries, in a file."""
    seals.keep_key_at(tmp_path / "key.pem")
    a_book(session, 5, since=1)
    period = ledger.close_period(session, ledger.period_of(session, TODAY), an_act())
    yield write(tmp_path, period.certificate)
    seals.keep_key_at(None)


def write(folder, text):
    path = folder / "certificate.json"
    path.write_text(text, "utf-8")
    return path


def check(*arguments):
    command = [sys.executable, "-I", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_certificate_is_valid(certificate):
    done = check(certificate, seals.known_public_key())
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-11-01 to 2026-11-30" in done.stdout
    assert "5 entries, 20 lines, 10.20 posted." in done.stdout


def test_a_certificate_signed_by_another_key_is_not(certificate):
    done = check(certificate, "00" * 32)
    assert (done.returncode, done.stdout) == (1, "")
    assert "another key" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("entries", 6), ("digest", "f" * 64), ("trial_balance", []), ("closed_by", "Léa")]
)
def test_a_certificate_that_was_changed_is_not(certificate, tmp_path, name, value):
    facts = {**json.loads(certificate.read_text("utf-8")), name: value}
    done = check(write(tmp_path, seals.canonical(facts)))
    assert done.returncode == 1
    assert "changed since" in done.stderr


def test_a_trial_balance_that_does_not_balance_is_not(certificate, tmp_path):
    facts = json.loads(certificate.read_text("utf-8"))
    facts["trial_balance"][0][2] += 1
    kept = {name: value for name, value in facts.items() if name not in ("public_key", "signature")}
    done = check(write(tmp_path, seals.signed(kept, seals.signing_key())))
    assert done.returncode == 1
    assert "does not balance" in done.stderr


@pytest.mark.parametrize("text", ["", "[]", "null", '{"signature": "00"}', "\x00"])
def test_another_file_is_not(tmp_path, text):
    done = check(write(tmp_path, text))
    assert done.returncode == 1
    assert done.stderr.startswith("Not valid: ")


def test_a_missing_file_is_told():
    assert check("nowhere.json").returncode == 1
    assert check().returncode == 2
