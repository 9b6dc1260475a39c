"""Records of the BOAMP: how files hold them, what they are, which notice they correct."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from endi_ext.kernel.paris import PARIS
from endi_ext.tenders.notices import reading
from endi_ext.tenders.notices.model import plain
from tests.tenders.notices.boamp_records import FNS, notice, read, record, refusal

EFORMS = Path(__file__).parents[2] / "data" / "notices" / "eforms"
OPEN = ("cn_24_FRA_comments", "cn_24_minimal", "cn_24_multilingual", "cn_25", "change-cn_24_open_dates")


def as_json(element):
    """An element as the API of the BOAMP writes eForms, prefixes and attributes and all."""
    name = etree.QName(element)
    prefix = f"{element.prefix}:" if element.prefix else ""
    found = {f"@{etree.QName(key).localname}": value for key, value in element.attrib.items()}
    for child in element:
        if isinstance(child.tag, str):
            key, value = as_json(child)
            found[key] = [*found[key], value] if key in found else [value]
    found = {key: one[0] if isinstance(one, list) and len(one) == 1 else one for key, one in found.items()}
    words = (element.text or "").strip()
    if not found:
        return prefix + name.localname, words
    return prefix + name.localname, {**found, "#text": words} if words else found


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("as_string", [False, True], ids=["object", "string"])
def test_eforms_in_json_are_the_same_notice_as_in_xml(name, as_string):
    content = (EFORMS / f"{name}.xml").read_bytes()
    root, body = as_json(etree.fromstring(content))
    given = {"EFORMS": {root: body}}
    found = read({"donnees": json.dumps(given) if as_string else given})
    (expected,) = reading.read(content)
    assert plain(found.notice) == {**plain(expected.notice), "source": "boamp_eforms"}
    assert (found.changes, found.said) == (expected.changes, expected.said)


def test_what_eforms_do_not_say_is_in_the_columns_of_the_record():
    given = {"EFORMS": {"ContractNotice": {"cac:ProcurementProject": {"cbc:Name": "Tonte"}}}}
    found = read(
        {
            "idweb": "26-7",
            "contractfolderid": "1ab0",
            "nomacheteur": "Ville d'Annecy",
            "objet": "Autre",
            "datelimitereponse": "2026-12-11T12:00:00+00:00",
            "donnees": json.dumps(given),
        }
    ).notice
    assert (found.notice_id, found.procedure_id, found.title) == ("26-7", "1ab0", "Tonte")
    assert found.buyer_name == "Ville d'Annecy"
    assert found.deadline is None  # hours of Paris stand there as if they were of Greenwich


def test_the_management_of_a_notice_knows_its_deadline():
    management = {"INDEXATION": {"DATE_LIMITE_REPONSE": "2026-12-11T12:00:00", "RESUME_OBJET": "x" * 300}}
    found = notice(
        "MAPA",
        ("initial.delais", None),
        ("initial.description.objet", None),
        gestion=json.dumps(management),
    )
    assert found.deadline == datetime(2026, 12, 11, 12, tzinfo=PARIS)
    assert found.title is None  # cut where it is long


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"total_count": 1, "results": [one]},
        lambda one: {"records": [{"recordid": "a", "fields": one}]},
        lambda one: [{"record": {"id": "a", "fields": one}}],
        lambda one: json.loads(one["donnees"]),
        lambda one: {**one, "donnees": json.loads(one["donnees"])},
        lambda one: {"ANNONCE": {"DONNEES": json.loads(one["donnees"])}},
    ],
)
def test_a_notice_is_found_however_a_file_holds_it(wrapped):
    assert read(wrapped(record("MAPA"))).notice.title == "Tonte des stades"


def test_a_byte_order_mark_and_other_encodings_are_read():
    content = json.dumps(record("MAPA"), ensure_ascii=False)
    assert read(content.encode("utf-8-sig")).notice.buyer_name == "Communauté de communes du Lac"


def test_those_of_a_day_are_read_and_refused_one_by_one():
    day = [record("MAPA"), record("FNSimple", nature="ATTRIBUTION"), record("DSP"), {"donnees": "{"}, 3]
    found = reading.read_all(json.dumps(day).encode())
    assert [one.notice.source for one in found.notices] == ["boamp_mapa", "boamp_dsp"]
    assert [one.code for one in found.refused] == ["notice_is_result", "notice_unreadable", "no_notice"]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"nature": "ATTRIBUTION"}, "notice_is_result"),
        ({"nature": "PRE-INFORMATION"}, "notice_is_planning"),
        ({"nature": "PERIODIQUE"}, "notice_is_planning"),
        ({"nature": "MODIFICATION"}, "notice_is_modification"),
        ({"nature": "INTENTION_CONCLURE"}, "notice_is_ex_ante"),
        ({"nature": "ANNULATION"}, "notice_is_cancellation"),
        ({"etat": "ANNULATION"}, "notice_is_cancellation"),
    ],
)
def test_no_call_for_tenders_is_refused_for_what_it_is(columns, code):
    assert refusal(record("FNSimple", **columns)) == code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("attribution", "notice_is_result"),
        ("annulation", "notice_is_cancellation"),
        ("intentionConclure", "notice_is_ex_ante"),
        ("autre", "notice_is_no_call"),
    ],
)
def test_the_body_of_a_form_says_what_it_is(body, code):
    given = {"FNSimple": {"organisme": FNS["organisme"], body: {}}}
    assert refusal({"donnees": json.dumps(given)}) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"donnees": {"DIVERS": {"objet": "Avis"}}}', "notice_is_no_call"),
        (b'{"marches": {"marche": []}}', "no_notice_awards"),
        (b'{"donnees": {"EFORMS": {}}}', "no_notice"),
        (b'{"donnees": 3}', "no_notice"),
        (b'{"objet": "Tonte"}', "no_notice"),
        (b"[3]", "no_notice"),
        (b'{"donnees": "', "notice_unreadable"),
    ],
)
def test_other_json_is_refused_for_what_it_is(content, code):
    assert refusal(content) == code


def test_a_notice_that_calls_and_tells_of_profiles_is_a_call():
    kinds = {"NATURE": {"PROFIL_ACHETEUR": {"MISE_EN_CONCURRENCE": ""}}}
    found = notice("MAPA", gestion={"REFERENCE": {"TYPE_AVIS": kinds}})
    assert found.title == "Tonte des stades"


CORRECTION = {
    "avisInitial": {"idWeb": "26-99999"},
    "infosRectif": {
        "modif": {
            "rubDelais": "ReceptionOffres",
            "auLieuDe": "2026-12-11T12:00:00",
            "lireDate": "2026-12-18T17:30:00",
        },
        "autres": "Le lot 2 est précisé.",
    },
}


def corrected(body, **columns):
    given = {"FNSimple": {"organisme": FNS["organisme"], "rectificatif": body}}
    return read({"idweb": "26-100002", **columns, "donnees": json.dumps(given)})


def test_a_correction_names_what_it_corrects_and_gives_the_deadline_in_figures():
    found = corrected(CORRECTION)
    assert (found.changes, found.partial) == ("26-99999", True)
    assert found.notice.deadline == datetime(2026, 12, 18, 17, 30, tzinfo=PARIS)
    assert (found.notice.title, found.notice.lots) == (None, ())
    assert found.said.splitlines() == [
        "Date limite de réception",
        "au lieu de : 11/12/2026 à 12:00",
        "lire : 18/12/2026 à 17:30",
        "Le lot 2 est précisé.",
    ]


@pytest.mark.parametrize(
    ("said", "deadline"),
    [
        (
            "Date limite de réception des offres : au lieu de 11/12/2026 à 12h00, lire 18/12/2026 à 17h30",
            datetime(2026, 12, 18, 17, 30, tzinfo=PARIS),
        ),
        (
            "Date limite de remise des plis : au lieu du 11/12/2026 à 12 heures, lire : le 18/12/2026 à 9 h",
            datetime(2026, 12, 18, 9, tzinfo=PARIS),
        ),
        ("Au lieu de Peinture, lire Menuiseries", None),
        ("Date limite de réception des offres : reportée au 18 décembre", None),
        ("Date limite de visite : au lieu de 11/12/2026 à 12h00, lire 18/12/2026 à 17h30", None),
        (
            "Limite de réception des offres : au lieu de 11/12/2026 à 12h00, lire 18/12/2026 à 9h locales",
            None,
        ),
    ],
)
def test_a_deadline_in_words_is_taken_where_they_are_plain(said, deadline):
    found = corrected({"infosRectif": {"texte": said}})
    assert found.notice.deadline == deadline
    assert (found.said, found.changes) == (said, "")


def test_two_deadlines_that_differ_are_none():
    first = CORRECTION["infosRectif"]["modif"]
    modifs = [first, {**first, "lireDate": "2026-12-20T12:00:00"}]
    assert corrected({"infosRectif": {"modif": modifs}}).notice.deadline is None


@pytest.mark.parametrize(
    "columns",
    [
        {"annonce_lie": ["26-99998"]},
        {"annonce_lie": "26-99998"},
        {"gestion": {"MARCHE": {"ANNONCE_ANTERIEUR": {"REFERENCE": {"IDWEB": "26-99998"}}}}},
    ],
)
def test_the_record_of_a_correction_may_name_what_it_corrects(columns):
    assert corrected({"infosRectif": "Voir le DCE"}, **columns).changes == "26-99998"


def test_a_call_that_its_record_says_to_be_a_correction_keeps_its_facts():
    found = read(record("MAPA", nature="RECTIFICATIF", annonce_lie=["26-99998"]))
    assert (found.changes, found.partial, found.notice.title) == ("26-99998", True, "Tonte des stades")
