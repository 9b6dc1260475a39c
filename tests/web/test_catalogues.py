"""The other languages of the interface say all that French says."""

import runpy
import string
from pathlib import Path

import pytest
from pyramid.request import Request

from endi_ext.web import i18n

ROOT = Path(__file__).parent.parent.parent
TOOL = runpy.run_path(str(ROOT / "tools" / "catalogue.py"))
LANGUAGES = [language for language in i18n.languages() if language != i18n.SOURCE_LANGUAGE]


def facts(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_english_is_one_of_the_languages():
    assert "en" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_waits_for_its_translation(language):
    missing = set(TOOL["sentences"]()) - set(i18n.catalogue(language))
    assert not missing, "run tools/catalogue.py and translate what it names"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_outlives_its_sentence(language):
    assert not set(i18n.catalogue(language)) - set(TOOL["sentences"]())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_tells_the_same_facts(language):
    different = {text for text, said in i18n.catalogue(language).items() if facts(text) != facts(said)}
    assert not different


def test_sentences_are_found_in_code_and_in_templates():
    assert TOOL["of_python"]('f(_("un " "deux"), autre("trois"))') == ["un deux"]
    assert TOOL["of_template"]("""${_('un')} ${_("deux", name=x)} ${other_('trois')}""") == ["un", "deux"]


def test_a_sentence_without_translation_stays_french():
    assert i18n.translate("en", "Ceci n’est pas traduit.") == "Ceci n’est pas traduit."


@pytest.mark.parametrize(
    ("query", "spoken"),
    [("", "fr"), ("?_LOCALE_=en", "en"), ("?_LOCALE_=../fr", "fr"), ("?_LOCALE_=de", "fr")],
)
def test_the_reader_chooses_among_the_languages_there_are(demo_app, query, spoken):
    request = Request.blank(f"/{query}")
    request.registry = demo_app.registry
    assert i18n.language_of(request) == spoken
