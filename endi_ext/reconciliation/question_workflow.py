"""The states of questions and who may do what in each."""

from ..kernel.workflow import Transition, Workflow
from .question_models import ACCOUNTANT, ANSWERED, ASKED, CLOSED, PARTY

QUESTION = Workflow(
    "question",
    (ASKED, ANSWERED, CLOSED),
    (
        Transition("answer", (ASKED, ANSWERED), ANSWERED, (PARTY,)),
        Transition("ask_again", (ASKED, ANSWERED, CLOSED), ASKED, (ACCOUNTANT,)),
        Transition("close", (ASKED, ANSWERED), CLOSED, (ACCOUNTANT,)),
    ),
)
