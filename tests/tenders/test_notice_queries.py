"""The list of notices: by deadline, page by page, searched by words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from endi_ext.tenders import notice_queries as queries
from endi_ext.tenders import notice_store
from endi_ext.tenders.notices.model import ReadNotice
from tests.builders import an_act

from .test_notice_store import FRIDAY, LATER, NOTICE

NOW = FRIDAY - timedelta(days=10)


@pytest.fixture
def known(either_session):
    """Notices due in 3, 1, 2 and 2 days, two that are over, two without a deadline, one replaced."""
    for number, days in enumerate((3, 1, 2, 2, -1, -2, None, None)):
        deadline = None if days is None else NOW + timedelta(days=days)
        buyer = "Ville de Thônes" if number == 2 else "Ville d’Annecy"
        notice = replace(
            NOTICE, notice_id=f"n{number}", title=f"Travaux {number} 100 %", deadline=deadline,
            buyer_name=buyer, procedure_id=f"p{number}", lots=(),
        )  # fmt: skip
        notice_store.keep(either_session, ReadNotice(notice), an_act())
    for one, changes in ((NOTICE, None), (LATER, NOTICE.notice_id)):
        notice_store.keep(either_session, ReadNotice(one, changes), an_act())
    return either_session


def titles(session, which, **options):
    found = queries.known(session, which, now=NOW, **options)
    return [row.title.removesuffix(" 100 %") for row in found]


def paged(session, which):
    """Walk through a list two by two."""
    seen, after = [], None
    while found := queries.known(session, which, now=NOW, after=after, size=2):
        seen += [row.title.removesuffix(" 100 %") for row in found]
        after = found[-1].id
    return seen


def test_lists_are_walked_page_by_page_without_loss(known):
    nearest = ["Travaux 1", "Travaux 2", "Travaux 3", "Travaux 0", "Réhabilitation de l’école"]
    assert titles(known, queries.OPEN) == paged(known, queries.OPEN) == nearest
    assert paged(known, queries.PAST) == ["Travaux 4", "Travaux 5"]
    assert paged(known, queries.UNDATED) == ["Travaux 7", "Travaux 6"]


def test_words_are_searched_in_title_and_buyer_and_signs_mean_themselves(known):
    assert titles(known, queries.OPEN, text="travaux thônes") == ["Travaux 2"]
    assert titles(known, queries.OPEN, text="n3") == ["Travaux 3"]
    assert titles(known, queries.OPEN, text="10_ %") == []
    assert len(titles(known, queries.OPEN, text="100 %")) == 4


def test_the_notice_that_took_the_place_of_another_is_found(known):
    late = queries.known(known, queries.OPEN, now=NOW, text="Réhabilitation")[0]
    assert queries.newer(known, late.replaces) is late
    assert queries.newer(known, late) is None
