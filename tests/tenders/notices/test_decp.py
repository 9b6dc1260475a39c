"""Awarded contracts in the files of buyers: the samples of the administration, and what real files hold."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from endi_ext.tenders.notices import decp
from endi_ext.tenders.notices.decp_contract import Award, Unusable, Winner
from endi_ext.tenders.notices.model import NoticeRefused

FOLDER = Path(__file__).parents[2] / "data" / "notices" / "decp"
CONTRACT = {
    "id": "2026-014",
    "acheteur": {"id": "21740173600012"},
    "nature": "Marché",
    "objet": "Tonte des stades",
    "codeCPV": "77310000-6",
    "procedure": "Procédure adaptée",
    "lieuExecution": {"code": "74010", "typeCode": "Code commune"},
    "dureeMois": 24,
    "dateNotification": "2026-03-02",
    "montant": 48000.5,
    "offresRecues": 3,
    "sousTraitanceDeclaree": False,
    "typeGroupementOperateurs": "Solidaire",
    "titulaires": [{"titulaire": {"id": "55204599900869", "typeIdentifiant": "SIRET"}}],
}
READ = Award(
    kind="contract",
    buyer_id="21740173600012",
    contract_id="2026-014",
    title="Tonte des stades",
    notified_on=date(2026, 3, 2),
    winners=(Winner("SIRET", "55204599900869"),),
    cpv="77310000",
    nature="Marché",
    procedure="Procédure adaptée",
    amount_cents=4_800_050,
    months=24,
    offers=3,
    grouping="joint_and_several",
    subcontracted=False,
    place_code="74010",
    place_kind="Code commune",
)


def read(content):
    return list(
        decp.read(io.BytesIO(content if isinstance(content, bytes) else json.dumps(content).encode()))
    )


def one(**changes):
    (found,) = read({"marches": {"marche": [{**CONTRACT, **changes}]}})
    return found


def sample(name):
    with (FOLDER / name).open("rb") as stream:
        return list(decp.read(stream))


def test_a_contract_is_read_field_by_field():
    assert one() == READ


@pytest.mark.parametrize(
    "held",
    [
        {"marches": {"marche": [CONTRACT]}},
        {"marches": {"marche": CONTRACT}},
        {"marches": [CONTRACT]},
        {"marche": [CONTRACT]},
        [CONTRACT],
        {"marches": {"contrat-concession": [], "marche": [CONTRACT]}},
    ],
)
def test_contracts_are_found_however_a_file_lists_them(held):
    assert read(held) == [READ]


def test_the_sample_in_xml():
    found = sample("Marche.xml")
    assert len(found) == 2
    assert found[0] == Award(
        kind="contract",
        buyer_id="21750001630040",
        contract_id="TEST2022",
        title="envoi pour Json test",
        notified_on=date(2024, 5, 15),
        winners=(Winner("SIRET", "55204599900869"),),
        cpv="45000000",
        nature="Marché",
        procedure="Appel d'offres ouvert",
        amount_cents=57_500_000,
        months=48,
        offers=4,
        grouping="none",
        subcontracted=True,
        place_code="75000",
        place_kind="Code postal",
    )


def test_the_sample_of_modified_contracts():
    found = sample("marches_avec_modifications.json")
    assert [(row.contract_id, row.amount_cents, row.last_amount_cents) for row in found] == [
        ("TEST2022", 57_500_000, 12_345_787),
        ("TEST2022Bis", 57_500_000, 12_345_787),
    ]


def test_the_sample_of_what_real_files_hold():
    found = sample("decp_processing_test_2022.json")
    assert [(row.amount_cents, row.last_amount_cents, row.months, row.offers) for row in found] == [
        (13_761_400, None, None, None),  # "NC" months
        (None, 2_254_000, 40, 5),  # a hundred million billions
        (12_783_512, 12_455_746, 17, 55),
        (110_500_000, 121_490_000, 49, 2),
        (4_499_625, 4_959_925, 11, None),
    ]
    assert [[winner.identifier for winner in row.winners] for row in found][:4] == [
        ["12345678900023", "99999999999"],
        ["83415751300245"],
        ["48794607100015"],
        ["39210031900038", "39210873400063", "39830819700035"],
    ]


def test_the_files_of_2019_name_winners_and_buyers():
    old = {**CONTRACT, "acheteur": None, "acheteur.id": "217 401 736 00012", "_type": "Marché"}
    old["titulaires"] = [
        [{"id": "55204599900869", "typeIdentifiant": "siret", "denominationSociale": "Sève"}]
    ]
    (found,) = read({"marches": [old]})
    assert found.buyer_id == "21740173600012"
    assert found.winners == (Winner("SIRET", "55204599900869", "Sève"),)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"_type": "Contrat de concession"}, "concession"),
        ({"nature": "Délégation de service public"}, "concession"),
        ({"nature": "Accord-cadre"}, "contract"),
    ],
)
def test_a_concession_is_told_from_a_contract(changes, kind):
    assert one(**changes).kind == kind


def test_a_concession_has_fields_of_its_own():
    given = {
        "id": "C1",
        "autoriteConcedante": {"id": "21740173600012", "nom": "Ville"},
        "objet": "Camping",
        "nature": "Concession de service",
        "dateSignature": "2026-01-04",
        "valeurGlobale": 1250000,
        "concessionnaires": [{"concessionnaire": {"id": "55204599900869", "typeIdentifiant": "SIRET"}}],
    }
    (found,) = read({"marches": {"contrat-concession": [given]}})
    assert (found.kind, found.buyer_name, found.amount_cents) == ("concession", "Ville", 125_000_000)
    assert (found.notified_on, len(found.winners)) == (date(2026, 1, 4), 1)


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"id": ""}, "id"),
        ({"id": "x" * 61}, "id"),
        ({"acheteur": {}}, "buyer"),
        ({"acheteur": {"id": "9" * 21}}, "buyer"),
        ({"objet": None}, "title"),
        ({"objet": "—"}, "title"),
        ({"dateNotification": ""}, "day"),
        ({"dateNotification": "02/03/2026"}, "day"),
        ({"dateNotification": "0001-03-02"}, "day"),
    ],
)
def test_a_contract_that_does_not_say_what_names_it_cannot_be_used(changes, lacks):
    assert one(**changes) == Unusable(str({**CONTRACT, **changes}["id"])[:60], lacks)


@pytest.mark.parametrize("amount", ["NC", None, 0, -1, 1e17, True, "1e400", [], {"a": 1}, "12 000"])
def test_what_is_no_amount_is_none(amount):
    assert one(montant=amount).amount_cents is None


@pytest.mark.parametrize("months", ["NC", 0, -3, 2.5, 99_999, None, "²"])
def test_what_is_no_number_of_months_is_none(months):
    assert one(dureeMois=months).months is None


def test_whole_numbers_written_with_a_point_are_whole():
    assert (one(dureeMois=24.0).months, one(offresRecues="3.0").offers) == (24, 3)


@pytest.mark.parametrize(
    "listed", [None, "", [], "SIRET", [{"titulaire": "id"}], {"titulaire": []}, float("nan")]
)
def test_a_contract_without_winners_is_kept_without(listed):
    assert one(titulaires=listed).winners == ()


@pytest.mark.parametrize("cut", [1, 20, 200, 440])
def test_a_file_cut_short_is_told_from_one_without_contracts(cut):
    content = json.dumps({"marches": {"marche": [CONTRACT]}}).encode()
    with pytest.raises(NoticeRefused) as refusal:
        read(content[:cut])
    assert refusal.value.code in {"notice_unreadable", "no_awards"}


def test_what_was_read_before_the_cut_was_read():
    content = json.dumps({"marches": {"marche": [CONTRACT, CONTRACT]}}).encode()
    found = decp.read(io.BytesIO(content[:-30]))
    assert next(found) == READ
    with pytest.raises(NoticeRefused):
        next(found)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "notice_empty"),
        (b" \n\0", "notice_empty"),
        (b"id;acheteur\n1;2", "no_awards"),
        (b"{}", "no_awards"),
        (b"[]", "no_awards"),
        (b'{"marches": {"marche": []}}', "no_awards"),
        (b"<marches/>", "no_awards"),
        (b"<ContractNotice/>", "no_awards"),
        (b"<marches><marche>", "notice_unreadable"),
        (b'{"marches": [\xff\xfe]}', "notice_unreadable"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><marches><marche>&b;</marche></marches>', "notice_with_doctype"),
        (b'{"marches": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}", "notice_too_deep"),
        (b"<marches>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</marches>", "notice_unreadable"),
    ],
)
def test_other_files_are_refused_for_what_they_are(content, code):
    with pytest.raises(NoticeRefused) as refusal:
        read(content)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["json", "xml"])
def test_a_long_file_is_read_no_further_than_its_contracts_are_asked_for(name):
    body = json.dumps(CONTRACT).encode()
    content = b'{"marches": {"marche": [' + b",".join([body] * 5_000) + b"]}}"
    if name == "xml":
        body = b"<marche><id>2026-014</id><objet>" + b"Tonte " * 50 + b"</objet></marche>"
        content = b"<marches>" + body * 5_000 + b"</marches>"
    stream = io.BytesIO(content)
    ahead = [stream.tell() - count * len(body) for count, _found in enumerate(decp.read(stream), start=1)]
    assert len(ahead) == 5_000
    assert max(ahead) < 4 * decp.CHUNK


def test_what_stands_for_a_contract_is_always_the_same():
    assert decp.plain(one()) == decp.plain(READ)
    assert json.loads(json.dumps(decp.plain(READ)))["winners"] == [["SIRET", "55204599900869", ""]]
