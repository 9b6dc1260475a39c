"""Where a file cannot be written to its end, nothing of it stays: none may be longer than 40 bytes here."""

import io
import resource
from contextlib import ExitStack, contextmanager

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from endi_ext.cli import main
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import seals, service
from endi_ext.ledger.models import Checkpoint
from endi_ext.web import uploads
from tests.cli.inis import an_ini

FEW_BYTES = 40


@contextmanager
def little_room():
    """Refuse whatever makes a file longer than a few bytes, as a full disk would."""
    usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FEW_BYTES, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))


def test_no_half_of_an_uploaded_file_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads.tempfile, "tempdir", str(tmp_path))
    with little_room(), pytest.raises(OSError, match="too large"):
        uploads.keep(io.BytesIO(b"a" * 100), "odile")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    token = uploads.keep(io.BytesIO(b"a" * 100), "odile")
    with uploads.reopen(token, "odile") as kept:
        assert kept.read() == b"a" * 100


def test_no_half_of_a_signing_key_stays_and_the_next_one_is_whole(tmp_path):
    seals.keep_key_at(tmp_path / "keys" / "key.pem")
    try:
        with little_room(), pytest.raises(OSError, match="too large"):
            seals.signing_key()
        assert list((tmp_path / "keys").iterdir()) == []
        assert seals.signing_key() is not None
    finally:
        seals.keep_key_at(None)


def test_no_half_of_a_checkpoint_stays_nor_is_it_noted(installed, tmp_path, monkeypatch):
    ini, out, sign = an_ini(tmp_path, installed), tmp_path / "kept" / "signed.json", service.sign_checkpoint
    out.parent.mkdir()
    checkpoint = ["-c", str(ini), "checkpoint", "--out", str(out)]
    with ExitStack() as full, monkeypatch.context() as patch:

        def sign_and_fill(*told):
            signed = sign(*told)
            full.enter_context(little_room())  # when the database has what it needs
            return signed

        patch.setattr(service, "sign_checkpoint", sign_and_fill)
        outcome = CliRunner().invoke(main, checkpoint)
    assert (outcome.exit_code, list(out.parent.iterdir())) == (1, []), outcome.output
    engine = make_engine(installed)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(Checkpoint)).scalar_one() == 0
    engine.dispose()

    assert CliRunner().invoke(main, checkpoint).exit_code == 0
    assert seals.read_signed(out.read_text(), seals.CHECKPOINT)["sequence"] == 0
