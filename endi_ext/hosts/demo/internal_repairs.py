"""Repairs of the demo's own internal documents, through the little its platform knows to do with them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ...kernel.history import Act
from ...reconciliation import finding_store
from ...reconciliation.finding_errors import NotUndoable
from ...reconciliation.finding_models import BY_TOOL
from ...reconciliation.pairs import DRAFT, PAID, VALID, VALIDATION, WAITING, Pair
from ...reconciliation.repair_plans import Plan, Step
from ..repairing import PlannedRepairs, id_of, untouched
from .internal_documents import pair_of
from .internal_models import ESTIMATION, ORDER, PURCHASE, InternalPaper, InternalPayment, InternalStep

# Who keeps the plugin's books may look; the platform's own accountants change its documents.
HOST_RIGHT = "global_accountant"
MAY_NOT = "modifier les documents internes"
EXPENSE_TYPES = (
    ("Prestation interne", "Prestation interne"),
    ("Sous-traitance interne", "Sous-traitance interne"),
)


class DemoRepairs(PlannedRepairs):
    """Carries steps out on the demo's rows."""

    def pair(self, session: Any, key: str) -> Pair | None:
        return pair_of(session, key)

    def lacking(self, request: Any, plan: Plan) -> str | None:
        return None if HOST_RIGHT in request.identity.access_rights else MAY_NOT

    def lacking_to_undo(self, request: Any, done: Mapping[str, Any]) -> str | None:
        return None if HOST_RIGHT in request.identity.access_rights else MAY_NOT

    def expense_types(self, request: Any) -> Sequence[tuple[str, str]]:
        return EXPENSE_TYPES

    def carry_out(self, request: Any, finding: Any, step: Step, choice: str | None) -> Any:
        return _Desk(request).do(step, choice)

    def take_back(self, request: Any, done: Mapping[str, Any]) -> None:
        _Desk(request).take_back(done)

    def align_books(self, request: Any, finding: Any) -> None:
        """Nothing was made elsewhere."""

    def compare_again(self, request: Any, finding: Any, act: Act) -> None:
        about = (finding.about,)
        finding_store.refresh_some(request.dbsession, finding.source, [], act, about=about, how_gone=BY_TOOL)


class _Desk:
    """Somebody of the platform at work on its documents."""

    def __init__(self, request: Any) -> None:
        self.session, self.user = request.dbsession, request.identity
        self.at = request.registry.endi_ext_host.clock.now()

    def do(self, step: Step, choice: str | None) -> Any:
        """Do one step; return what undoes it."""
        name = "mirror_made" if step.code == "mirror_made_valid" else step.code
        if name == "type_set":
            return self.type_set(step, choice)
        return getattr(self, name)(step)

    def mirror_made(self, step: Step) -> dict[str, Any]:
        sale = self.paper(step.key)
        valid = step.code == "mirror_made_valid"
        mirror = InternalPaper(
            kind=ORDER if sale.kind == ESTIMATION else PURCHASE,
            company_id=sale.partner_id,
            partner_id=sale.company_id,
            number=self.next_number() if valid else "",
            issued_on=sale.issued_on,
            label=sale.label,
            total_cents=sale.total_cents,
            vat_cents=0,
            status=VALID if valid else DRAFT,
            paid_status="" if sale.kind == ESTIMATION else WAITING,
            signed_status="",
            remote_number=sale.number,
            expense_type=EXPENSE_TYPES[0][0],
            exported=False,
            changed_at=self.at,
        )
        self.session.add(mirror)
        self.session.flush()  # its id is that of the tie
        sale.mirror_id, sale.changed_at = mirror.id, self.at
        return {"code": "mirror_made", "key": step.key, "mirror_id": mirror.id}

    def mirror_tied(self, step: Step) -> None:
        sale = self.paper(step.key)
        sale.mirror_id, sale.changed_at = id_of(step.values["purchase_key"]), self.at
        self.session.flush()  # before what it was tied to goes

    def twin_removed(self, step: Step) -> None:
        self.session.delete(self.paper(step.key))
        self.session.flush()

    def sale_status(self, step: Step) -> None:
        paper = self.paper(step.key)
        paper.paid_status, paper.changed_at = step.values["status"], self.at
        self.note(paper, PAID, paper.paid_status)

    def purchase_status(self, step: Step) -> None:
        self.sale_status(step)

    def purchase_validated(self, step: Step) -> None:
        purchase = self.paper(step.key)
        purchase.status, purchase.number, purchase.changed_at = VALID, self.next_number(), self.at
        self.note(purchase, VALIDATION, VALID)

    def payment_added(self, step: Step) -> dict[str, Any]:
        made = InternalPayment(
            paper_id=id_of(step.key),
            paid_on=date.fromisoformat(step.values["on"]),
            amount_cents=step.values["amount_cents"],
            exported=False,
            made_at=self.at,
            user_id=self.user.id,
        )
        self.paper(step.key).payments.append(made)
        self.session.flush()  # its id is what undoes it
        return {"code": "payment_added", "payment_id": made.id, "made": self.said(made)}

    def payment_changed(self, step: Step) -> dict[str, Any]:
        payment = self.session.get(InternalPayment, id_of(step.key))
        before = {"amount_cents": payment.amount_cents, "on": payment.paid_on.isoformat()}
        self.write(payment, step.values)
        made = self.said(payment)
        return {"code": "payment_changed", "payment_id": payment.id, **before, "made": made}

    def payment_removed(self, step: Step) -> dict[str, Any]:
        payment = self.session.get(InternalPayment, id_of(step.key))
        paper = self.session.get(InternalPaper, payment.paper_id)
        facts = {"amount_cents": payment.amount_cents, "on": payment.paid_on.isoformat()}
        paper.payments.remove(payment)
        self.session.delete(payment)
        self.session.flush()
        return {"code": "payment_removed", "key": f"{PURCHASE}:{paper.id}", **facts}

    def type_set(self, step: Step, choice: str | None) -> dict[str, Any]:
        purchase = self.paper(step.key)
        purchase.expense_type, purchase.changed_at = choice, self.at
        return {"code": "type_set", "key": step.key, "made": choice}

    def year_set(self, step: Step) -> dict[str, Any]:
        sale = self.paper(step.key)
        before, sale.financial_year, sale.changed_at = sale.financial_year, step.values["year"], self.at
        return {"code": "year_set", "key": step.key, "year": before, "made": sale.financial_year}

    def number_set(self, step: Step) -> dict[str, Any]:
        purchase = self.paper(step.key)
        before, purchase.remote_number, purchase.changed_at = (
            purchase.remote_number,
            step.values["number"],
            self.at,
        )
        made = purchase.remote_number
        return {"code": "number_set", "key": step.key, "number": before, "made": made}

    def take_back(self, done: Mapping[str, Any]) -> None:
        """Undo one step. Raises NotUndoable."""
        undo = {
            "mirror_made": self._unmake_mirror,
            "payment_added": self._unmake_payment,
            "payment_changed": lambda one: self.write(self.payment(one), one),
            "payment_removed": lambda one: self.payment_added(Step("payment_added", one["key"], values=one)),
            "type_set": lambda one: self.type_set(Step("type_set", one["key"]), None),
            "year_set": lambda one: self.year_set(Step("year_set", one["key"], values=one)),
            "number_set": lambda one: self.number_set(Step("number_set", one["key"], values=one)),
        }
        written = {"type_set": "expense_type", "year_set": "financial_year", "number_set": "remote_number"}
        if done["code"] in written:
            untouched(done, getattr(self.paper(done["key"]), written[done["code"]]))
        undo[done["code"]](done)

    def _unmake_mirror(self, done: Mapping[str, Any]) -> None:
        sale, mirror = self.paper(done["key"]), self.session.get(InternalPaper, done["mirror_id"])
        if mirror is None or mirror.status == VALID or mirror.payments:
            raise NotUndoable
        sale.mirror_id, sale.changed_at = None, self.at
        self.session.flush()  # before the mirror goes
        self.session.delete(mirror)

    def _unmake_payment(self, done: Mapping[str, Any]) -> None:
        payment = self.payment(done)
        self.session.get(InternalPaper, payment.paper_id).payments.remove(payment)
        self.session.delete(payment)

    def payment(self, done: Mapping[str, Any]) -> Any:
        """Return a payment that a repair wrote, if nobody changed or exported it. Raises NotUndoable."""
        found = self.session.get(InternalPayment, done["payment_id"])
        if found is None or found.exported:
            raise NotUndoable
        untouched(done, self.said(found))
        return found

    def said(self, payment: Any) -> list[Any]:
        """Return what a payment says, as it is kept beside a repair."""
        return [payment.amount_cents, payment.paid_on.isoformat()]

    def write(self, payment: Any, values: Mapping[str, Any]) -> None:
        """Give a payment another day and amount."""
        payment.amount_cents, payment.paid_on = values["amount_cents"], date.fromisoformat(values["on"])
        payment.changed_at = self.at

    def paper(self, key: str) -> Any:
        """Return a document by its key."""
        return self.session.get(InternalPaper, id_of(key))

    def note(self, paper: Any, about: str, status: str) -> None:
        """Write a step in the history of a document."""
        paper.steps.append(
            InternalStep(about=about, status=status, at=self.at, user_id=self.user.id, comment="")
        )

    def next_number(self) -> str:
        """Return the next number of purchases."""
        numbered = select(func.count()).where(InternalPaper.kind == PURCHASE, InternalPaper.number != "")
        return f"AI-{self.session.execute(numbered).scalar_one() + 1}"
