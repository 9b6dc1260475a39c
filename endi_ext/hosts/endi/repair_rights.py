"""Whether the reader may do in the host what a repair would do: the host's own rights say so.

What the host lets nobody do by hand (the buyer's payments follow the seller's) is up to those who may do what
it follows from.
"""

from collections.abc import Mapping
from typing import Any

from caerp.consts.permissions import PERMISSIONS
from caerp.models.base import DBSESSION
from caerp.models.supply import InternalSupplierInvoice, InternalSupplierOrder
from caerp.models.supply.internalpayment import InternalSupplierInvoiceSupplierPayment
from caerp.models.task import InternalCancelInvoice, InternalEstimation, InternalInvoice

from ...reconciliation.finding_errors import NotUndoable
from ...reconciliation.repair_plans import Step
from ..repairing import id_of

MODELS: dict[str, Any] = {
    "estimation": InternalEstimation,
    "invoice": InternalInvoice,
    "cancelinvoice": InternalCancelInvoice,
    "supplier_order": InternalSupplierOrder,
    "supplier_invoice": InternalSupplierInvoice,
    "supplier_payment": InternalSupplierInvoiceSupplierPayment,
}
# What is asked of the reader in the context of the document, by step and by the document's kind; what it is
# called in a sentence.
CONTEXTUAL: dict[tuple[str, str], tuple[str, str]] = {
    ("mirror_made", "estimation"): ("context.gen_supplier_order_estimation", "transmettre un devis interne"),
    ("mirror_made", "invoice"): ("context.gen_supplier_invoice_invoice", "transmettre une facture interne"),
    ("mirror_made_valid", "cancelinvoice"): (
        "context.gen_supplier_invoice_invoice",
        "transmettre un avoir interne",
    ),
    ("twin_removed", "supplier_order"): (
        "context.delete_supplier_order",
        "supprimer une commande fournisseur",
    ),
    ("twin_removed", "supplier_invoice"): (
        "context.validate_supplier_invoice",
        "valider les factures fournisseur",
    ),
    ("purchase_validated", "supplier_invoice"): (
        "context.validate_supplier_invoice",
        "valider les factures fournisseur",
    ),
    ("type_set", "supplier_invoice"): (
        "context.edit_supplier_invoice_line",
        "modifier les lignes d’une facture fournisseur",
    ),
    ("year_set", "invoice"): ("context.set_treasury_invoice", "modifier l’exercice d’une facture"),
    ("year_set", "cancelinvoice"): ("context.set_treasury_cancelinvoice", "modifier l’exercice d’un avoir"),
    ("number_set", "supplier_invoice"): (
        "context.edit_supplier_invoice_metadata",
        "modifier une facture fournisseur",
    ),
}
# Of which rights one is enough where the host asks for none in the context.
ACCOUNTING = ("global_accountant", "global_record_payment_invoice")
VALIDATING = ("global_validate_supplier_invoice",)
GLOBAL: dict[str, tuple[tuple[str, ...], str]] = {
    "mirror_tied": (VALIDATING, "valider les factures fournisseur"),
    **dict.fromkeys(
        ("sale_status", "purchase_status", "payment_added", "payment_changed", "payment_removed"),
        (ACCOUNTING, "enregistrer des encaissements"),
    ),
}
# Who might pass a document on: asked of who takes it back, since the host says so only until it is passed on.
PASSING_ON: dict[str, tuple[tuple[str, ...], str]] = {
    "supplier_order": (
        ("global_company_supervisor", "global_validate_estimation"),
        "transmettre un devis interne",
    ),
    "supplier_invoice": (
        ("global_company_supervisor", "global_validate_invoice", *ACCOUNTING),
        "transmettre une facture interne",
    ),
}
# Where the host shows each kind of document.
PAGES = {
    "estimation": "/estimations/{id}",
    "invoice": "/invoices/{id}",
    "cancelinvoice": "/cancelinvoices/{id}",
    "supplier_order": "/supplier_orders/{id}",
    "supplier_invoice": "/supplier_invoices/{id}",
}
MAY_READ = "company.view"
ANOTHER_STEP = "une des étapes de cette réparation"


def lacking(request: Any, step: Step) -> str | None:
    """Return what the reader has no right to do of a step, or None."""
    kind = step.key.partition(":")[0]
    permission, action = CONTEXTUAL.get((step.code, kind), (None, ""))
    if permission and not request.has_permission(PERMISSIONS[permission], document_of(step.key)):
        return action
    rights, action = GLOBAL.get(step.code, ((), ""))
    return action if rights and not _given(request) & set(rights) else None


def lacking_to_undo(request: Any, done: Mapping[str, Any]) -> str | None:
    """Return what the reader has no right to do of taking a step back: whoever may do it may.

    Raises NotUndoable.
    """
    if document_of(done["key"]) is None:
        raise NotUndoable
    if done["code"] != "mirror_made":
        return lacking(request, Step(done["code"], done["key"]))
    rights, action = PASSING_ON[done["key"].partition(":")[0]]
    return None if _given(request) & set(rights) else action


def address_of(request: Any, key: str) -> str | None:
    """Return where the host shows a document, if the reader may open it."""
    kind, _, number = key.partition(":")
    document = document_of(key) if kind in PAGES else None
    if document is None or not request.has_permission(MAY_READ, document):
        return None
    return str(request.route_path(PAGES[kind], id=int(number)))


def document_of(key: str) -> Any:
    """Return the host's row of a key."""
    return DBSESSION().get(MODELS[key.partition(":")[0]], id_of(key))


def _given(request: Any) -> set[str]:
    groups = request.identity.login._groups  # noqa: SLF001 - the host's own policy reads it
    return {right.name for group in groups for right in group.access_rights}
