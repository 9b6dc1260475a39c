"""Forms about findings and the reasons to let them pass."""

from sqlalchemy import select

from endi_ext.hosts.demo.documents import DemoDocuments
from endi_ext.reconciliation.finding_models import Finding, WaiverReason
from tests.web.internal_papers import a_sale, look
from tests.web.walked import REASON, button, on

PAGE = "/exchanges/findings"
ONE = PAGE + "/{finding}"
LIST = "/admin/exchanges/waiver-reasons"


def known(books, an_act):
    """A sale that was not transmitted, found; and a reason of the list."""
    a_sale(books)
    look(books, DemoDocuments(), an_act("odile"))
    found = select(Finding.id).where(Finding.source == "pairs")
    ids = {
        "finding": books.execute(found).scalars().one(),
        "waiver": books.execute(select(WaiverReason.id).order_by(WaiverReason.id)).scalars().first(),
    }
    books.commit()
    return ids


ASSIGNED = button("endi_ext.finding.assign", "odile", ONE, ONE + "/assign", made=known)
WAIVED = on("endi_ext.finding.waive", "odile", ONE + "/waive", {"reason": "{waiver}"}, made=known)
REPAIRED = on("endi_ext.finding.repair", "odile", ONE + "/repair", made=known)
WITHDRAWN = button(
    "endi_ext.admin.waiver.withdraw",
    "marc",
    LIST,
    LIST + "/{waiver}/withdraw",
    made=known,
    before=(WAIVED,),
    changes=False,
)

# A reason is written otherwise in its own row: tests/web/test_finding_pages.py reads it.
FINDINGS = (
    button(
        "endi_ext.findings.decide",
        "odile",
        PAGE,
        PAGE + "/decide",
        {"finding": "{finding}", "reason": "{waiver}"},
        made=known,
        decision="waive",
    ),
    button("endi_ext.findings.look", "odile", PAGE, PAGE + "/look"),
    ASSIGNED,
    button("endi_ext.finding.hand_back", "odile", ONE, ONE + "/hand-back", made=known, before=(ASSIGNED,)),
    WAIVED,
    on("endi_ext.finding.repaired", "odile", ONE + "/repaired", REASON, made=known),
    on("endi_ext.finding.reopen", "odile", ONE + "/reopen", REASON, before=(WAIVED,), made=known),
    REPAIRED,
    button("endi_ext.finding.undo", "odile", ONE, ONE + "/undo", made=known, before=(REPAIRED,)),
    on("endi_ext.admin.waivers.new", "marc", LIST + "/new", {"label": "Seuil de la coopérative"}),
    on(
        "endi_ext.admin.waiver.change",
        "marc",
        LIST + "/{waiver}",
        {"label": "Au centime près"},
        made=known,
        changes=False,
    ),
    WITHDRAWN,
    button(
        "endi_ext.admin.waiver.restore",
        "marc",
        LIST,
        LIST + "/{waiver}/restore",
        made=known,
        before=(WAIVED, WITHDRAWN),
        changes=False,
    ),
)
