"""The words of notices: one for each event that is told, leading to a page that exists."""

import re
import string

import pytest

from endi_ext.subcontracts.notices import NOT_TOLD, TOLD
from endi_ext.tenders import notices_told
from endi_ext.web import notices, routes
from endi_ext.web.notices import Told
from endi_ext.web.speech import Speech
from endi_ext.web.states import STEPS

SITE = "https://endi.example.coop"
FACTS = {"who", "title", "number", "name", "count"}
OUR_OWN = {("party", "remind")}
ONE = Told("Atelier a livré", "/companies/1/exchanges", "Il manque\nune coupe", "Menuiserie du Lac")


def test_every_step_is_told_or_named_among_those_that_are_not():
    of_tenders = set(notices_told.TOLD) | notices_told.NOT_TOLD
    assert set(TOLD) | NOT_TOLD == (set(STEPS) - of_tenders) | OUR_OWN
    assert not set(TOLD) & NOT_TOLD
    assert not set(notices_told.TOLD) & notices_told.NOT_TOLD


def test_every_event_that_is_told_has_its_sentence_and_no_other_has():
    assert set(notices.EVERY_SENTENCE) == set(notices_told.EVERYTHING.told)


@pytest.mark.parametrize("key", sorted(notices.EVERY_SENTENCE), ids="-".join)
def test_a_sentence_says_what_we_know_and_no_amount(key):
    facts = {name for _text, name, *_rest in string.Formatter().parse(notices.EVERY_SENTENCE[key]) if name}
    assert facts <= FACTS
    assert {"title", "name"} & facts


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_letter_says_it_why_and_where_in_plain_text(language):
    subject, body = notices.letter(ONE, "Hélène", SITE, Speech(language))
    assert subject == "Atelier a livré"
    assert "Il manque\nune coupe" in body
    assert f"{SITE}/companies/1/exchanges\n" in body
    assert "Menuiserie du Lac" in body
    assert not re.search(r"<[a-z]+", body)


def test_a_letter_of_the_day_lists_each_thing_with_its_page():
    subject, body = notices.digest([ONE, ONE], "Hélène", SITE, Speech())
    assert subject == "Vos échanges internes, nouvelles du jour : 2"
    assert body.count(f"- Atelier a livré\n  {SITE}/companies/1/exchanges") == 2
    assert body.count("Menuiserie du Lac") == 1


@pytest.mark.parametrize(
    ("pattern", "ids"),
    [
        (routes.PARTY, {}),
        (routes.SUBCONTRACT, {"subcontract_id": 12}),
        (routes.DELIVERY, {"subcontract_id": 12, "delivery_id": 7}),
        (routes.AMENDMENT, {"subcontract_id": 12, "amendment_id": 7}),
        (routes.DISPUTE, {"subcontract_id": 12, "dispute_id": 7}),
    ],
)
def test_an_address_is_the_one_the_pages_have(demo_app, pattern, ids):
    made = notices.address(pattern, id=3, **ids)
    assert "{" not in made
    assert made.startswith("/companies/3/exchanges")
    found = re.compile(re.sub(r"\{\w+:(\\d\{[\d,]+\})\}", r"\1", pattern))
    assert found.fullmatch(made)
