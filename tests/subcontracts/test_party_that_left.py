"""A party made inactive in the middle, whatever state things are in: what may still be done, and by whom.

New engagements are refused to both. What was begun is brought to its end: by the side that stays, by the
books on their dates, by accountants in the place of the side that left, by an arbiter.
"""

import pytest

from endi_ext.exchanges import invariants
from endi_ext.exchanges import retention as exchange_retention
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges import workflow as of_exchanges
from endi_ext.exchanges.rules import PartyInactive
from endi_ext.kernel.errors import DomainError, WrongState
from endi_ext.ledger import audit
from endi_ext.subcontracts import amendments, disputes, final_accounts, frames, retentions, service, workflow
from endi_ext.subcontracts.errors import PartyActive
from tests.builders import TODAY, a_cooperative, a_party, an_act, numbers

from . import disputing
from .builders import DUE_ON, a_line, lines_of, some_terms, two_parties
from .every_state import TOMORROW, World, role_of

ENGAGING = {"counter", "accept", "propose_amendment", "call_off"}
WHY = {"reason": "Parce que", "act": an_act()}


def key():
    return {"request_key": f"left-{next(numbers)}"}


def changed(document):
    more = a_line("Relevé", 2_000, "h", 4_000)
    return some_terms(*lines_of(document), more)


def negotiation(module, suffix=""):
    """The steps of a negotiation: of an agreement or of an amendment."""

    def step(name, **facts):
        return lambda session, document, party: getattr(module, name + suffix)(
            session, document, party=party, **{k: v(document) if callable(v) else v for k, v in facts.items()}
        )

    read = {"version": lambda document: document.version_number, "act": an_act()}
    return {
        "accept": step("accept", **read),
        "counter": step("counter", terms=changed, **read),
        "decline": step("decline", **WHY),
        "withdraw": step("withdraw", **WHY),
    }


def deliver(session, job, party):
    wanted = {line.id: 1_000 for line in job.version.lines}
    facts = {"quantities": wanted, "delivered_on": TODAY, "note": "", "act": an_act("user:2"), **key()}
    return service.declare_delivery(session, job, party=party, **facts)


def amend(session, job, party):
    facts = {"terms": changed(job), "act": an_act(), **key()}
    return amendments.propose_amendment(session, job, party=party, **facts)


def order(session, frame, party):
    wanted = {line.id: 1_000 for line in frame.version.lines}
    facts = {"quantities": wanted, "due_on": DUE_ON, "act": an_act(), **key()}
    return frames.call_off(session, frame, party=party, **facts)


def draw_up(session, job, party):
    return final_accounts.draw_up(session, job, party=party, message="", act=an_act(), **key())


def part_of(session, delivery, party):
    (one,) = delivery.lines
    shares = {"accepted": {one.id: 1_000}, "refusals": {one.id: "Pas fini"}}
    return service.accept_in_part(session, delivery, party=party, accepted_on=TODAY, act=an_act(), **shares)


def accept(session, delivery, party):
    return service.accept_delivery(session, delivery, party=party, accepted_on=TODAY, act=an_act())


def said(step, name):
    return lambda session, dispute, party: step(
        session,
        dispute,
        party=party,
        said=disputing.said("Bonjour"),
        act=disputing.act_of(name(dispute, party)),
    )


def side_of(dispute, party):
    return workflow.side_of(dispute.subcontract, party)


def propose_outcome(session, dispute, party):
    facts = {"outcome": disputes.Outcome(), "said": disputing.said("Partageons"), "act": an_act()}
    return disputes.propose(session, dispute, party=party, **facts)


def by(function, **facts):
    """A step one side takes, with nothing more to say than this."""
    return lambda session, document, party: function(session, document, party=party, **facts)


ACT = {"act": an_act()}
OF_A_JOB = {
    **negotiation(service),
    "declare_delivery": deliver,
    "propose_amendment": amend,
    "pronounce_acceptance": None,  # nothing is held back of these: see the retentions
    "draw_up_final_account": draw_up,
    "sign_final_account": None,
}
KINDS = {
    "subcontracts": (workflow.SUBCONTRACT, OF_A_JOB),
    "frames": (
        workflow.FRAME_AGREEMENT,
        {
            **negotiation(service),
            "propose_amendment": amend,
            "call_off": order,
            "end": by(frames.end, **WHY),
        },
    ),
    "amendments": (workflow.AMENDMENT, negotiation(amendments, "_amendment")),
    "deliveries": (
        workflow.DELIVERY,
        {
            "accept": accept,
            "accept_in_part": part_of,
            "contest": by(service.contest_delivery, **WHY),
            "withdraw": by(service.withdraw_delivery, **ACT),
        },
    ),
    "retentions": (
        of_exchanges.RETENTION,
        {
            "release": by(retentions.release, **ACT),
            "release_in_part": by(retentions.release, amount_cents=1, **ACT),
            "contest": by(retentions.contest, **WHY),
            "lift": by(retentions.lift, **ACT),
        },
    ),
    "final_accounts": (
        workflow.FINAL_ACCOUNT,
        {
            "sign": by(final_accounts.sign, **ACT),
            "refuse": by(final_accounts.refuse, **WHY),
            "withdraw": by(final_accounts.withdraw, **ACT),
        },
    ),
    "disputes": (
        workflow.DISPUTE,
        {
            "write": said(disputes.write, side_of),
            "propose": propose_outcome,
            "ask_arbitration": said(disputes.ask_arbitration, side_of),
            "agree": None,  # with what was proposed: tests of disputes
            "accept": None,  # through the delivery
            "withdraw": None,
        },
    ),
}


@pytest.mark.parametrize("left", ["buyer", "seller"])
@pytest.mark.parametrize("made", KINDS)
def test_what_was_begun_goes_on_and_nothing_new_is_agreed(session, made, left):
    flow, steps = KINDS[made]
    world = World(session, *two_parties(session))
    documents = getattr(world, made)()
    world.sides[left].active = False
    session.flush()
    answers = {}
    for state, document in documents.items():
        for side, party in world.sides.items():
            for action in flow.allowed(state, role_of(document, side)):
                if steps[action] is not None:
                    answers[state, action, side] = attempted(session, steps[action], document, party)
    assert answers == {tried: refused_as_engaging(made, tried[1]) for tried in answers}
    assert answers


def refused_as_engaging(made, action):
    negotiated = made in ("subcontracts", "frames", "amendments")
    return PartyInactive if negotiated and action in ENGAGING else "done"


def attempted(session, step, document, party):
    """Try a step and take it back."""
    with session.begin_nested() as tried:
        try:
            step(session, document, party)
            session.flush()
            return "done"
        except DomainError as refusal:
            return type(refusal)
        finally:
            tried.rollback()


@pytest.mark.parametrize("left", ["buyer", "seller"])
def test_what_nobody_can_answer_any_more_expires(session, left):
    world = World(session, *two_parties(session))
    proposal = world.proposal(terms=some_terms(answer_by=TODAY))
    amendment = world.amendment(answer_by=TODAY)
    world.sides[left].active = False
    assert service.expire(session, proposal, TOMORROW).state == "expired"
    assert amendments.expire_amendment(session, amendment, TOMORROW).state == "expired"


@pytest.mark.parametrize("state", ["declared", "contested"])
def test_accountants_accept_for_a_buyer_that_left_and_withdraw_for_a_seller(session, state):
    a_cooperative(session)
    for left, decide in (("buyer", in_place_of_the_buyer), ("seller", in_place_of_the_seller)):
        world = World(session, a_party(session), a_party(session))
        delivery = world.deliveries()[state]
        with pytest.raises(PartyActive), session.begin_nested():
            decide(session, delivery)
        world.sides[left].active = False
        assert decide(session, delivery).decided_by == "accountant"
    assert invariants.check(session) == []
    assert audit.verify(session).sound


def in_place_of_the_buyer(session, delivery):
    return service.accept_in_place(session, delivery, accepted_on=TODAY, **WHY)


def in_place_of_the_seller(session, delivery):
    return service.withdraw_in_place(session, delivery, **WHY)


@pytest.mark.parametrize("left", ["buyer", "seller"])
def test_what_is_owed_is_settled_reversed_and_let_go_all_the_same(session, left):
    world = World(session, *two_parties(session))
    made, held = world.exchanges(), world.retentions()
    world.sides[left].active = False
    accountant = an_act("user:5")
    for state in ("open", "partly_settled"):
        facts = {"settled_on": TODAY, "act": accountant, **key()}
        exchanges.settle(session, made[state], amount_cents=made[state].payable_cents, **facts)
        assert made[state].state == "settled"
    facts = {"reason": "Faux", "on": TODAY, "act": accountant}
    assert service.reverse_exchange(session, made["settled"], **facts).state == "cancelled"
    for state in ("held", "contested"):
        retentions.release_in_place(session, held[state].exchange, **facts)
        assert exchange_retention.of_exchange(session, held[state].exchange).state == "released"
    assert invariants.check(session) == []
    assert audit.verify(session).sound


@pytest.mark.parametrize("left", ["buyer", "seller"])
def test_an_arbiter_decides_although_one_side_left(session, left):
    world = World(session, *two_parties(session))
    dispute = world.disputes()["arbitration"]
    world.sides[left].active = False
    facts = {"said": disputing.said("Vu sur place"), "act": an_act("user:8", "Fatou Ndiaye")}
    assert disputes.decide(session, dispute, outcome=disputes.Outcome(), **facts).state == "closed"
    with pytest.raises(WrongState):
        disputes.decide(
            session, dispute, outcome=disputes.Outcome(), **{**facts, "said": disputing.said("Non")}
        )
