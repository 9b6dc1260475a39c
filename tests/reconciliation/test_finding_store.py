"""Findings live: noted once, told again, gone by themselves, let pass, opened again; two looks at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from endi_ext.kernel.errors import ReasonMissing, WrongState
from endi_ext.kernel.history import Act, history_of
from endi_ext.reconciliation import finding_store
from endi_ext.reconciliation.finding_errors import NoFindings, ReasonRetired
from endi_ext.reconciliation.finding_models import Finding, FindingLook, WaiverReason
from endi_ext.reconciliation.finding_workflow import FINDING
from endi_ext.reconciliation.found import BLOCKING, Found, PaperSide

ON = date(2026, 11, 2)
START = datetime(2026, 11, 3, 9, tzinfo=UTC)


def an_act(minutes=0, name="Odile"):
    at = START + timedelta(minutes=minutes)
    return Act("user:5", name, at, at.date())


def a_found(number=1, cents=10_000, code="mirror_missing", on=ON, **facts):
    sale = PaperSide(f"invoice:{number}", "invoice", f"INT-{number}", on, cents, status="valid")
    return Found(f"invoice:{number}", code, BLOCKING, cents, on, sale=sale, facts={"due_on": on, **facts})


def one(session, number=1):
    session.flush()
    session.expire_all()
    return session.execute(select(Finding).where(Finding.key == f"invoice:{number}")).scalars().one()


def steps(session, finding):
    return [(step.action, step.state_before, step.state_after) for step in history_of(session, finding)]


def test_a_finding_keeps_both_documents_as_they_stood_and_its_facts(either_session):
    finding_store.refresh(either_session, "pairs", [a_found()], an_act())
    kept = one(either_session)
    assert kept.sale_side == a_found().sale
    assert kept.purchase_side is None
    assert kept.told == {"due_on": ON}
    assert (kept.state, kept.standing, kept.amount_cents) == ("open", True, 10_000)
    assert finding_store.standing(either_session, ON, ON) == (1, 10_000)
    assert finding_store.standing(either_session, date(2026, 12, 1), date(2026, 12, 31)) == (0, 0)


def test_a_finding_stands_in_the_month_its_document_was_moved_to(session):
    finding_store.refresh(session, "pairs", [a_found()], an_act())
    later = date(2026, 12, 1)
    finding_store.refresh(session, "pairs", [a_found(on=later)], an_act(1))
    assert finding_store.standing(session, ON, ON) == (0, 0)
    assert finding_store.standing(session, later, later) == (1, 10_000)


def test_what_is_told_again_is_not_noted_twice_and_what_is_gone_leaves_a_trace(session):
    both = [a_found(1), a_found(2)]
    assert finding_store.refresh(session, "pairs", both, an_act()).new == 2
    again = finding_store.refresh(session, "pairs", [a_found(1)], an_act(1))
    assert (again.new, again.gone, again.standing) == (0, 1, 1)
    gone = one(session, 2)
    assert (gone.state, gone.repaired_how) == ("repaired", "unseen")
    assert steps(session, gone) == [("gone_unseen", "open", "repaired")]
    finding_store.refresh(session, "pairs", both, an_act(2))
    back = one(session, 2)
    assert (back.state, back.times, back.repaired_how) == ("open", 2, None)


def test_one_source_closes_nothing_of_another(session):
    finding_store.refresh(session, "exports", [a_found()], an_act())
    finding_store.refresh(session, "pairs", [], an_act(1))
    assert one(session).state == "open"


def test_a_look_at_some_documents_leaves_the_others(session):
    finding_store.refresh(session, "pairs", [a_found(1), a_found(2)], an_act())
    finding_store.refresh_some(session, "pairs", [], an_act(1), about=("invoice:1",), how_gone="tool")
    assert one(session, 1).repaired_how == "tool"
    assert one(session, 2).state == "open"


def test_what_was_let_pass_stays_so_until_its_amount_changes(session):
    finding_store.refresh(session, "pairs", [a_found()], an_act())
    reason = session.execute(select(WaiverReason).order_by(WaiverReason.label)).scalars().first()
    finding_store.waive(session, [one(session).id], reason, "vu avec les deux", an_act(1))
    assert finding_store.refresh(session, "pairs", [a_found(note="x")], an_act(2)).standing == 0
    waived = one(session)
    assert (waived.state, waived.waiver_reason_id) == ("waived", reason.id)
    finding_store.refresh(session, "pairs", [a_found(cents=10_001)], an_act(3))
    back = one(session)
    assert (back.state, back.amount_cents, back.waiver_reason_id) == ("open", 10_001, None)
    told = history_of(session, back)
    assert [step.action for step in told] == ["waive", "amount_changed"]
    assert told[0].reason == f"{reason.label} : vu avec les deux"


def test_findings_are_assigned_told_repaired_and_opened_again_all_or_none(session):
    finding_store.refresh(session, "pairs", [a_found(1), a_found(2)], an_act())
    ids = [one(session, number).id for number in (1, 2)]
    finding_store.assign(session, ids, "user:5", "Odile", an_act(1))
    assert one(session).assigned_key == "user:5"
    finding_store.hand_back(session, ids[:1], an_act(2))
    assert (one(session).state, one(session).assigned_name) == ("open", None)
    finding_store.tell_repaired(session, ids[1:], "Avoir refait", an_act(3))
    assert (one(session, 2).state, one(session, 2).repaired_how) == ("repaired", "hand")
    with pytest.raises(WrongState):
        finding_store.assign(session, ids, "user:5", "Odile", an_act(4))
    session.flush()
    finding_store.reopen(session, ids[1:], "Pas fait", an_act(5))
    assert (one(session, 2).state, one(session, 2).times) == ("open", 2)
    with pytest.raises(ReasonMissing):
        finding_store.tell_repaired(session, ids, " ", an_act(6))
    with pytest.raises(NoFindings):
        finding_store.hand_back(session, [999_999], an_act(6))


def test_a_reason_out_of_use_lets_nothing_pass(session):
    finding_store.refresh(session, "pairs", [a_found()], an_act())
    retired = WaiverReason(label="Ancien motif", added_at=START, retired_at=START)
    with pytest.raises(ReasonRetired) as refusal:
        finding_store.waive(session, [one(session).id], retired, None, an_act())
    assert refusal.value.facts == {"reason": "Ancien motif"}


def test_a_thousand_findings_take_few_statements(either_session):
    founds = [a_found(number) for number in range(1_000)]
    counted = []

    def count(*_arguments):
        counted.append(1)

    event.listen(either_session.connection().engine, "before_cursor_execute", count)
    finding_store.refresh(either_session, "pairs", founds, an_act())
    first = len(counted)
    finding_store.refresh(
        either_session, "pairs", [replace(one, severity="notice") for one in founds], an_act(1)
    )
    event.remove(either_session.connection().engine, "before_cursor_execute", count)
    assert first < 30, counted
    assert len(counted) - first < 30


def test_two_looks_at_once_note_each_finding_once(engine):
    founds = [a_found(number) for number in range(50)]

    def look(minutes):
        with Session(engine, future=True) as session:
            session.execute(select(func.count()).select_from(Finding))  # its snapshot is older than the lock
            finding_store.refresh(session, "pairs", founds, an_act(minutes))
            session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(4)))
    with Session(engine, future=True) as session:
        counted = select(func.count(), func.min(Finding.state), func.max(Finding.state))
        assert session.execute(counted).one() == (50, "open", "open")


def test_what_stands_is_counted_on_both_days_of_a_month_whatever_its_sign(session):
    days = (date(2026, 10, 31), ON, date(2026, 11, 30), date(2026, 12, 1))
    founds = [a_found(number, cents=-100 * number, on=on) for number, on in enumerate(days, 1)]
    finding_store.refresh(session, "pairs", founds, an_act())
    assert finding_store.standing(session, ON, days[2]) == (2, 500)
    finding_store.tell_repaired(session, [one(session, 2).id], "Fait", an_act(1))
    session.flush()
    assert finding_store.standing(session, ON, days[2]) == (1, 300)
    assert finding_store.standing(session, days[0], ON) == (1, 100)


def test_who_looked_last_is_known_whether_at_all_documents_or_at_some(session):
    def looked():
        session.expire_all()
        head = session.execute(select(FindingLook).where(FindingLook.source == "")).scalars().one()
        return head.finished_at, head.by_name

    finding_store.refresh(session, "pairs", [], an_act(1, "Marc"))
    assert looked() == (an_act(1).at, "Marc")
    finding_store.refresh_some(session, "pairs", [a_found()], an_act(2), about=("invoice:1",))
    assert looked() == (an_act(2).at, "Odile")
    finding_store.refresh_some(session, "pairs", [], an_act(3), about=("invoice:1",))
    assert (one(session).state, one(session).repaired_how) == ("repaired", "unseen")


def test_every_step_says_who_when_and_why_and_what_it_settles(session):
    finding_store.refresh(session, "pairs", [a_found(1), a_found(2)], an_act())
    both = [one(session, number).id for number in (2, 1)]
    given = finding_store.assign(session, both[:1], "user:5", "Odile", an_act(1))
    assert [(row.id, row.assigned_name, row.changed_at) for row in given] == [
        (both[0], "Odile", an_act(1).at)
    ]
    # Who has it keeps it, without another step; the other of the two is given.
    assert [row.id for row in finding_store.assign(session, both, "user:5", "Odile", an_act(2))] == both[1:]
    assert finding_store.assign(session, both, "user:5", "Odile", an_act(3)) == []
    finding_store.assign(session, both[:1], "user:6", "Marc", an_act(4, "Marc"))
    taken = one(session, 2)
    assert (taken.state, taken.standing, taken.assigned_key, taken.assigned_name) == (
        "assigned", True, "user:6", "Marc"
    )  # fmt: skip
    told = [(step.action, step.reason, step.actor_name, step.at) for step in history_of(session, taken)]
    assert told == [("assign", "Odile", "Odile", an_act(1).at), ("assign", "Marc", "Marc", an_act(4).at)]
    reason = session.execute(select(WaiverReason).order_by(WaiverReason.label)).scalars().first()
    waived = finding_store.waive(session, [*both, *both], reason, None, an_act(5))
    assert [row.id for row in waived] == sorted(both)
    session.flush()
    let_pass = one(session, 2)
    assert (let_pass.state, let_pass.standing) == ("waived", False)
    assert (let_pass.assigned_key, let_pass.assigned_name) == ("user:6", "Marc")
    assert (let_pass.waiver_reason_id, let_pass.changed_at) == (reason.id, an_act(5).at)
    assert history_of(session, let_pass)[-1].reason == reason.label
    with pytest.raises(ReasonMissing):
        finding_store.reopen(session, both, " ", an_act(6))
    again = finding_store.reopen(session, both, "Trop vite", an_act(6))
    assert [row.times for row in again] == [2, 2]
    session.flush()
    back = one(session, 2)
    assert (back.state, back.standing, back.assigned_key, back.assigned_name) == ("open", True, None, None)
    assert (back.waiver_reason_id, back.repaired_how) == (None, None)
    assert steps(session, back)[-2:] == [("waive", "assigned", "waived"), ("reopen", "waived", "open")]
    repaired = finding_store.tell_repaired(session, both, "Avoir refait", an_act(7))
    assert {(row.state, row.repaired_how, row.standing) for row in repaired} == {("repaired", "hand", False)}
    finding_store.reopen(session, both, "Non", an_act(8))
    assert {row.repaired_how for row in repaired} == {None}


def test_what_is_decided_is_read_again_however_old_what_the_page_showed(session):
    finding_store.refresh(session, "pairs", [a_found()], an_act())
    shown = one(session)
    session.connection().execute(update(Finding.__table__).values(state="waived", standing=False))
    assert shown.state == "open"
    with pytest.raises(WrongState):
        finding_store.tell_repaired(session, [shown.id], "Fait", an_act(1))


def test_no_more_than_a_thousand_findings_are_decided_at_once(session):
    finding_store.refresh(session, "pairs", [a_found(number) for number in range(1, 1_002)], an_act())
    ids = session.execute(select(Finding.id).order_by(Finding.id)).scalars().all()
    assert [row.id for row in finding_store.locked(session, ids[::-1])] == ids[:1_000]


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("open", {"assign", "waive", "repair", "tell_repaired"}),
        ("assigned", {"assign", "hand_back", "waive", "repair", "tell_repaired"}),
        ("waived", {"reopen"}),
        ("repaired", {"reopen", "undo"}),
    ],
)
def test_what_an_accountant_may_do_with_a_finding_depends_on_its_state(state, may):
    done = {one.action for one in FINDING.transitions if state in one.sources}
    assert done == may
    assert {one.action for one in FINDING.transitions if one.needs_reason} == {"tell_repaired", "reopen"}
    for action in may:
        FINDING.target(state, action, "accountant", "Parce que")
