"""The old forms of the BOAMP, in its XML and in the JSON of its API; and new forms inside its XML."""

import json
from datetime import datetime
from textwrap import dedent

import pytest

from endi_ext.kernel.paris import PARIS
from endi_ext.tenders.notices import reading
from endi_ext.tenders.notices.model import Criterion, Notice, NoticeLot
from tests.tenders.notices.boamp_records import read, refusal

DONNEES = """
<IDENTITE>
  <DENOMINATION>Ville d'Annecy</DENOMINATION>
  <CODE_IDENT_NATIONAL>21740173600012</CODE_IDENT_NATIONAL>
  <CORRESPONDANT>Mme Untel</CORRESPONDANT><MEL>marches@annecy.example</MEL>
  <URL_DOCUMENT>https://profil.example/dce</URL_DOCUMENT>
  <URL_PARTICIPATION>https://profil.example/depot</URL_PARTICIPATION>
  <URL_PROFIL_ACHETEUR>https://profil.example</URL_PROFIL_ACHETEUR>
</IDENTITE>
<OBJET>
  <TITRE_MARCHE>Entretien des espaces verts</TITRE_MARCHE>
  <OBJET_COMPLET>Tonte et taille.</OBJET_COMPLET>
  <CPV><PRINCIPAL>77310000-6</PRINCIPAL></CPV>
  <LIEU_EXEC_LIVR><CODE_NUTS>FRK28</CODE_NUTS></LIEU_EXEC_LIVR>
  <CARACTERISTIQUES><VALEUR DEVISE="EUR">250000.00</VALEUR></CARACTERISTIQUES>
  <DIV_EN_LOTS><OUI/></DIV_EN_LOTS>
  <LOTS>
    <LOT><NUM>1</NUM><INTITULE>Tonte</INTITULE><CPV><PRINCIPAL>77314100</PRINCIPAL></CPV>
      <VALEUR DEVISE="EUR">150000</VALEUR></LOT>
    <LOT><NUM>2</NUM><INTITULE>Taille</INTITULE><DESCRIPTION>Haies</DESCRIPTION></LOT>
  </LOTS>
</OBJET>
<PROCEDURE>
  <TYPE_PROCEDURE><OUVERT/></TYPE_PROCEDURE>
  <CRITERES_ATTRIBUTION><CRITERES_PONDERES>
    <CRITERE POIDS="60">Valeur technique</CRITERE><CRITERE POIDS="40">Prix</CRITERE>
  </CRITERES_PONDERES></CRITERES_ATTRIBUTION>
  <VARIANTES_NON/>
</PROCEDURE>
<CONDITION_PARTICIPATION>
  <CAP_ECO>Chiffre d'affaires</CAP_ECO><CAP_TECH>Cf. règlement de la consultation</CAP_TECH>
  <JUSTIFICATIFS_CANDIDAT><P>DC1</P><P>DC2</P></JUSTIFICATIFS_CANDIDAT>
</CONDITION_PARTICIPATION>
<CONDITION_RELATIVE_MARCHE>
  <FORME_JURIDIQUE>Groupement conjoint, mandataire solidaire</FORME_JURIDIQUE>
  <FRANCAIS_SEUL/>
</CONDITION_RELATIVE_MARCHE>
<CONDITION_DELAI><RECEPT_OFFRES>2016-12-12T12:00:00</RECEPT_OFFRES></CONDITION_DELAI>
"""
GESTION = "<GESTION><REFERENCE><IDWEB>16-186394</IDWEB>{kinds}</REFERENCE></GESTION>"
KINDS = "<TYPE_AVIS><NATURE><{nature}/></NATURE><STATUT><{status}/></STATUT></TYPE_AVIS>"


def xml(*changes, nature="APPEL_OFFRE", status="INITIAL", more=""):
    """A notice of the XML of the BOAMP, each pair of `changes` a part that stands for another."""
    body = DONNEES
    for old, new in changes:
        assert old in body, old
        body = body.replace(old, new)
    gestion = GESTION.format(kinds=KINDS.format(nature=nature, status=status))
    return f"<ANNONCE>{gestion}<DONNEES>{body}{more}</DONNEES></ANNONCE>".encode()


def notice(*changes, **kinds):
    return read(xml(*changes, **kinds)).notice


def test_every_field_of_an_old_form():
    assert notice() == Notice(
        source="boamp_xml",
        notice_id="16-186394",
        title="Entretien des espaces verts",
        description="Tonte et taille.",
        buyer_name="Ville d'Annecy",
        buyer_siret="21740173600012",
        cpv=("77310000",),
        places=("FRK28",),
        procedure="open",
        estimated_value_cents=25_000_000,
        currency="EUR",
        deadline=datetime(2016, 12, 12, 12, tzinfo=PARIS),
        lots=(
            NoticeLot("1", "Tonte", None, ("77314100",), 15_000_000),
            NoticeLot("2", "Taille", "Haies"),
        ),
        criteria=(Criterion("Valeur technique", 60.0), Criterion("Prix", 40.0)),
        group_form="Groupement conjoint, mandataire solidaire",
        variants_allowed=False,
        documents_url="https://profil.example/dce",
        submission_url="https://profil.example/depot",
        requested_documents=("DC1", "DC2", "Chiffre d'affaires"),
        language="fr",
    )


def test_several_notices_of_a_file_are_each_one():
    day = b"<ANNONCES>" + xml() + xml() + xml(nature="ATTRIBUTION") + b"</ANNONCES>"
    found = reading.read_all(day)
    assert (len(found.notices), [one.code for one in found.refused]) == (2, ["notice_is_result"])


LOTS = DONNEES[DONNEES.index("<LOTS>") : DONNEES.index("</LOTS>") + len("</LOTS>")]
SAME = "<LOT><INTITULE>Tout</INTITULE><VALEUR>90000</VALEUR></LOT>"


def test_what_is_not_divided_is_one_lot_however_often_it_is_said():
    found = notice(
        (LOTS, f"<LOTS>{SAME}{SAME}</LOTS>"),
        ("<DIV_EN_LOTS><OUI/></DIV_EN_LOTS>", "<DIV_EN_LOTS><NON/></DIV_EN_LOTS>"),
        ('<VALEUR DEVISE="EUR">250000.00</VALEUR>', ""),
    )
    assert found.lots == (NoticeLot(None, "Tout", estimated_value_cents=9_000_000),)
    assert (found.estimated_value_cents, found.currency) == (9_000_000, None)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("<VALEUR_TOTALE>1</VALEUR_TOTALE><VALEUR>2</VALEUR>", 100),
        ("<VALEUR_MIN>1</VALEUR_MIN><VALEUR_MAX>2</VALEUR_MAX>", 200),
        ("<VALEUR_MIN>1</VALEUR_MIN>", None),
        ("<VALEUR>0</VALEUR>", None),
    ],
)
def test_an_estimate_is_the_total_or_the_most_it_may_come_to(written, cents):
    found = notice(('<VALEUR DEVISE="EUR">250000.00</VALEUR>', written))
    assert found.estimated_value_cents == cents


WEIGHTED = """<CRITERES_QUALITE><CRITERE POIDS="70">Technique</CRITERE></CRITERES_QUALITE>
<CRITERES_PRIX><POIDS>30</POIDS></CRITERES_PRIX>"""
CRITERIA = DONNEES[DONNEES.index("<CRITERES_PONDERES>") : DONNEES.index("</CRITERES_ATTRIBUTION>")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<CRITERES_PRIX/>", [("Prix", None)]),
        (
            WEIGHTED,
            [("Technique", 70.0), ("Prix", 30.0)],
        ),
        (
            "<CRITERES_COUT><CRITERE POIDS='100 %'>Cycle de vie</CRITERE></CRITERES_COUT>",
            [("Cycle de vie", 100)],
        ),
        (
            "<CRITERES_PRIORITES><CRITERE>Prix</CRITERE><CRITERE>Délai</CRITERE></CRITERES_PRIORITES>",
            [("Prix", None), ("Délai", None)],
        ),
        ("<CRITERES_LIBRE>Prix : 100 %</CRITERES_LIBRE>", [("Prix", 100.0)]),
        ("<CRITERES_LIBRE>Dans le cahier des charges</CRITERES_LIBRE>", []),
        ("<CRITERES_CCTP/>", []),
    ],
)
def test_criteria_are_read_in_each_way_of_saying_them(written, expected):
    assert [(one.name, one.weight) for one in notice((CRITERIA, written)).criteria] == expected


def lot_with(criteria):
    return f"<LOT><CRITERES_ATTRIBUTION>{criteria}</CRITERES_ATTRIBUTION></LOT>"


PRICE, QUALITY = (
    "<CRITERES_PRIX/>",
    '<CRITERES_QUALITE><CRITERE POIDS="100">Délai</CRITERE></CRITERES_QUALITE>',
)


def test_lots_with_criteria_of_their_own_say_those_of_the_whole_where_they_are_alike():
    alike = notice((LOTS, f"<LOTS>{lot_with(QUALITY)}{lot_with(QUALITY)}</LOTS>"))
    differing = notice((LOTS, f"<LOTS>{lot_with(QUALITY)}{lot_with(PRICE)}</LOTS>"))
    assert alike.criteria == (Criterion("Délai", 100.0),)
    assert differing.criteria == ()
    assert [one.criteria for one in differing.lots] == [(Criterion("Délai", 100.0),), (Criterion("Prix"),)]


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        ("<PROCEDURE_ADAPTE/>", "adapted"),
        ("<RESTREINT/>", "restricted"),
        ("<NEGOCIE><AVEC_PUB_PREALABLE/></NEGOCIE>", "neg-w-call"),
        ("<NEGOCIE><SANS_PUB_PREALABLE/></NEGOCIE>", "neg-wo-call"),
        ("<NEGOCIE/>", None),
        ("<OUVERT/><RESTREINT/>", None),
        ("<CONCOURS_OUVERT/>", None),
    ],
)
def test_a_procedure_is_the_one_that_is_ticked(ticked, expected):
    assert notice(("<OUVERT/>", ticked)).procedure == expected


def test_an_application_is_due_before_an_offer():
    both = "<RECEPT_CANDIDAT>2016-11-30T12:00:00</RECEPT_CANDIDAT><RECEPT_OFFRES>"
    assert notice(("<RECEPT_OFFRES>", both)).deadline == datetime(2016, 11, 30, 12, tzinfo=PARIS)


def test_lots_that_differ_on_variants_give_no_one_answer():
    one, other = "<LOT><VARIANTES_OUI/></LOT>", "<LOT><VARIANTES_NON/></LOT>"
    assert notice((LOTS, f"<LOTS>{one}{other}</LOTS>"), ("  <VARIANTES_NON/>", "")).variants_allowed is None
    assert notice((LOTS, f"<LOTS>{one}</LOTS>"), ("  <VARIANTES_NON/>", "")).variants_allowed is True


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ({"nature": "ATTRIBUTION"}, "notice_is_result"),
        ({"nature": "PERIODIQUE"}, "notice_is_planning"),
        ({"nature": "EX_ANTE_VOLONTAIRE"}, "notice_is_ex_ante"),
        ({"status": "ANNULATION"}, "notice_is_cancellation"),
        ({"more": "<ATTRIBUTION><DECISION/></ATTRIBUTION>"}, "notice_is_result"),
        ({"more": "<ANNULATION>Sans suite</ANNULATION>"}, "notice_is_cancellation"),
        ({"more": "<MODIF><P>Avenant</P></MODIF>"}, "notice_is_modification"),
    ],
)
def test_what_one_cannot_answer_is_refused_for_what_it_is(kinds, code):
    assert refusal(xml(**kinds)) == code


def test_a_correction_names_what_it_corrects_and_says_it_in_words():
    words = "<INFOS><P>Au lieu de Tonte, lire Fauche</P></INFOS>"
    before = "<ANNONCE_ANTERIEUR><REFERENCE><IDWEB>16-180001</IDWEB></REFERENCE></ANNONCE_ANTERIEUR>"
    found = read(xml(nature="RECTIFICATIF", more=f"<RECTIF>{before}{words}</RECTIF>"))
    assert (found.changes, found.partial) == ("16-180001", True)
    assert "Au lieu de Tonte, lire Fauche" in found.said


def test_the_api_gives_old_forms_as_json():
    given = {"IDENTITE": {"DENOMINATION": "Ville"}, "OBJET": {"TITRE_MARCHE": "Tonte"}}
    found = read({"idweb": "23-1", "donnees": json.dumps(given)}).notice
    assert (found.source, found.notice_id, found.title) == ("boamp_legacy", "23-1", "Tonte")


NEW_FORM = dedent("""\
    <ann><DONNEES><MAPA><organisme><acheteurPublic>Ville</acheteurPublic></organisme><initial>
    <description><objet>Peinture</objet></description><caracteristiques><variantes><oui/></variantes>
    </caracteristiques><procedure><procedureAdaptee/></procedure></initial></MAPA></DONNEES></ann>""")


@pytest.mark.parametrize(
    "content",
    [
        NEW_FORM,
        NEW_FORM.replace("ann>", "ANNONCE>"),
        NEW_FORM.removeprefix("<ann>").removesuffix("</ann>"),
        NEW_FORM.replace("<ann>", '<boamp:ann xmlns:boamp="urn:x">').replace("</ann>", "</boamp:ann>"),
    ],
)
def test_new_forms_in_xml_are_those_of_the_api(content):
    found = read(content.encode()).notice
    assert (found.source, found.title, found.procedure) == ("boamp_mapa", "Peinture", "adapted")
    assert found.variants_allowed is True
