"""Two people import at the same moment."""

import threading

from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.tenders import notice_store
from endi_ext.tenders.change_models import TenderChange
from endi_ext.tenders.models import Tender, TenderNotice
from endi_ext.tenders.notices.model import ReadNotice
from tests.builders import an_act

from .test_notice_store import FIRST, LATER, MONDAY, NOTICE, begun


def test_one_change_imported_twice_at_once_updates_once(engine):
    with Session(engine, future=True) as first:
        begun(first, notice_store.keep(first, ReadNotice(NOTICE), an_act()).notice)
        first.commit()
    outcomes = []
    started = threading.Barrier(2)

    def import_it():
        with Session(engine, future=True) as session:
            session.execute(select(Tender.id)).all()  # on MariaDB the snapshot is taken here
            started.wait(30) if engine.dialect.name != "sqlite" else None
            outcomes.append(notice_store.keep(session, ReadNotice(LATER, FIRST), an_act()).outcome)
            session.commit()

    threads = [threading.Thread(target=import_it) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["changed", "same"]
    with Session(engine, future=True) as session:
        assert len(session.execute(select(TenderNotice.id)).all()) == 2
        assert len(session.execute(select(TenderChange.id)).all()) == 1
        assert session.execute(select(Tender.deadline)).scalar_one() == MONDAY
