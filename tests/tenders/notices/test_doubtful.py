"""What publishers write that can mean two things, or not what it says: read as none rather than guessed."""

import json

import pytest

from endi_ext.tenders.notices.model import Criterion
from tests.tenders.notices.boamp_records import notice, read, refusal
from tests.tenders.notices.eforms_xml import a_lot, criterion, named
from tests.tenders.notices.eforms_xml import read as read_eforms


def old_form(criteria, **about):
    given = {
        "IDENTITE": {"DENOMINATION": "Ville d’Annecy"},
        "OBJET": {"TITRE_MARCHE": "Travaux", **about},
        "PROCEDURE": {"CRITERES_ATTRIBUTION": criteria},
    }
    return read({"idweb": "23-1", "donnees": json.dumps(given)}).notice


def weighted(*shares):
    return {"CRITERE": [{"@POIDS": share, "#text": f"Critère {share}"} for share in shares]}


@pytest.mark.parametrize(
    ("shares", "weights"),
    [
        (("60", "40"), [60.0, 40.0]),
        (("33,3", "33.3", "33.4"), [33.3, 33.3, 33.4]),
        (("2", "2", "5", "1"), [None] * 4),  # coefficients
        (("6", "4"), [None, None]),  # out of ten
        (("70", "45", "25", "30"), [None] * 4),  # sub-criteria beside what they are part of
        (("60", ""), [None, None]),
    ],
)
def test_weights_of_the_old_forms_are_percents_where_they_make_a_hundred(shares, weights):
    found = old_form({"CRITERES_PONDERES": weighted(*shares)}).criteria
    assert [one.weight for one in found] == weights


def test_the_price_counts_among_the_weights_of_the_old_forms():
    quality = {"CRITERES_QUALITE": {"CRITERE": {"@POIDS": "70", "#text": "Technique"}}}
    whole = old_form({**quality, "CRITERES_PRIX": {"POIDS": "30"}}).criteria
    part = old_form({**quality, "CRITERES_PRIX": {"POIDS": "3"}}).criteria
    assert [one.weight for one in whole] == [70.0, 30.0]
    assert part == (Criterion("Technique"), Criterion("Prix"))


def test_parts_of_one_that_say_they_are_percents_are_none():
    terms = criterion(named("Technique"), "0.6") + criterion(named("Prix"), "0.4")
    assert [one.weight for one in read_eforms(lots=[a_lot(terms=terms)]).criteria] == [None, None]


@pytest.mark.parametrize(("share", "weight"), [("100", 100.0), ("60 %", 60.0), ("600", None), ("x", None)])
def test_a_share_of_more_than_all_is_none(share, weight):
    changed = ("initial.criteres.criterePondere", {"critere": "Prix", "criterePCT": share})
    assert notice("MAPA", changed).criteria == (Criterion("Prix", weight),)


@pytest.mark.parametrize(
    "words",
    [
        "Offre la plus avantageuse. Valeur technique 60%, prix 40%",
        "Prix : 60 points\nTechnique : 40 points",
        "1-Technique : 60 % dont délai 20 %\n2-Prix : 40 %",
        "60 % prix, 40 % technique",
    ],
)
def test_words_that_are_no_plain_list_of_criteria_are_none(words):
    assert notice("FNSimple", ("initial.procedure.criteresAttrib", words)).criteria == ()


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("480.000", None),
        ("480,000", None),
        ("480000.00", 48_000_000),
        ("480000.000", 48_000_000),
        ("480.5", 48_050),
    ],
)
def test_a_point_that_may_part_thousands_makes_no_amount(amount, cents):
    worth = ("initial.natureMarche.valeurEstimee", {"valeur": {"@devise": "EUR", "#text": amount}})
    assert notice("FNSimple", worth).estimated_value_cents == cents


def test_the_currency_is_that_of_the_lots_where_only_they_say_what_they_are_worth():
    nothing = ("initial.natureMarche.valeurEstimee", None)
    assert notice("FNSimple", nothing).currency == "EUR"
    lots = [{"NUM": "1", "VALEUR": {"@DEVISE": "EUR", "#text": "10"}}, {"NUM": "2", "VALEUR": "20"}]
    found = old_form({}, LOTS={"LOT": lots})
    assert (found.estimated_value_cents, found.currency) == (None, "EUR")
    lots[1]["VALEUR"] = {"@DEVISE": "CHF", "#text": "20"}
    assert old_form({}, LOTS={"LOT": lots}).currency is None


def in_eforms(**columns):
    body = {"ContractNotice": {"cbc:ID": "u", "cac:ProcurementProject": {"cbc:Name": "Objet"}}}
    return {"idweb": "24-2", "donnees": json.dumps({"EFORMS": body}), **columns}


def test_eforms_are_a_cancellation_or_a_correction_where_boamp_says_so_by_nature_or_status():
    assert refusal(in_eforms(nature="ANNULATION")) == "notice_is_cancellation"
    assert refusal(in_eforms(nature="APPEL_OFFRE", etat="ANNULATION")) == "notice_is_cancellation"
    assert read(in_eforms(nature="RECTIFICATIF", annonce_lie=["24-1"])).changes == "24-1"
    assert read(in_eforms(nature="APPEL_OFFRE", etat="INITIAL")).changes is None


def test_a_text_broken_by_elements_is_read_whole():
    content = (
        "<ANNONCE><DONNEES><IDENTITE/><OBJET><TITRE_MARCHE>T</TITRE_MARCHE>"
        "<OBJET_COMPLET>Une ligne<br/>une autre</OBJET_COMPLET></OBJET></DONNEES></ANNONCE>"
    )
    assert read(content.encode()).notice.description == "Une ligne\nune autre"


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (
            ["01 : VRD", "02 : Gros œuvre", "03a : Charpente", "03b : Toit", "04 : Façades"],
            "01 02 03a 03b 04",
        ),
        (["1 - VRD", "2 – Bois", "4 - Peinture"], "1 2 4"),
        (["Lot n° 7 : Peinture", "9 - 11 rue de la Paix", "2026 - Toiture"], "7 ? ?"),
        (["12 - 30 repas", "1 - 2 rue de la Paix"], "? ?"),
    ],
)
def test_a_lot_has_the_number_its_words_begin_with_where_it_is_one(words, numbers):
    found = notice("MAPA", ("initial.lots", {"lot": [{"description": one} for one in words]}))
    assert " ".join(lot.id or "?" for lot in found.lots) == numbers


def documents(address, kind):
    return (
        f"<cac:CallForTendersDocumentReference><cbc:DocumentType>{kind}</cbc:DocumentType><cac:Attachment>"
        f"<cac:ExternalReference><cbc:URI>{address}</cbc:URI></cac:ExternalReference></cac:Attachment>"
        "</cac:CallForTendersDocumentReference>"
    )


def test_documents_open_to_all_come_before_restricted_ones_of_another_lot():
    asked = a_lot("LOT-0001", terms=documents("https://demande.example", "restricted-document"))
    given = a_lot("LOT-0002", terms=documents("https://dce.example", "non-restricted-document"))
    assert read_eforms(lots=[asked, given]).documents_url == "https://dce.example"
    assert read_eforms(lots=[asked]).documents_url == "https://demande.example"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
        ("https://a.example/?a=1&amp;b=2&notice=3&copy=4", "https://a.example/?a=1&b=2&notice=3&copy=4"),
    ],
)
def test_an_address_keeps_its_query(written, address):
    assert notice("FNSimple", ("initial.communication.urlDocConsul", written)).documents_url == address


def test_named_characters_are_read_wherever_they_stand():
    title = notice(
        "FNSimple", ("initial.natureMarche.intitule", "R&eacute;novation de l&rsquo;&eacute;cole")
    ).title
    assert title == "Rénovation de l’école"
