"""What the demo's platform kept before the module came: told on any day, mostly sound, not in the books."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange
from endi_ext.hosts.demo import internal_story
from endi_ext.hosts.demo.internal_documents import DemoReading
from endi_ext.kernel.engine import make_engine
from endi_ext.reconciliation import adoption_rules
from endi_ext.reconciliation.pairs import CREDIT_NOTE, INVOICE, QUOTATION


@pytest.fixture
def told(whole_demo, tmp_path, request):
    """Return the pairs the demo tells, told on a day."""
    engine = make_engine(whole_demo(tmp_path))
    with Session(engine, future=True) as session:
        internal_story.tell(session, request.param)
        yield session
    engine.dispose()


@pytest.mark.parametrize("told", [date(2026, 11, 22), date(2027, 3, 1)], indirect=True)
def test_most_pairs_are_sound_and_each_defect_has_its_own_reason(told):
    pairs = list(DemoReading().pairs(told))
    assert Counter(pair.kind for pair in pairs) == {QUOTATION: 5, INVOICE: 21, CREDIT_NOTE: 3}
    assert len(pairs) == DemoReading().how_many(told)
    reasons = Counter(adoption_rules.reason_against(pair) for pair in pairs if pair.kind == INVOICE)
    assert reasons == {
        None: 14,
        adoption_rules.NOT_VALID: 1,
        adoption_rules.PAID_DIFFERS: 2,
        adoption_rules.PAYMENTS_DIFFER: 1,
        adoption_rules.MIRROR_DOUBLED: 1,
        adoption_rules.MIRROR_MISSING: 1,
        adoption_rules.MIRROR_NOT_VALID: 1,
    }
    assert told.execute(select(func.count()).select_from(Exchange)).scalar_one() == 0


@pytest.mark.parametrize("told", [date(2026, 11, 22)], indirect=True)
def test_reading_goes_on_behind_any_pair(told):
    keys = [pair.key for pair in DemoReading().pairs(told)]
    for place, key in enumerate(keys):
        assert [pair.key for pair in DemoReading().pairs(told, after=key)] == keys[place + 1 :]
