"""Every finding has its words, in every language of the interface."""

import pytest

from endi_ext.reconciliation import finding_codes
from endi_ext.reconciliation.found import SEVERITIES
from endi_ext.web.finding_words import WORDS
from endi_ext.web.i18n import catalogue, languages


def test_every_code_has_its_words_and_every_word_its_code():
    assert WORDS.keys() == finding_codes.ABOUT.keys()


@pytest.mark.parametrize("code", finding_codes.CODES)
def test_a_code_says_how_much_it_matters_and_reads_in_every_language(code):
    severity, _repair = finding_codes.ABOUT[code]
    assert severity in SEVERITIES
    words = WORDS[code]
    for language in languages()[1:]:
        known = catalogue(language)
        assert all(one in known for one in (words.title, words.explanation, words.to_do))


def test_no_two_codes_have_the_same_title():
    assert len({words.title for words in WORDS.values()}) == len(WORDS)
