"""`endi-ext import notice`: what it says, what it keeps, and what it prints without keeping anything."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from endi_ext import installation
from endi_ext.cli import main
from endi_ext.installation import reading
from endi_ext.tenders.models import TenderNotice
from tests.cli.inis import an_ini

SAMPLES = Path(__file__).parents[1] / "data" / "notices" / "eforms"


@pytest.fixture
def ini(installed, tmp_path):
    return an_ini(tmp_path, installed)


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def kept(ini):
    with reading(installation.read(str(ini))) as session:
        return [(row.title, row.source) for row in session.execute(select(TenderNotice)).scalars()]


def test_a_notice_is_kept_once_and_told_in_a_sentence(ini):
    sample = SAMPLES / "cn_24_FRA_comments.xml"
    first, second = run("-c", ini, "import", "notice", sample), run("-c", ini, "import", "notice", sample)
    title = "Service d'entretien de remise en état et de nettoyage des espaces verts"
    assert first.output.splitlines() == [
        f"Nouvel avis : « {title} », Rouen Habitat, à remettre avant le 24/06/2019 à 18:00."
    ]
    assert second.output.startswith("Avis déjà connu, rien n'a changé : « Service")
    assert kept(ini) == [(title, "eforms")]


def test_json_prints_every_field_and_needs_no_installation(tmp_path):
    sample = SAMPLES / "cn_24_minimal.xml"
    outcome = run("-c", tmp_path / "none.ini", "import", "notice", sample, "--format", "json")
    assert outcome.exit_code == 0
    assert json.loads(outcome.stdout) == json.loads(sample.with_suffix(".json").read_text("utf-8"))


def test_a_file_of_several_notices_is_a_list_in_json(tmp_path):
    record = {"donnees": json.dumps({"MAPA": {"initial": {"description": {"objet": "Peinture"}}}})}
    result = {**record, "nature": "ATTRIBUTION"}
    (tmp_path / "day.json").write_text(json.dumps([record, {**record, "idweb": "26-1"}, result]))
    outcome = run("import", "notice", tmp_path / "day.json", "--format", "json")
    assert [one["notice_id"] for one in json.loads(outcome.stdout)] == [None, "26-1"]
    assert outcome.stderr.startswith("Laissé de côté : Cet avis donne le résultat")


@pytest.mark.parametrize("options", [(), ("--format", "json")])
def test_a_refusal_is_one_sentence_on_stderr(ini, options):
    outcome = run("-c", ini, "import", "notice", SAMPLES / "can_24_minimal.xml", *options)
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.splitlines() == [
        "Cet avis donne le résultat d’une consultation : elle est terminée, on ne peut plus y répondre."
    ]
    assert kept(ini) == []


def test_a_file_far_too_large_is_not_even_read(tmp_path):
    with (tmp_path / "avis.xml").open("wb") as file:
        file.write(b"<ContractNotice>")
        file.truncate(200 * 1024 * 1024)
    outcome = run("import", "notice", tmp_path / "avis.xml", "--format", "json")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert "32 Mo au plus" in outcome.stderr


def test_a_change_notice_updates_what_is_kept(ini, tmp_path):
    first = (SAMPLES / "cn_24_minimal.xml").read_text("utf-8")
    changes = "<efac:Changes><efbc:ChangedNoticeIdentifier>f42be27e-09cf-4f0e-a745-63ec689631e6-01"
    later = first.replace(
        "<efac:NoticeSubType>",
        f"{changes}</efbc:ChangedNoticeIdentifier></efac:Changes><efac:NoticeSubType>",
        1,
    )
    later = later.replace("f42be27e-09cf-4f0e-a745-63ec689631e6</", "00000000-09cf-4f0e-a745-63ec689631e6</")
    (tmp_path / "later.xml").write_text(later.replace("2020-02-04+02:00", "2020-02-11+02:00"))
    run("-c", ini, "import", "notice", SAMPLES / "cn_24_minimal.xml")
    outcome = run("-c", ini, "import", "notice", tmp_path / "later.xml")
    assert outcome.output.startswith("Avis mis à jour : « Provision of IT Services")
    assert "11/02/2020" in outcome.output
