"""Where the rules of payments, of what counts as paid and of who agreed begin (docs/findings.md)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from endi_ext.reconciliation import finding_codes as codes
from endi_ext.reconciliation.findings import findings_of
from endi_ext.reconciliation.pairs import (
    DRAFT,
    INVALID,
    PARTLY_PAID,
    RESULTED,
    VALIDATION,
    WAIT,
    WAITING,
    Status,
)
from tests.reconciliation import pair_builders as make
from tests.reconciliation.pair_builders import a_pair
from tests.reconciliation.test_findings import LATE, TWO, paper, part, told


def only(pair):
    (found,) = findings_of(pair, now=make.NOW)
    return found


def after(moment, seconds):
    return moment + timedelta(seconds=seconds)


def test_two_payments_are_the_same_to_the_cent_on_one_day():
    cents = a_pair(paid=TWO)
    for units, said in (
        (30_001_000, [codes.PAYMENT_CENTS]),
        (29_999_000, [codes.PAYMENT_CENTS]),
        (30_001_001, [codes.PAYMENT_ALONE]),
    ):
        assert told(part(cents, "purchase", units=units)) == said
    assert only(part(cents, "purchase", units=30_000_400)).amount_cents == 1
    both = part(part(cents, "purchase", units=30_000_700), "purchase", 1, units=29_999_500)
    assert only(both).amount_cents == 2
    moved = part(cents, "purchase", on=LATE)
    assert told(part(moved, "purchase", units=30_001_000)) == [codes.PAYMENT_CROSSED]
    assert told(part(moved, "purchase", units=30_001_001)) == [codes.PAYMENT_ALONE]
    assert told(part(moved, "purchase", units=29_998_999)) == [codes.PAYMENT_ALONE]


def test_a_payment_of_the_purchase_alone_is_told_with_what_is_missing():
    lost = paper(a_pair(paid=TWO), "sale", payments=a_pair(paid=TWO).sale.payments[:1])
    found = only(lost)
    assert (found.code, found.amount_cents) == (codes.PAYMENT_ALONE, 30_000)
    assert (found.facts["sales"], found.facts["purchases"]) == (0, 1)


def test_payments_of_one_day_are_held_against_the_like_amount_before_a_nearly_like_one():
    pair = a_pair(paid=((30_000, 10), (30_001, 10)))
    turned = paper(pair, "purchase", payments=pair.purchase.payments[::-1])
    assert told(turned) == []
    known = replace(turned, payment_pairs=((1, 2), (2, 1)))
    assert told(known) == [codes.PAYMENT_CENTS]


def test_payments_of_a_draft_are_not_compared():
    assert told(paper(make.as_draft(a_pair(paid=TWO)), "purchase", payments=())) == []


def exported(pair, side, at, changed=None, place=0):
    return part(pair, side, place, exported=True, exported_at=at, changed_at=changed)


def test_an_export_writes_the_payment_within_seconds_and_who_writes_later_changes_it():
    pair = exported(a_pair(paid=((10_000, 1),)), "sale", make.NOW)
    for seconds, said in ((None, []), (5, []), (6, [codes.PAYMENT_CHANGED])):
        changed = None if seconds is None else after(make.NOW, seconds)
        assert told(exported(pair, "purchase", make.NOW, changed)) == said
    # Without a note of when it was exported, a later change proves nothing.
    assert told(part(pair, "purchase", exported=True, changed_at=after(make.NOW, 600))) == []


def test_an_edit_of_the_sale_since_its_mirror_was_exported_is_a_change_of_what_was_exported():
    def edited(seconds, **mirror):
        pair = part(a_pair(paid=((10_000, 1),)), "sale", changed_at=after(make.NOW, seconds))
        return told(part(pair, "purchase", exported=True, **mirror))

    noted = {"exported_at": make.NOW}
    assert edited(0, **noted) == [codes.PAYMENT_CHANGED]
    assert edited(-1, **noted) == [codes.PAYMENT_EXPORTED_ALONE]
    unnoted = {"changed_at": make.NOW}
    assert edited(1, **unnoted) == edited(-1, **unnoted) == [codes.PAYMENT_CHANGED]
    assert edited(2, **unnoted) == edited(-2, **unnoted) == [codes.PAYMENT_EXPORTED_ALONE]
    assert edited(0) == [codes.PAYMENT_EXPORTED_ALONE]
    # What is in no accounts may be edited.
    both = part(a_pair(paid=((10_000, 1),)), "sale", changed_at=make.NOW)
    assert told(part(both, "purchase", changed_at=make.NOW)) == []
    assert told(exported(a_pair(paid=TWO), "purchase", make.NOW)) == [codes.PAYMENT_EXPORTED_ALONE]


def test_a_changed_payment_is_told_though_the_sale_has_lost_its_own():
    pair = exported(a_pair(paid=TWO), "purchase", make.NOW, after(make.NOW, 60))
    lost = paper(pair, "sale", payments=pair.sale.payments[1:])
    assert told(lost) == [codes.PAYMENT_CHANGED, codes.PAYMENT_ALONE]
    assert findings_of(lost, now=make.NOW)[0].amount_cents == 30_000
    both = exported(pair, "purchase", make.NOW, after(make.NOW, 60), place=1)
    found = only(both)
    assert (found.amount_cents, found.facts["payments"]) == (60_000, 2)


def test_payments_exported_on_one_side_are_counted():
    one = part(part(a_pair(paid=TWO), "sale", exported=True), "sale", 1, exported=True)
    found = only(one)
    assert (found.code, found.amount_cents, found.facts["payments"]) == (
        codes.PAYMENT_EXPORTED_ALONE,
        60_000,
        2,
    )


# What counts as paid, and who agreed.


@pytest.mark.parametrize("side", ["sale", "purchase"])
def test_what_is_settled_may_lack_less_than_a_cent(side):
    pair = a_pair(paid=((100_000, 10),))
    for lacking, is_told in ((999, False), (1_000, True)):
        paid = part(part(pair, "sale", units=100_000_000 - lacking), "purchase", units=100_000_000 - lacking)
        if side == "purchase":
            paid = paper(paid, "sale", paid_status=PARTLY_PAID)
        assert told(paid) == (
            [{"sale": codes.FORCED, "purchase": codes.LEFT_SETTLED}[side]] if is_told else []
        )


def test_a_credit_note_is_deducted_from_the_purchase_to_the_cent():
    def left(cents, status):
        return told(
            paper(a_pair(refunded=10_000, paid=((90_000 - cents, 10),)), "purchase", paid_status=status)
        )

    assert left(0, PARTLY_PAID) == [codes.CREDIT_NOT_DEDUCTED]
    assert left(1, PARTLY_PAID) == []
    assert left(1, RESULTED) == [codes.SETTLED_BY_CREDIT]
    assert left(0, RESULTED) == []


def test_only_a_valid_credit_note_takes_anything_back():
    pair = a_pair(refunded=10_000)
    draft = replace(pair.refunds[0], sale=replace(pair.refunds[0].sale, status=DRAFT))
    two = replace(pair, refunds=(*pair.refunds, draft, replace(draft, sale=None)))
    assert (two.refunded_units, two.refunded_purchase_units) == (10_000_000, 30_000_000)
    lost = replace(pair, refunds=(replace(pair.refunds[0], purchase=None),))
    assert (lost.refunded_units, lost.refunded_purchase_units) == (10_000_000, 0)


def agreed(seconds=0, sold_by=make.ENTREPRENEUR, before=(), **payment):
    """A purchase validated by the accountant so long after the accountant recorded a payment."""
    at = after(make.PAID_AT, seconds)
    pair = a_pair(paid=((40_000, 0),))
    pair = paper(pair, "purchase", history=(*before, make.validated(make.ACCOUNTANT, at)))
    history = (make.validated(sold_by, make.SOLD_AT),) if sold_by else ()
    return told(part(paper(pair, "sale", history=history), "sale", **payment))


def test_who_validates_and_pays_within_two_seconds_asked_nobody():
    by_payment = [codes.VALIDATED_BY_PAYMENT]
    assert agreed(2) == agreed(-2) == agreed(0) == by_payment
    assert agreed(3) == agreed(-3) == []
    assert agreed(user_key="user:99") == agreed(user_key=None) == agreed(made_at=None) == []
    # Who made the sale is not known: somebody else, then.
    assert agreed(sold_by=None) == by_payment
    assert agreed(sold_by=make.ACCOUNTANT) == []


def test_a_refusal_just_before_counts_whoever_sold_and_an_older_one_does_not():
    refused = Status(VALIDATION, INVALID, make.BOUGHT_AT, make.STAFF)
    again = Status(VALIDATION, WAIT, make.BOUGHT_AT, make.STAFF)
    paid = Status("paid", WAITING, make.BOUGHT_AT, make.STAFF)
    assert agreed(before=(refused,), sold_by=make.ACCOUNTANT) == [codes.REFUSED_THEN_PAID]
    assert agreed(before=(refused, paid)) == [codes.REFUSED_THEN_PAID]
    assert agreed(before=(refused, again)) == [codes.VALIDATED_BY_PAYMENT]
    # What counts is the last time it was validated.
    earlier = make.validated(make.STAFF, make.BOUGHT_AT)
    assert agreed(before=(earlier, refused)) == [codes.REFUSED_THEN_PAID]
