"""Each refusal has its sentence, in every language."""

import importlib
import pkgutil
import string
from datetime import date

import pytest

import endi_ext
from endi_ext.exchanges.service import TooMuch
from endi_ext.kernel.errors import DomainError, WrongState
from endi_ext.ledger.service import PeriodClosed
from endi_ext.subcontracts.service import MoreThanAgreed
from endi_ext.web.messages import MESSAGES, sentence
from endi_ext.web.speech import Speech

# What these packages import is not installed everywhere; their refusals come from below.
ELSEWHERE = ("endi_ext.hosts.endi", "endi_ext.alembic")


def refusals():
    for module in pkgutil.walk_packages(endi_ext.__path__, "endi_ext."):
        if not module.name.startswith(ELSEWHERE):
            importlib.import_module(module.name)
    found, waiting = set(), [DomainError]
    while waiting:
        error = waiting.pop()
        found.add(error)
        waiting += error.__subclasses__()
    return sorted((error for error in found if error.__module__.startswith("endi_ext.")), key=str)


@pytest.mark.parametrize("error", refusals(), ids=lambda error: error.__name__)
def test_each_refusal_has_its_sentence(error):
    assert error.code in MESSAGES


@pytest.mark.parametrize("error", refusals(), ids=lambda error: error.__name__)
def test_a_sentence_asks_only_for_facts_the_refusal_says_it_has(error):
    asked = {
        name for _text, name, _spec, _conversion in string.Formatter().parse(MESSAGES[error.code]) if name
    }
    assert not {name for name in asked if name not in (error.__doc__ or "")}


def test_no_two_refusals_share_a_code_by_mistake():
    codes = [error.code for error in refusals() if "code" in vars(error)]
    assert sorted(codes) == sorted(set(codes))


def test_facts_are_written_for_people():
    french = Speech("fr")
    assert "1\u202f000,00\u00a0€" in sentence(TooMuch(amount_cents=100_000, remaining_cents=5), french)
    assert "« Pose » : il ne reste que 1,5" in sentence(
        MoreThanAgreed(line="Pose", remaining_thousandths=1500), french
    )
    assert "03/02/2026" in sentence(PeriodClosed(on=date(2026, 2, 3), source="x"), french)
    assert "« refusé »" in sentence(WrongState(subject="anything", action="accept", state="declined"), french)


def test_a_code_nobody_knows_still_says_something():
    class Unheard(DomainError):
        code = "unheard_of"

    assert sentence(Unheard(), Speech("fr")) == MESSAGES["refused"]
