"""Every reason an import gives has its French sentence, and the sentence its facts."""

import re
import string
from pathlib import Path

import pytest

import endi_ext.exchanges
from endi_ext.web.messages import MESSAGES
from tests.exchanges.test_imports import GOOD, lines, row, take

SOURCES = sorted(Path(endi_ext.exchanges.__file__).parent.glob("*.py"))
RAISED = re.compile(r'(?:CellRefused|FileRefused|Unusable)\(\s*"([a-z_]+)"')
NOTED = re.compile(r'_refuse\(line, "[a-z]*", "([a-z_]+)"')


def codes():
    texts = [source.read_text() for source in SOURCES]
    found = {code for text in texts for pattern in (RAISED, NOTED) for code in pattern.findall(text)}
    return sorted(found)


def test_the_codes_are_found_in_the_sources():
    assert {"file_empty", "three_decimals", "formula", "reference_doubled", "too_many_cells"} <= set(codes())


@pytest.mark.parametrize("code", [*codes(), "reference_changed"])
def test_a_reason_has_a_sentence(code):
    assert code in MESSAGES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a;b\n1;2",
        b"PK\x03\x04",
        lines(GOOD, header="date;date;vendeur;acheteur;montant_ht;libelle;reference"),
        lines(row(date="x", montant_ht="1,234", libelle="x" * 200, vendeur="?", acheteur="Atelier Duva")),
        lines(row(), row()),
        lines(row(), row(reference="F-2;x", montant_ht="1" * 50, date="31/02/2026")),
        lines(row(acheteur="LAC", date="01/01/1900")),
    ],
)
def test_the_sentence_of_a_refusal_finds_all_its_facts(world, content):
    report = take(world, content)
    assert report.refused
    for refusal in report.refused:
        named = {name for _, name, _, _ in string.Formatter().parse(str(MESSAGES[refusal.code])) if name}
        assert named <= refusal.facts.keys()
