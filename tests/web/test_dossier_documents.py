"""The documents of a dossier: every rubric of the forms, nothing declared for anybody, PDF and ODT alike."""

import io
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf import teletype
from odf.opendocument import load

from endi_ext.tenders import bids
from endi_ext.web.dossier import archive, dc1, dc2, dc4, odt, papers, prices
from endi_ext.web.dossier.blocks import Box, Check, Document, Fact, Part, Rubric, Said, Signature, Table
from tests.builders import a_party, an_act
from tests.tenders.dossiers import a_bid

IDENTITY = {
    "name": "Coopérative Les Passerelles",
    "legal_form": "SCOP SARL à capital variable",
    "siret": "73282932000074",
    "year_1_from": "2025-01-01",
    "year_1_until": "2025-12-31",
    "year_1_cents": "123456700",
}
# As the sources of docs/tender_forms.md give them.
DC1_RUBRICS = (
    "A - Identification de l’acheteur",
    "B - Objet de la consultation",
    "C - Objet de la candidature",
    "D - Présentation du candidat",
    "E - Identification des membres du groupement et répartition des prestations",
    "F - Engagements du candidat individuel ou de chaque membre du groupement",
    "G - Désignation du mandataire (en cas de groupement)",
)
DC2_LETTERS, DC4_LETTERS = "ABCEFGHI", "ABCDEFGHIJKLMN"
DC2_PARTS = ("C1", "C2", "C3", "E1", "E2", "E3", "F1", "F2", "F3", "F4", "G1", "G2", "I1", "I2")


@pytest.fixture
def bid_for(session):
    """Return the bid of a team with an outside firm: in a group of that liability, or below us ("none")."""

    def made(liability="none"):
        lead, member = a_party(session, "Menuiserie du Lac"), a_party(session, "Atelier Trait Juste")
        return bids.bid_of(session, a_bid(session, lead, member, an_act(), liability=liability), IDENTITY)

    return made


def rubrics(document):
    return [block.text for block in document.blocks if isinstance(block, Rubric)]


def facts(document):
    return {block.label: block.value for block in document.blocks if isinstance(block, Fact)}


def ticked(document):
    return [block.text for block in document.blocks if isinstance(block, Box) and block.ticked]


def test_dc1_has_every_rubric_and_says_which_form_it_follows(bid_for):
    document = dc1.document(bid_for())
    assert tuple(rubrics(document)) == DC1_RUBRICS
    assert document.mention == (
        "D’après le formulaire DC1 mis à jour le 01/04/2019 (version en vigueur en 2023) – à vérifier avant "
        "signature"
    )


def test_dc1_of_the_cooperative_alone_ticks_alone_and_names_no_group(bid_for):
    document = dc1.document(bid_for())
    assert "Le candidat se présente seul :" in ticked(document)
    assert [block.text for block in document.blocks if isinstance(block, Said)].count(dc1.ALONE) == 2
    assert "Menuiserie du Lac ; Atelier Trait Juste" in facts(document)[dc1.common.NAME_OF_UNIT]


@pytest.mark.parametrize(("liability", "box"), [("several", "conjoint"), ("joint_and_several", "solidaire")])
def test_dc1_of_a_group_says_its_form_its_members_and_who_does_what(bid_for, liability, box):
    document = dc1.document(bid_for(liability))
    assert {"Le candidat est un groupement d’entreprises :", box} <= set(ticked(document))
    assert "Le candidat se présente seul :" not in ticked(document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["LOT-0001", "LOT-0002"]
    assert "Peintures du Semnoz" in table.rows[1][1]
    assert table.rows[1][2] == "Peinture des murs et des plafonds (lot 2)"


def test_dc2_has_every_rubric_but_the_one_nobody_describes_which_it_says(bid_for):
    bid = bid_for()
    document = dc2.document(bid, bid.lots[0])
    assert "".join(text[0] for text in rubrics(document)) == DC2_LETTERS
    parts = [block.text.split()[0] for block in document.blocks if isinstance(block, Part)]
    assert tuple(parts) == DC2_PARTS
    assert any("Rubrique D" in block.text for block in document.blocks if isinstance(block, Check))


def test_dc2_of_the_cooperative_tells_its_turnover_and_its_people(bid_for):
    bid = bid_for()
    document = dc2.document(bid, bid.lots[0])
    turnover = next(block for block in document.blocks if isinstance(block, Table) and block.numbers)
    assert turnover.head[1] == "Exercice du 01/01/2025 au 31/12/2025"
    assert "1\u202f234\u202f567,00" in turnover.rows[0][1]
    team = next(block for block in document.blocks if isinstance(block, Table) and block.title)
    assert [row[0] for row in team.rows] == ["Menuiserie du Lac", "Atelier Trait Juste"]


def test_dc2_of_another_member_says_nothing_of_our_figures(bid_for):
    bid = bid_for("several")
    document = dc2.document(bid, bid.lots[1], bid.partners[0])
    said = odt_text(document)
    assert "Peintures du Semnoz" in said
    assert "1\u202f234\u202f567" not in said
    assert "Coopérative Les Passerelles" not in said


def test_dc4_has_every_rubric_and_the_price_with_its_vat(bid_for):
    bid = bid_for()
    (sub,) = bid.subcontractors
    document = dc4.document(bid, sub)
    assert "".join(text[0] for text in rubrics(document)) == DC4_LETTERS
    told = facts(document)
    assert told["Montant HT"] == "13\u202f526,29\u00a0€"
    assert told["Taux de la TVA"] == ""  # of b), reverse charge
    assert told["Montant TTC"] == "16\u202f231,55\u00a0€"
    assert told["La durée du contrat de sous-traitance en nombre de mois est de"] == "4"
    assert told["Lot concerné"] == "LOT-0002 – Peinture"


def every_form(bid):
    yield dc1.document(bid)
    for lot in bid.lots:
        for one in (None, *bid.partners):
            yield dc2.document(bid, lot, one)
    for sub in bid.subcontractors:
        yield dc4.document(bid, sub)


@pytest.mark.parametrize("liability", ["none", "several", "joint_and_several"])
def test_nothing_that_is_declared_upon_honour_is_ticked_for_anybody(bid_for, liability):
    boxes = [
        block for one in every_form(bid_for(liability)) for block in one.blocks if isinstance(block, Box)
    ]
    left = [box for box in boxes if box.left]
    assert left
    assert not any(box.ticked for box in left)
    assert all(box.left for box in boxes if "déclare " in box.text or "attester" in box.text)


def test_the_annex_of_the_buyer_sums_to_the_bid_and_keeps_the_teams_own_share_apart(bid_for):
    bid = bid_for("several")
    document = prices.annex(bid)
    by_person = next(block for block in document.blocks if isinstance(block, Table))
    assert [row[0] for row in by_person.rows] == ["Coopérative Les Passerelles", "Peintures du Semnoz"]
    assert by_person.total[-1] == "35\u202f615,25\u00a0€"
    assert "Atelier Trait Juste" not in odt_text(document)
    account = prices.account(bid)
    assert account.internal
    assert "Atelier Trait Juste" in odt_text(account)


def test_pages_that_are_not_for_the_buyer_say_so_at_the_foot_of_each(bid_for):
    bid = bid_for()
    for document in (
        prices.account(bid),
        papers.checklist(bid, []),
        papers.index(bid, [], datetime.now(UTC)),
    ):
        assert document.mention == "Document interne – ne pas déposer"


def test_the_schedule_tells_options_apart_from_what_counts(bid_for, session):
    bid = bid_for()
    bid.split.lines[-1].line.part, bid.split.lines[-1].line.label = "option", "Peinture dépolluante"
    tables = [block for block in prices.schedule(bid).blocks if isinstance(block, Table)]
    assert [table.title for table in tables] == [
        "Offre de base",
        "Offre de base",
        "Option – Peinture dépolluante",
        "",
    ]


def odt_text(document):
    return teletype.extractText(load(io.BytesIO(odt.content(document, "Coopérative"))).text)


BLOCKS = st.one_of(
    *(st.builds(kind, st.text()) for kind in (Rubric, Part, Said, Check)),
    st.builds(Fact, st.text(), st.text()),
    st.builds(Box, st.text(), st.booleans(), st.booleans()),
    st.builds(Signature, st.text(), st.text()),
    st.builds(Table, st.tuples(st.text(), st.text()), st.lists(st.tuples(st.text(), st.text()), max_size=3)),
)


@given(st.lists(BLOCKS, max_size=6), st.text())
def test_whatever_people_paste_an_odt_opens(blocks, work):
    odt_text(Document("Titre", work, "à vérifier", tuple(blocks)))


@given(st.text())
def test_names_in_the_zip_trip_no_system(name):
    safe = archive.safe_name(name)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,80}[A-Za-z0-9_-]{0,10}(\.[a-z0-9]{1,8})?", safe)
    assert not archive.DEVICES.match(safe.partition(".")[0])
    assert archive.safe_name(safe) == safe


def test_files_of_one_name_are_numbered_whatever_their_case():
    made = archive.Archive(datetime(2026, 12, 11, 11, tzinfo=UTC))
    names = [made.add("pieces", name, "", [b"x"]).name for name in ("Kbis.pdf", "KBIS.pdf", "../../kbis.PDF")]
    assert names == ["Kbis.pdf", "KBIS-2.pdf", "kbis-3.pdf"]


def test_a_checklist_says_who_provides_what_and_what_ends_too_early(bid_for):
    bid = bid_for()
    item = SimpleNamespace(
        label="Attestation URSSAF",
        member=None,
        who="cooperative",
        state="checked",
        expires=True,
        valid_until=None,
        checked_by="Odile",
    )
    (table,) = [block for block in papers.checklist(bid, [item]).blocks if isinstance(block, Table)]
    assert table.rows == [
        ("Attestation URSSAF", "Coopérative", "Vérifiée – expire avant la remise", "", "Odile")
    ]
