"""Every refused step, in every state and by every role, is answered by what to do instead."""

import importlib
import pkgutil
import runpy
from pathlib import Path

import pytest

import endi_ext
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.workflow import Workflow
from endi_ext.web.messages import MESSAGES, sentence
from endi_ext.web.speech import Speech

ELSEWHERE = ("endi_ext.hosts.endi", "endi_ext.alembic")
ROLES = (
    "proposer",
    "answerer",
    "buyer",
    "seller",
    "accountant",
    "arbiter",
    "books",
    "stranger",
)
GENERAL = {MESSAGES["wrong_state"], MESSAGES["wrong_role"], MESSAGES["refused"]}


def workflows():
    """Every workflow of the package, whoever wrote it."""
    found = {}
    for module in pkgutil.walk_packages(endi_ext.__path__, "endi_ext."):
        if module.name.startswith(ELSEWHERE):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Workflow):
                found[value.subject] = value
    return [found[subject] for subject in sorted(found)]


def refusals(workflow):
    """Each step of the table that is refused: what was tried, and the refusal."""
    actions = dict.fromkeys(step.action for step in workflow.transitions)
    roles = dict.fromkeys((*ROLES, *(role for step in workflow.transitions for role in step.roles)))
    for action in actions:
        for state in workflow.states:
            for role in roles:
                try:
                    workflow.target(state, action, role)
                except (WrongState, WrongRole) as error:
                    yield (action, state, role), error
                except ReasonMissing:
                    continue


@pytest.mark.parametrize("workflow", workflows(), ids=lambda workflow: workflow.subject)
def test_each_refused_step_says_what_to_do_instead(workflow):
    french = Speech("fr")
    mute = {tried for tried, error in refusals(workflow) if sentence(error, french) in general(error)}
    assert mute == set()


@pytest.mark.parametrize("workflow", workflows(), ids=lambda workflow: workflow.subject)
def test_each_sentence_has_its_english(workflow):
    french, english = Speech("fr"), Speech("en")
    same = {sentence(error, french) for _tried, error in refusals(workflow)} & {
        sentence(error, english) for _tried, error in refusals(workflow)
    }
    assert same == set()


def test_the_table_of_the_documentation_has_every_workflow():
    tool = runpy.run_path(str(Path(__file__).parent.parent.parent / "tools" / "workflow_tables.py"))
    assert {workflow.subject for workflow in tool["WORKFLOWS"]} == {one.subject for one in workflows()}


def general(error):
    """The sentences that fit everything, filled in."""
    return {text.format(**{"state": "", **error.facts}) for text in GENERAL} | {
        general_state(error),
    }


def general_state(error):
    """The general sentence on a state, with its word."""
    plain = type(error)(**{**error.facts, "subject": "nothing"})
    return sentence(plain, Speech("fr"))


def test_the_walk_finds_a_step_without_a_sentence():
    error = WrongState(subject="nothing_known", action="dance", state="agreed")
    assert sentence(error, Speech("fr")) in general(error)
