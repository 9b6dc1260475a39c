"""`endi-ext import decp`: what it says of a file of awarded contracts, and what it keeps."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from endi_ext import installation
from endi_ext.cli import main
from endi_ext.installation import reading
from endi_ext.tenders.award_models import Award
from tests.cli.inis import an_ini

SAMPLES = Path(__file__).parents[1] / "data" / "notices" / "decp"


@pytest.fixture
def ini(installed, tmp_path):
    return an_ini(tmp_path, installed)


def run(ini, file):
    return CliRunner().invoke(main, ["-c", str(ini), "import", "decp", str(file)])


def kept(ini):
    with reading(installation.read(str(ini))) as session:
        return [row.contract_id for row in session.execute(select(Award).order_by(Award.id)).scalars()]


def test_contracts_are_kept_once_and_counted(ini):
    first, second = (run(ini, SAMPLES / "decp_processing_test_2022.json") for _time in range(2))
    assert first.stdout == "5 marché(s) retenu(s), 0 mis à jour, 0 déjà connu(s), sur 5 lu(s).\n"
    assert second.stdout == "0 marché(s) retenu(s), 0 mis à jour, 5 déjà connu(s), sur 5 lu(s).\n"
    assert kept(ini) == ["2022VI2022.242", "2020F00075", "202401L04", "2019K1209", "202207LOT03"]


def test_a_file_in_xml_is_told_by_its_content(ini, tmp_path):
    file = tmp_path / "anything.json"
    file.write_bytes((SAMPLES / "Marche.xml").read_bytes())
    assert run(ini, file).stdout == "1 marché(s) retenu(s), 0 mis à jour, 1 déjà connu(s), sur 2 lu(s).\n"


def test_contracts_that_cannot_be_used_are_told_by_what_they_lack(ini, tmp_path):
    contract = {
        "id": "1", "acheteur": {"id": "2"}, "objet": "Tonte", "dateNotification": "2026-03-02"
    }  # fmt: skip
    without = [{**contract, "id": str(n), name: None} for n, name in enumerate(["objet", "dateNotification"])]
    (tmp_path / "decp.json").write_text(json.dumps({"marches": [contract, *without, without[0]]}))
    outcome = run(ini, tmp_path / "decp.json")
    assert outcome.stdout == "1 marché(s) retenu(s), 0 mis à jour, 0 déjà connu(s), sur 4 lu(s).\n"
    assert "Laissés de côté : 1 marché(s) sans date de notification.\n" in outcome.stderr
    assert "Laissés de côté : 2 marché(s) sans objet.\n" in outcome.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"marches": {"marche": []}}', "ne contient aucun marché attribué"),
        ('{"marches": [{"id": "1"}]}', "Rien n'a été retenu : decp.json ne tient pas"),
        ('{"marches": [{"id": "1", ', "abîmé, coupé"),
        ("", "vide"),
        ("<!DOCTYPE a><marches/>", "DOCTYPE"),
    ],
)
def test_a_file_without_contracts_keeps_nothing_and_says_so(ini, tmp_path, content, said):
    (tmp_path / "decp.json").write_text(content)
    outcome = run(ini, tmp_path / "decp.json")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert said in outcome.stderr
    assert kept(ini) == []


def test_a_file_cut_short_keeps_nothing_of_what_was_read(ini, tmp_path):
    content = (SAMPLES / "decp_processing_test_2022.json").read_bytes()
    (tmp_path / "decp.json").write_bytes(content[: len(content) - 200])
    assert run(ini, tmp_path / "decp.json").exit_code == 1
    assert kept(ini) == []
