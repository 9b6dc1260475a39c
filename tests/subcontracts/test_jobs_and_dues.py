"""The overview of a principal's jobs, the calendar of what falls due, and the timeline of an agreement."""

from datetime import date, timedelta

import pytest

from endi_ext.subcontracts import client_lines, client_payments, dues, jobs, timeline
from endi_ext.subcontracts.terms import Conditions
from tests.builders import TODAY, an_act

from .builders import a_delivery, a_proposal, accepted, an_agreement, some_terms
from .clients import Client, a_waiting_claim, named, settled, when_the_client_pays


def belongs(session, subcontract):
    facts = {"deal_key": "deal:1", "deal_label": "Escalier de la mairie", "client": "Mairie"}
    client_lines.name_deal(session, subcontract, party=subcontract.buyer, act=an_act(), **facts)


class TestOfJobs:
    def test_a_job_shows_what_was_sold_entrusted_accepted_settled_and_earned(self, session):
        subcontract, exchange, client = a_waiting_claim(session, 5_000)
        belongs(session, subcontract)
        settled(session, exchange, 10_000)
        session.flush()
        (job,) = jobs.jobs(session, client, subcontract.buyer)
        assert (job.label, job.sold_cents, job.agreed_cents, job.accepted_cents) == (
            "Escalier de la mairie", 100_000, 60_000, 30_000,
        )  # fmt: skip
        assert (job.settled_cents, job.awaiting_cents) == (10_000, 20_000)
        held_and_due = job.retained_cents + job.due_cents
        assert job.settled_cents + job.awaiting_cents + held_and_due == job.accepted_cents
        assert (job.margin_cents, job.margin_bp) == (40_000, 4_000)

    def test_two_works_for_one_deal_are_one_job(self, session):
        subcontract, _exchange, client = a_waiting_claim(session)
        other = an_agreement(session, buyer=subcontract.buyer, seller=subcontract.seller)
        for one in (subcontract, other):
            belongs(session, one)
        (job,) = jobs.jobs(session, client, subcontract.buyer)
        assert job.agreed_cents == 105_000
        assert job.margin_cents == -5_000

    def test_a_work_without_a_deal_shows_the_margin_fixed_in_advance_or_none(self, session):
        subcontract, _exchange, client = a_waiting_claim(session)
        (job,) = jobs.jobs(session, client, subcontract.buyer)
        assert (job.label, job.sold_cents, job.margin_cents) == ("Plans d'un escalier", None, None)
        facts = {"party": subcontract.buyer, "act": an_act()}
        client_lines.fix_margin(session, subcontract, kind="percent", rate_bp=1_000, **facts)
        (job,) = jobs.jobs(session, client, subcontract.buyer)
        assert (job.margin_cents, job.margin_bp) == (6_000, None)

    def test_what_is_not_agreed_and_what_others_entrusted_does_not_count(self, session):
        subcontract, _exchange, client = a_waiting_claim(session)
        a_proposal(session, buyer=subcontract.buyer, seller=subcontract.seller)
        assert len(jobs.jobs(session, client, subcontract.buyer)) == 1
        assert jobs.jobs(session, client, subcontract.seller) == []


class TestOfDues:
    def test_what_waits_and_what_is_held_back_has_its_reason(self, session):
        conditions = when_the_client_pays(
            retention_rate_bp=500, retention_release="on_date", retention_release_on=date(2027, 11, 1)
        )
        subcontract, _exchange, client = a_waiting_claim(session, conditions=conditions)
        client_payments.follow(session, client, subcontract, an_act())
        session.flush()
        found = dues.dues(session, subcontract.seller)
        assert [(due.kind, due.cents, due.on, due.reason, due.to_me) for due in found] == [
            ("held", 3_000, date(2027, 11, 1), "on_date", True),
            ("awaiting", 57_000, None, "no_invoice", True),
        ]
        client.pays(60_000)
        named(session, subcontract, client)
        session.flush()
        found = dues.dues(session, subcontract.buyer)
        assert [(due.kind, due.cents, due.reason, due.to_me) for due in found] == [
            ("due", 30_000, "client_paid", False),
            ("held", 3_000, "on_date", False),
            ("awaiting", 27_000, "client_owes", False),
        ]

    def test_what_is_settled_falls_due_no_more(self, session):
        subcontract = an_agreement(session, terms=some_terms(conditions=Conditions(payment_days=10)))
        exchange = accepted(session, a_delivery(session, subcontract)).exchange
        session.flush()
        (due,) = dues.dues(session, subcontract.buyer)
        assert (due.on, due.reason, due.partner) == (
            TODAY + timedelta(days=10),
            "accepted",
            subcontract.seller,
        )
        settled(session, exchange, 45_000)
        session.flush()
        assert dues.dues(session, subcontract.buyer) == []

    @pytest.mark.parametrize(
        ("days", "period"),
        [
            (-1, "overdue"),
            (0, "this_week"),
            (6, "this_week"),
            (7, "next_week"),
            (13, "next_week"),
            (14, "later"),
        ],
    )
    def test_days_stand_in_their_week_then_in_their_month(self, days, period):
        assert dues.period_of(TODAY + timedelta(days=days), TODAY)[0] == period  # a Monday

    def test_later_days_stand_in_their_month_and_no_day_stands_last(self):
        assert dues.period_of(date(2028, 2, 29), TODAY) == ("later", date(2028, 2, 1))
        assert dues.period_of(None, TODAY) == ("undated", None)


class TestOfTheTimeline:
    def test_it_tells_who_did_what_for_how_much_and_what_is_to_come(self, session):
        subcontract, exchange, client = a_waiting_claim(session, 5_000)
        client.pays(120_000, on=TODAY + timedelta(days=3))
        named(session, subcontract, client)
        settled(session, exchange, 10_000)
        session.flush()
        session.expire_all()
        told = [
            (one.event.subject, one.event.action, one.cents) for one in timeline.moments(session, subcontract)
        ]
        assert told == [
            ("subcontract", "propose", 60_000),
            ("subcontract", "accept", 60_000),
            ("delivery", "declare", 30_000),
            ("delivery", "accept", 30_000),
            ("subcontract", "name_invoice", None),
            ("exchange", "client_paid", None),
            ("exchange", "settled", 10_000),
        ]
        to_come = timeline.milestones(session, subcontract, TODAY)
        assert [(one.kind, one.cents) for one in to_come] == [("falls_due", 20_000), ("work_due", None)]

    def test_a_party_that_never_worked_with_anybody_has_an_empty_calendar(self, session):
        subcontract = an_agreement(session)
        assert dues.dues(session, subcontract.seller) == []
        assert jobs.jobs(session, Client("company:0"), subcontract.seller) == []
