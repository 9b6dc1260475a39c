import pytest

from endi_ext.kernel.errors import DomainError, ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.workflow import Transition, Workflow

STATES = ("draft", "sent", "answered")
TRANSITIONS = (
    Transition("send", ("draft",), "sent", ("author",)),
    Transition("answer", ("sent",), "answered", ("reader",)),
    Transition("refuse", ("sent", "answered"), "draft", ("reader", "clerk"), needs_reason=True),
    Transition("close", ("sent",), "answered", ("clerk",)),
)
LETTERS = Workflow("letter", STATES, TRANSITIONS)


def test_a_table_keeps_its_subject_its_states_and_its_steps_in_order():
    table = Workflow("letter", list(STATES), list(TRANSITIONS))
    assert (table.subject, table.states, table.transitions) == ("letter", STATES, TRANSITIONS)


def test_an_action_leads_to_its_state():
    assert LETTERS.target("draft", "send", "author") == "sent"
    assert LETTERS.target("answered", "refuse", "clerk", "Illisible") == "draft"


def test_an_action_from_another_state_is_refused():
    with pytest.raises(WrongState) as refusal:
        LETTERS.target("sent", "send", "author")
    assert refusal.value.facts == {"subject": "letter", "action": "send", "state": "sent"}
    assert str(refusal.value) == "wrong_state: subject=letter, action=send, state=sent"
    assert repr(WrongState(action="send")) == "WrongState('wrong_state', {'action': 'send'})"
    assert str(DomainError()) == "refused"


def test_an_action_that_does_not_exist_is_refused():
    with pytest.raises(WrongState):
        LETTERS.target("sent", "burn", "author")


def test_an_action_of_another_role_is_refused():
    with pytest.raises(WrongRole) as refusal:
        LETTERS.target("draft", "send", "reader")
    assert refusal.value.facts == {"subject": "letter", "action": "send", "role": "reader"}


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_an_action_that_needs_a_reason_gets_one(reason):
    with pytest.raises(ReasonMissing) as refusal:
        LETTERS.target("sent", "refuse", "reader", reason)
    assert refusal.value.facts == {"action": "refuse"}


def test_what_a_role_may_do_is_listed_in_the_order_of_the_table():
    assert LETTERS.allowed("sent", "reader") == ("answer", "refuse")
    assert LETTERS.allowed("sent", "clerk") == ("refuse", "close")
    assert LETTERS.allowed("draft", "reader") == ()


@pytest.mark.parametrize("state", LETTERS.states)
@pytest.mark.parametrize("role", ["author", "reader", "clerk"])
def test_exactly_what_is_listed_is_accepted(state, role):
    for action in ("send", "answer", "refuse", "close"):
        try:
            LETTERS.target(state, action, role, "Motif")
        except (WrongState, WrongRole):
            assert action not in LETTERS.allowed(state, role)
        else:
            assert action in LETTERS.allowed(state, role)
