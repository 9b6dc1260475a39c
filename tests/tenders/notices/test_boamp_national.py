"""The national forms of BOAMP: what is read of each, and what is none rather than a guess."""

from datetime import datetime

import pytest

from endi_ext.kernel.paris import PARIS
from endi_ext.tenders.notices.model import Criterion, Notice, NoticeLot
from tests.tenders.notices.boamp_records import notice


def test_every_field_of_a_simple_national_form():
    assert notice("FNSimple") == Notice(
        source="boamp_fns",
        notice_id="26-100001",
        title="Réhabilitation de l'école Jean-Moulin",
        description="Menuiseries et peinture.\nEn site occupé.",
        buyer_name="Ville d'Annecy",
        buyer_siret="21740173600012",
        cpv=("45454100", "45421000", "45442100"),
        procedure="adapted",
        estimated_value_cents=48_000_000,
        currency="EUR",
        deadline=datetime(2026, 12, 11, 12, tzinfo=PARIS),
        lots=(
            NoticeLot("1", None, "Lot n° 1 : Menuiseries", ("45421000",), 30_000_000),
            NoticeLot("2", None, "2 - Peinture", (), 18_000_050),
        ),
        criteria=(Criterion("Valeur technique", 60.0), Criterion("Prix", 40.0)),
        variants_allowed=False,
        documents_url="https://profil.example/consultation/12",
        requested_documents=("DC1 et DC2", "Chiffre d'affaires des trois derniers exercices"),
    )


def test_every_field_of_an_adapted_procedure():
    assert notice("MAPA") == Notice(
        source="boamp_mapa",
        notice_id="26-100001",
        title="Tonte des stades",
        description="Trois stades.",
        buyer_name="Communauté de communes du Lac",
        buyer_siret="21740173600012",
        cpv=("77310000",),
        places=("FRK28",),
        procedure="adapted",
        deadline=datetime(2026, 12, 11, 16, tzinfo=PARIS),
        lots=(NoticeLot("1", "Stade nord", "Le grand"),),
        criteria=(Criterion("Prix", 100.0),),
        group_form="Groupement solidaire",
        variants_allowed=True,
        documents_url="https://profil.example/dce",
        requested_documents=("Lettre de candidature (DC1)", "Plan prevention", "Attestation d'assurance"),
        language="fr",
    )


def test_every_field_of_a_concession():
    assert notice("DSP") == Notice(
        source="boamp_dsp",
        notice_id="26-100001",
        title="Gestion du camping",
        description="Affermage",
        buyer_name="Métropole",
        cpv=("55221000",),
        places=("FRL04",),
        procedure="restricted",
        estimated_value_cents=125_000_000,
        currency="EUR",
        deadline=datetime(2026, 11, 30, 12, tzinfo=PARIS),
        lots=(NoticeLot(None, "Camping", estimated_value_cents=125_000_000),),
    )


@pytest.mark.parametrize("written", ["2026-12-11", "11/12/2026", "le 11 décembre", "2026-02-30T12:00:00", ""])
def test_what_is_no_instant_is_no_deadline(written):
    assert notice("FNSimple", ("initial.procedure.dateReceptionOffres", written)).deadline is None


@pytest.mark.parametrize(
    "worth",
    [
        {"valeur": "0.00"},
        {"valeur": "environ 480 000"},
        {"fourchette": {"min": "100000", "max": "480000"}},
        {"valeur": ["480000", "500000"]},
        "",
    ],
)
def test_an_estimate_that_is_not_one_amount_is_none(worth):
    found = notice("FNSimple", ("initial.natureMarche.valeurEstimee", worth))
    assert found.estimated_value_cents is None


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("480000", 48_000_000),
        ("480000.5", 48_000_050),
        ("480 000", 48_000_000),
        ("480\u202f000,50", 48_000_050),
        (480000, 48_000_000),
        (480000.5, 48_000_050),
        ("480,000", None),
        ("480000,5", None),
        ("48 0000", None),
        ("-480000", None),
        (True, None),
    ],
)
def test_an_amount_is_read_where_it_can_mean_one_thing_only(written, cents):
    found = notice("FNSimple", ("initial.natureMarche.valeurEstimee", {"valeur": written}))
    assert found.estimated_value_cents == cents


def test_an_estimate_without_its_currency_has_none():
    found = notice("FNSimple", ("initial.natureMarche.valeurEstimee", {"valeur": "480000"}))
    assert (found.estimated_value_cents, found.currency) == (48_000_000, None)


@pytest.mark.parametrize(
    "number", ["217401736", "21740173600013", "FR12217401736", "", {"@type": "SIREN", "#text": "217401736"}]
)
def test_a_number_that_is_no_siret_is_left_out(number):
    assert notice("FNSimple", ("organisme.codeIdentificationNational", number)).buyer_siret is None


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        ({"procedureAdapteeO": "", "procedureAdapteeN": ""}, "adapted"),
        ({"procedureAdapteeN": ""}, None),
        ({"procedureOuverte": ""}, "open"),
        ({"appelOffresOuvert": ""}, "open"),
        ({"typeProcedure": {"ouvert": ""}}, "open"),
        ({"typeProcedure": {"restreint": ""}}, "restricted"),
        ({"dialogueCompetitif": ""}, "comp-dial"),
        ({"procedureOuverte": "", "procedureRestreinte": ""}, None),
        ({"autres": "Concours"}, None),
    ],
)
def test_a_procedure_is_the_one_that_is_ticked(ticked, expected):
    assert notice("FNSimple", ("initial.procedure", ticked)).procedure == expected


@pytest.mark.parametrize(
    ("ticked", "allowed"),
    [
        ({"variantesO": ""}, True),
        ({"variantesN": ""}, False),
        ({"variantes": "oui"}, True),
        ({"variantes": {"non": ""}}, False),
        ({"variantesO": "", "variantesN": ""}, None),
        ({"variantesExigees": {"non": ""}}, None),
        ({}, None),
    ],
)
def test_variants_are_allowed_where_the_form_says_so(ticked, allowed):
    assert notice("FNSimple", ("initial.procedure", ticked)).variants_allowed is allowed


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "1. Prix des prestations (40%)\n2. Valeur technique (60%)",
            ["Prix des prestations", "Valeur technique"],
        ),
        ("- Prix : 40 % ; - Délai : 60 %", ["Prix", "Délai"]),
        ("Prix : 40 %, Valeur technique : 60 %", ["Prix", "Valeur technique"]),
        ("Prix : 40 %\nValeur technique : 50 %", []),
        ("Prix 40 points\nValeur technique 60 points", []),
        ("Critères énoncés dans le règlement de la consultation", []),
        ("Le prix compte pour 100 % et rien d'autre", []),
        ("", []),
    ],
)
def test_criteria_in_words_are_read_where_they_make_a_hundred(written, expected):
    found = notice("FNSimple", ("initial.procedure.criteresAttrib", written))
    assert [one.name for one in found.criteria] == expected


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1 : Gros œuvre", "1"),
        ("Lot n°02 - Menuiseries", "02"),
        ("LOT 3A : Peinture", "3A"),
        ("Peinture", ""),
        ("2026 : année de l'école", ""),
        ("1 Gros œuvre", ""),
    ],
)
def test_a_lot_is_numbered_by_what_its_words_begin_with(said, number):
    found = notice("FNSimple", ("initial.lots", {"lot": {"description": said}}))
    assert [one.id or "" for one in found.lots] == [number]


def test_lots_may_be_a_list_of_objects():
    listed = [{"lot": {"description": "1 : Gros œuvre"}}, {"lot": [{"description": "2 : Peinture"}]}]
    assert [one.id for one in notice("FNSimple", ("initial.lots", listed)).lots] == ["1", "2"]


def test_the_documents_are_where_the_consultation_is_else_where_the_buyer_publishes():
    path = "initial.communication.urlDocConsul"
    assert notice("FNSimple", (path, None)).documents_url == "https://profil.example"
    assert notice("FNSimple", (path, "voir le profil d'acheteur")).documents_url == "https://profil.example"


def test_a_code_written_as_a_name_of_an_element_is_a_code():
    found = notice("MAPA", ("initial.description.CPV", {"objetPrincipal": {"77310000": ""}}))
    assert found.cpv == ("77310000",)


def test_without_codes_of_its_own_a_notice_has_those_of_its_lots():
    found = notice("FNSimple", ("initial.natureMarche.codeCPV", None))
    assert found.cpv == ("45421000",)


def test_a_box_with_words_is_said_with_them():
    boxes = {"certificats": "Qualibat 3511", "redressementJudiciaire": ""}
    assert notice("MAPA", ("initial.justifications", boxes)).requested_documents == (
        "Certificats de qualification professionnelle : Qualibat 3511",
        "Copie des jugements en cas de redressement judiciaire",
    )


def test_an_application_is_due_before_an_offer():
    delays = {"receptionCandidatures": "2026-11-30T12:00:00", "receptionOffres": "2027-01-15T12:00:00"}
    assert notice("MAPA", ("initial.delais", delays)).deadline == datetime(2026, 11, 30, 12, tzinfo=PARIS)


@pytest.mark.parametrize("form", ["FNSimple", "MAPA", "DSP"])
@pytest.mark.parametrize("body", ["", "texte", [], {"lots": "x", "procedure": [], "criteres": 3}])
def test_a_form_that_says_nothing_is_a_notice_that_says_nothing(form, body):
    found = notice(form, ("initial", body))
    assert (found.title, found.deadline, found.lots, found.criteria) == (None, None, (), ())
