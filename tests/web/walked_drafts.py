"""Forms about what waits for an accountant, and about questions."""

from endi_ext.kernel.parties import by_host_key
from endi_ext.ledger import drafts
from endi_ext.reconciliation import questions
from tests.web.dealings import an_exchange
from tests.web.walked import REASON, button, on

DRAFTS = "/exchanges/drafts"
QUESTION = "/exchanges/questions/{question}"


def known(books, an_act):
    """An exchange that waits, and a question asked to karim (2)."""
    act, sides = an_act("odile"), [by_host_key(books, f"company:{number}") for number in (2, 1)]
    drafts.choose_stage(books, "EXI", True, act)
    an_exchange(books, *sides, act, reference="W-1")
    about = questions.About("other", 0, "Question", act.today)
    asked = questions.ask(books, about, sides[0], "Pourquoi ?", request_key="asked-once", act=act)
    ids = {"draft": drafts.ids(books, drafts.Wanted(), size=1)[0], "question": asked.id}
    books.commit()
    return ids


OF_DRAFTS = (
    button("endi_ext.drafts.decide", "odile", DRAFTS, DRAFTS + "/decide", {"draft": "{draft}"}, made=known),
    on("endi_ext.draft", "odile", DRAFTS + "/{draft}", made=known),
    on("endi_ext.draft.reject", "odile", DRAFTS + "/{draft}/reject", REASON, made=known),
    on("endi_ext.admin.drafts", "marc", "/admin/exchanges/drafts", {"RGI": "waits"}),
    on("endi_ext.questions.ask", "odile", "/exchanges/questions/ask", {"text": "Pourquoi ?"}),
    on("endi_ext.question_any", "odile", QUESTION, {"text": "Et encore ?"}, made=known),
    button("endi_ext.question_any.close", "odile", QUESTION, QUESTION + "/close", made=known),
    on(
        "endi_ext.question",
        "karim",
        "/companies/2/exchanges/questions/{question}",
        {"text": "Parce que", "upload": "%PDF-1.7"},
        made=known,
    ),
)
