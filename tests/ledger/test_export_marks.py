"""What was exported is known by day and sequence: twice only when asked, what came later the next time."""

import hashlib
import io
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.ledger import export_marks, exports, spans
from endi_ext.ledger import service as ledger
from endi_ext.ledger.audit import verify
from endi_ext.ledger.export_marks import AGAIN, FIRST, REST, AlreadyExported, NothingToExport
from endi_ext.ledger.models import Entry
from tests.builders import a_draft, a_party, an_act

ACT = an_act(actor_name="Odile Berthier", at=datetime(2026, 12, 1, 9, tzinfo=UTC))
NOVEMBER, OCTOBER = date(2026, 11, 10), date(2026, 10, 10)


@pytest.fixture
def sold(either_session):
    """Post so many entries of 10 € on a day."""
    seller, buyer = a_party(either_session), a_party(either_session)

    def post(on, count=1):
        drafts = [a_draft(buyer.id, seller.id, effective_on=on) for _ in range(count)]
        ledger.post_many(either_session, drafts, an_act())

    return post


def export(session, name, shape="sage", scope=FIRST):
    """Export as a page does; return the ids of the entries of the file."""
    planned = export_marks.plan(session, spans.span_of(session, name), shape, scope)
    windows = exports.id_windows(session, planned.span, planned.only)
    found = [one for ids in windows for one in ids]
    assert len(found) == planned.entry_count
    export_marks.record(session, planned, file_name=f"{shape}-{name}.zip", file_digest="0" * 64, act=ACT)
    return found


def test_a_month_is_exported_twice_only_when_asked(either_session, sold):
    sold(NOVEMBER, 3)
    assert export(either_session, "2026-11") == [1, 2, 3]
    with pytest.raises(AlreadyExported) as refused:
        export(either_session, "2026-11")
    made = {"span": "2026-11", "made_on": date(2026, 12, 1), "made_by": "Odile Berthier"}
    assert refused.value.facts == {**made, "exported": 3, "pending": 0, "file_name": "sage-2026-11.zip"}
    with pytest.raises(NothingToExport) as refused:
        export(either_session, "2026-11", scope=REST)
    assert refused.value.facts == made
    assert export(either_session, "2026-11", scope=AGAIN) == [1, 2, 3]
    last, first = export_marks.latest(either_session, size=5)
    assert (first.repeated_count, first.attempt, last.repeated_count, last.attempt) == (0, 1, 3, 2)
    assert export_marks.latest(either_session, size=1) == [last]
    said = last.shape, last.span, last.starts_on, last.ends_on, last.entry_count
    assert said == ("sage", "2026-11", date(2026, 11, 1), date(2026, 11, 30), 3)
    assert (last.first_sequence, last.last_sequence) == (1, 3)
    empty = export_marks.plan(either_session, spans.span_of(either_session, "2026-10"), "sage")
    assert (empty.entry_count, empty.first_sequence, empty.last_sequence) == (0, 0, 0)
    assert (last.file_name, last.file_digest) == ("sage-2026-11.zip", "0" * 64)
    assert (last.made_at, last.made_by) == (ACT.at, ACT.actor_name)


def test_the_digest_of_a_file_is_that_of_all_of_it_wherever_one_stood_in_it():
    content = bytes(range(256)) * 600
    file = io.BytesIO(content)
    file.seek(7)
    assert export_marks.digest_of(file) == hashlib.sha256(content).hexdigest()


def test_only_what_came_later_is_exported_the_next_time_a_reversal_too(either_session, sold):
    sold(NOVEMBER, 2)
    sold(OCTOBER)
    assert export_marks.standing(either_session, NOVEMBER, NOVEMBER) == (2, 4000)
    assert export(either_session, "2026-11") == [1, 2]
    assert export_marks.standing(either_session, OCTOBER, NOVEMBER) == (1, 2000)
    victim = either_session.execute(select(Entry).where(Entry.id == 1)).scalars().one()
    ledger.reverse(either_session, victim, on=NOVEMBER, source="undone", text="Extourne", act=an_act())
    sold(OCTOBER)
    assert export_marks.standing(either_session, NOVEMBER.replace(day=1), NOVEMBER) == (1, 2000)
    with pytest.raises(AlreadyExported) as refused:
        export(either_session, "2026")
    assert (refused.value.facts["exported"], refused.value.facts["pending"]) == (2, 3)
    assert export(either_session, "2026", scope=REST) == [3, 4, 5]
    assert export_marks.standing(either_session, date(2026, 1, 1), date(2026, 12, 31)) == (0, 0)
    assert verify(either_session).sound


def test_the_rest_of_what_was_never_exported_is_the_whole(either_session, sold):
    sold(NOVEMBER)
    planned = export_marks.plan(either_session, spans.span_of(either_session, "2026-11"), "fec", REST)
    assert (planned.only, planned.entry_count, planned.repeated_count) == (None, 1, 0)


def test_each_shape_has_marks_of_its_own(either_session, sold):
    sold(NOVEMBER)
    assert export(either_session, "2026-11", "sage") == [1]
    assert export(either_session, "2026-11", "fec") == [1]


def test_an_entry_recorded_while_a_file_is_made_is_not_exported_by_it(either_session, sold):
    sold(NOVEMBER)
    planned = export_marks.plan(either_session, spans.span_of(either_session, "2026-11"), "sage")
    sold(NOVEMBER)
    export_marks.record(either_session, planned, file_name="x", file_digest="0" * 64, act=ACT)
    assert export(either_session, "2026-11", scope=REST) == [2]


def test_two_people_who_export_the_same_at_once_make_one_mark(either_session, sold, monkeypatch):
    sold(NOVEMBER)
    planned = export_marks.plan(either_session, spans.span_of(either_session, "2026-11"), "sage")
    export_marks.record(either_session, planned, file_name="x", file_digest="0" * 64, act=ACT)
    # The other one does not see the first mark yet.
    monkeypatch.setattr(export_marks, "_attempts", lambda _session, _planned: 0)
    with pytest.raises(export_marks.ExportedMeanwhile) as refused:
        export_marks.record(either_session, planned, file_name="x", file_digest="0" * 64, act=ACT)
    assert refused.value.facts == {"span": "2026-11"}
    assert len(export_marks.latest(either_session, size=5)) == 1


def test_a_file_made_while_another_went_on_is_no_second_export(mariadb_engine):
    """An entry posted in between makes the two files differ: their marks alone would not meet."""
    with Session(mariadb_engine, future=True) as session:
        parties = a_party(session).id, a_party(session).id
        ledger.post(session, a_draft(*parties, effective_on=NOVEMBER), an_act())
        session.commit()
    with Session(mariadb_engine, future=True) as one, Session(mariadb_engine, future=True) as other:
        slow = export_marks.plan(one, spans.span_of(one, "2026-11"), "sage")
        ledger.post(other, a_draft(*parties, effective_on=NOVEMBER), an_act())
        assert export(other, "2026-11") == [1, 2]
        other.commit()
        with pytest.raises(export_marks.ExportedMeanwhile):
            export_marks.record(one, slow, file_name="slow.zip", file_digest="0" * 64, act=ACT)
