"""The papers of a subcontract: what they say, to whom, and that they load nothing."""

import io
from dataclasses import dataclass

import pytest
from pypdf import PdfReader

from endi_ext.subcontracts import final_accounts, service
from endi_ext.subcontracts.terms import FRAME, ON_ACCEPTANCE, Conditions, ProposedLine
from endi_ext.web import papers
from tests.subcontracts.builders import (
    a_delivery,
    a_line,
    a_proposal,
    accepted,
    accepted_in_part,
    amended,
    an_amendment,
    lines_of,
    some_terms,
)

TITLE = "Escalier <b>secret</b> & garde-corps <img src='file:///etc/hostname'>"
HELD = Conditions(retention_rate_bp=500, retention_release=ON_ACCEPTANCE, payment_days=45)
BUYER, SELLER = "/companies/1/exchanges/subcontracts/{}", "/companies/2/exchanges/subcontracts/{}"


@dataclass
class Job:
    """The ids of a job with an amendment, a claim accepted in part, the rest accepted, a final account."""

    subcontract: int
    amendment: int
    first: int
    last: int
    account: int


@pytest.fixture
def job(books, party, an_act):
    helene, karim = an_act("helene"), an_act("karim")
    buyer, seller = party(1), party(2)
    lines = (a_line("Plans", 10_000, "h", 5000), a_line("Coupe", 1_000, "forfait", 20_000))
    terms = some_terms(*lines, conditions=HELD)
    proposed = a_proposal(books, buyer=buyer, seller=seller, title=TITLE, terms=terms, act=helene)
    agreed = service.accept(books, proposed, party=seller, version=1, act=karim)
    first = a_delivery(books, agreed, 4_000, delivered_on=helene.today, act=karim)
    part = first.lines[0]
    accepted_in_part(
        books, first, {part.id: 3_000}, {part.id: "Une heure de trop"}, accepted_on=helene.today, act=helene
    )
    changed = [
        *[ProposedLine(*line) for line in some_changes(agreed)],
        ProposedLine("Maquette", 1_000, "pièce", 15_000),
    ]
    amendment = an_amendment(books, agreed, *changed, conditions=HELD, act=helene)
    amended(books, amendment, act=karim)
    books.commit()
    last = a_delivery(books, agreed, delivered_on=helene.today, act=karim)
    accepted(books, last, accepted_on=helene.today, act=helene)
    account = final_accounts.draw_up(
        books, agreed, party=seller, message="Merci à tous.", request_key="account-of-the-job", act=karim
    )
    final_accounts.sign(books, account, party=buyer, act=helene)
    made = Job(agreed.id, amendment.id, first.id, last.id, account.id)
    books.commit()
    return made


def some_changes(agreed):
    """The lines in force, two hours less of the first."""
    plans, cut = lines_of(agreed)
    return [
        (plans.description, 8_000, plans.unit, plans.unit_price_cents, plans.key),
        (cut.description, cut.quantity_thousandths, cut.unit, cut.unit_price_cents, cut.key),
    ]


def addresses(job, side):
    base = side.format(job.subcontract)
    return {
        "agreement": f"{base}/paper.pdf",
        "amendment": f"{base}/amendments/{job.amendment}/paper.pdf",
        "claim": f"{base}/deliveries/{job.first}/paper.pdf",
        "final_account": f"{base}/final-accounts/{job.account}/paper.pdf",
    }


@pytest.fixture
def read(as_user, job, tmp_path):
    """Return what a paper says, in one line: `read("claim")`; it is kept in the test's folder."""

    def said(name, login="helene", side=BUYER):
        answer = as_user(login).get(addresses(job, side)[name])
        assert answer.content_type == "application/pdf"
        (tmp_path / f"{name}.pdf").write_bytes(answer.body)
        return " ".join(" ".join(page.extract_text() for page in pages(answer)).split())

    return said


def pages(answer):
    return PdfReader(io.BytesIO(answer.body)).pages


PAPERS = ("agreement", "amendment", "claim", "final_account")


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_says_that_it_is_no_invoice_and_whose_it_is(read, name):
    said = read(name)
    assert "Document interne – ne vaut pas facture" in said
    assert "Menuiserie du Lac" in said
    assert "Atelier Trait Juste" in said
    assert said.endswith(("1 / 1", "2 / 2"))


@pytest.mark.parametrize("name", PAPERS)
def test_what_people_typed_is_text_and_loads_nothing(read, name):
    assert TITLE in read(name)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_has_a_title_a_language_and_tags(as_user, job, name):
    document = PdfReader(io.BytesIO(as_user("helene").get(addresses(job, BUYER)[name]).body))
    assert document.metadata.title
    root = document.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("name", PAPERS)
def test_both_sides_and_the_accountant_read_the_same_paper(as_user, job, name):
    for login, side in (("helene", BUYER), ("karim", SELLER), ("odile", BUYER), ("odile", SELLER)):
        assert as_user(login).get(addresses(job, side)[name]).status_int == 200


@pytest.mark.parametrize("name", PAPERS)
def test_a_stranger_finds_nothing(as_user, job, name):
    as_user("solene").get(addresses(job, BUYER)[name], status=404)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_made_in_the_language_of_the_page(as_user, job, name):
    answer = as_user("helene").get(f"{addresses(job, BUYER)[name]}?_LOCALE_=en")
    assert PdfReader(io.BytesIO(answer.body)).trailer["/Root"]["/Lang"] == "en"


def test_the_agreement_shows_what_is_in_force_and_who_signed(read):
    said = read("agreement")
    assert "Accord de sous-traitance n°" in said
    assert "8 h 50,00 € 400,00 €" in said
    assert "Maquette 1 pièce 150,00 € 150,00 €" in said
    assert "Total 750,00 €" in said
    assert "5 % de chaque montant accepté, jusqu’à la réception" in said
    assert "45 jours après chaque acceptation" in said
    assert "Accord Menuiserie du Lac Hélène Marchand" in said
    assert "Avenant n° 1 Atelier Trait Juste Karim Benali" in said


def test_an_amendment_shows_what_it_changes(read):
    said = read("amendment")
    assert "Avenant n° 1 à l’accord" in said
    assert "8 h Avant : 10 h" in said
    assert "Maquette nouveau" in said
    assert "Avant : 700,00 €" in said


def test_a_claim_shows_before_now_and_what_is_to_be_paid(read):
    said = read("claim")
    assert "Situation n° 1" in said
    assert "Acceptée en partie" in said
    assert "Accepté en partie : Une heure de trop" in said
    assert "3 sur 4" in said
    assert "Accepté de cette situation 150,00 €" in said
    assert "Retenue de garantie (5 %) − 7,50 €" in said
    assert "Net à régler 142,50 €" in said


def test_a_claim_nobody_answered_says_what_would_be_paid(as_user, dealings):
    url = (
        f"/companies/2/exchanges/subcontracts/{dealings.subcontract}/deliveries/{dealings.declared}/paper.pdf"
    )
    said = " ".join(" ".join(page.extract_text() for page in pages(as_user("karim").get(url))).split())
    assert "En attente d’acceptation" in said
    assert "Net à régler si tout est accepté 50,00 €" in said


def test_the_final_account_tells_the_price_the_work_and_the_money_to_the_cent(read):
    said = read("final_account")
    assert "Décompte général n° 1" in said
    assert "Accord signé" in said
    assert "Avenant n° 1" in said
    assert "Prix de l’accord, avenants compris 750,00 €" in said
    assert "Accepté, avoirs déduits 750,00 €" in said
    assert "Retenue de garantie 37,50 €" in said
    assert "Reste à régler 750,00 €" in said
    assert "Hélène Marchand (Menuiserie du Lac)" in said


def test_a_proposal_says_that_it_binds_nobody(as_user, dealings):
    url = f"/companies/1/exchanges/subcontracts/{dealings.proposal}/paper.pdf"
    said = " ".join(" ".join(page.extract_text() for page in pages(as_user("helene").get(url))).split())
    assert "Cette proposition n’est pas un accord : en attente de réponse." in said
    assert "Une signature manque" in said


def test_a_paper_would_rather_fail_than_load_something():
    with pytest.raises(ValueError, match="loads nothing"):
        papers.fetch_nothing("file:///etc/passwd")


@pytest.mark.parametrize(
    ("page", "paper"),
    [
        ("/companies/1/exchanges/subcontracts/{subcontract}", "/paper.pdf"),
        ("/companies/1/exchanges/subcontracts/{subcontract}/deliveries/{first}", "/paper.pdf"),
        ("/companies/1/exchanges/subcontracts/{subcontract}/amendments/{amendment}", "/paper.pdf"),
        ("/companies/1/exchanges/subcontracts/{subcontract}/final-accounts/{account}", "/paper.pdf"),
    ],
)
def test_a_page_leads_to_its_paper(as_user, job, page, paper):
    address = page.format(**vars(job))
    assert f'href="{address}{paper}"' in as_user("helene").get(address).text


def test_a_frame_says_until_when_its_prices_hold_and_names_no_work(as_user, books, party, an_act):
    frame = a_proposal(books, buyer=party(1), seller=party(2), kind=FRAME, act=an_act("helene"))
    path = f"/companies/1/exchanges/subcontracts/{frame.id}/paper.pdf"
    books.commit()
    text = " ".join(page.extract_text() for page in pages(as_user("helene").get(path)))
    assert "Prix valables jusqu’au" in text
    assert "Travail à livrer" not in text
