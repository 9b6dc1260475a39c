"""How enDI writes internal documents for Sage, read from its configuration and cards: ports.Accounting.

The host's tables are named here by hand, as in directory.py: our command line exports without starting it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from ...exchanges import sage, sage_choices

JOURNALS = {
    sage.SALES: "internalcode_journal",
    sage.PURCHASES: "internalcode_journal_frns",
    sage.RECEIPTS: "internalcode_journal_encaissement",
    sage.PAYMENTS: "internalcode_journal_paiements_frns",
}
TEMPLATES = {
    sage.SALES: "internalbookentry_facturation_label_template",
    sage.PURCHASES: "internalbookentry_supplier_invoice_label_template",
    sage.RECEIPTS: "internalbookentry_payment_label_template",
    sage.PAYMENTS: "internalbookentry_supplier_payment_label_template",
}
LABEL_LENGTH, BRIDGE, TRANSFER = (
    "accounting_label_maxlength",
    "internalcompte_cg_banque",
    "internalbank_general_account",
)
PAYMENT_TAX = "code_tva_ndf"
# Of a customer and of a supplier: the account of the cooperative, when neither card nor company has one.
OF_THE_COOPERATIVE = {
    "general_customer_account": "internalcae_general_customer_account",
    "third_party_customer_account": "internalcae_third_party_customer_account",
    "general_supplier_account": "internalcae_general_supplier_account",
    "third_party_supplier_account": "internalcae_third_party_supplier_account",
}
SETTINGS = (
    *JOURNALS.values(), *TEMPLATES.values(), LABEL_LENGTH, BRIDGE, TRANSFER, PAYMENT_TAX,
    *OF_THE_COOPERATIVE.values(),
)  # fmt: skip
CUSTOMER, SUPPLIER, INTERNAL = "customer", "supplier", "internal"

_MODULE = ("id", "name", "doctype", "enabled", "compte_cg_debit", "compte_cg_credit", "label_template")
_CARD = ("id", "company_id", "source_company_id", "type", "label", "compte_cg", "compte_tiers", "archived")
_config = table("config", column("name"), column("value"))
_module = table("custom_invoice_book_entry_module", *map(column, _MODULE))
_product = table("product", *map(column, ("id", "compte_cg", "tva_id", "internal", "active")))
_vat = table("tva", *map(column, ("id", "code", "value")))
_expense_type = table("expense_type", *map(column, ("id", "code", "code_tva", "internal", "active")))
_card = table("third_party", *map(column, _CARD))
_KINDS = {CUSTOMER: table("customer", column("id")), SUPPLIER: table("supplier", column("id"))}
_company = table("company", column("id"), *(column(f"internal{one}") for one in OF_THE_COOPERATIVE))


class EndiAccounting:
    """The layout and the third parties of the host's own internal exports."""

    def layout(self, session: Session) -> sage.Layout:
        chosen, known = sage_choices.read(session), _settings(session)
        module = _contribution(session)
        return sage.Layout(
            journals={part: known.get(name, "") for part, name in JOURNALS.items()},
            templates={part: known.get(name, "") for part, name in TEMPLATES.items()},
            transfer_account=known.get(TRANSFER, ""),
            contribution_template=module.label_template if module else known.get(TEMPLATES[sage.SALES], ""),
            label_length=_number(known.get(LABEL_LENGTH, "")),
            due_days=chosen.due_days,
            bridge_account=known.get(BRIDGE, "") if module else "",
            tax_codes=_tax_codes(session, known),
            accounts=_accounts(session, known, module) if chosen.hosts_accounts else {},
        )

    def cards(
        self, session: Session, pairs: Iterable[tuple[str, str]]
    ) -> Mapping[tuple[str, str], sage.Cards]:
        wanted, known = list(pairs), _settings(session)
        ids = sorted({_id(key) for pair in wanted for key in pair})
        companies = {row.id: row for row in session.execute(select(_company).where(_company.c.id.in_(ids)))}
        cards = {kind: _cards(session, kind, ids) for kind in _KINDS}
        hosts_accounts = sage_choices.read(session).hosts_accounts

        def account(kind: str, axis: str, card: Any, owner: int) -> str:
            own = getattr(card, "compte_cg" if axis == "general" else "compte_tiers", None)
            name = f"{axis}_{kind}_account"
            company = getattr(companies.get(owner), f"internal{name}", None)
            return str(own or company or known.get(OF_THE_COOPERATIVE[name], ""))

        def told(seller: int, buyer: int) -> sage.Cards:
            customer, supplier = cards[CUSTOMER].get((seller, buyer)), cards[SUPPLIER].get((buyer, seller))
            general = {
                "receivable": account(CUSTOMER, "general", customer, seller),
                "payable": account(SUPPLIER, "general", supplier, buyer),
            }
            return sage.Cards(
                customer_label=getattr(customer, "label", "") or "",
                customer_account=account(CUSTOMER, "third_party", customer, seller),
                supplier_label=getattr(supplier, "label", "") or "",
                supplier_account=account(SUPPLIER, "third_party", supplier, buyer),
                accounts=general if hosts_accounts else {},
            )

        return {pair: told(_id(pair[0]), _id(pair[1])) for pair in wanted}

    def exported(self, request: Any, starts_on: date, ends_on: date, *, after: int = 0) -> Iterator[Any]:
        """Yield what the host writes of its documents of our exchanges."""
        # Imported here: it is the only part that needs the host's application.
        from .exported import papers

        return papers(request, starts_on, ends_on, after)


def _settings(session: Session) -> dict[str, str]:
    rows = session.execute(select(_config.c.name, _config.c.value).where(_config.c.name.in_(SETTINGS)))
    return {row.name: row.value or "" for row in rows}


def _contribution(session: Session) -> Any:
    wanted = select(_module).where(
        _module.c.doctype == "internalinvoice", _module.c.name == "contribution", _module.c.enabled
    )
    return session.execute(wanted.order_by(_module.c.id).limit(1)).one_or_none()


def _tax_codes(session: Session, known: Mapping[str, str]) -> dict[str, str]:
    product, kind = _internal_product(session), _internal_type(session)
    codes = {
        "revenue": getattr(product, "code", None),
        "expense": getattr(kind, "code_tva", None),
        sage.PAYMENTS: known.get(PAYMENT_TAX),
    }
    return {role: code for role, code in codes.items() if code}


def _accounts(session: Session, known: Mapping[str, str], module: Any) -> dict[str, str]:
    found = {
        "revenue": getattr(_internal_product(session), "compte_cg", None),
        "expense": getattr(_internal_type(session), "code", None),
        "contribution_expense": getattr(module, "compte_cg_debit", None),
        "contribution_revenue": getattr(module, "compte_cg_credit", None),
        "transfer": known.get(TRANSFER),
    }
    return {role: account for role, account in found.items() if account}


def _internal_product(session: Session) -> Any:
    both = _product.join(_vat, _vat.c.id == _product.c.tva_id)
    wanted = select(_product.c.compte_cg, _vat.c.code).select_from(both)
    wanted = wanted.where(_product.c.internal, _product.c.active).order_by(_vat.c.value, _product.c.id)
    return session.execute(wanted.limit(1)).one_or_none()


def _internal_type(session: Session) -> Any:
    wanted = select(_expense_type).where(_expense_type.c.internal, _expense_type.c.active)
    return session.execute(wanted.order_by(_expense_type.c.id).limit(1)).one_or_none()


def _cards(session: Session, kind: str, company_ids: list[int]) -> dict[tuple[int, int], Any]:
    """Return the cards of a kind by (owner, the company it is about), the newest that is not archived."""
    both = _card.join(_KINDS[kind], _KINDS[kind].c.id == _card.c.id)
    owners, sources = _card.c.company_id, _card.c.source_company_id
    wanted = select(_card).select_from(both).where(
        _card.c.type == INTERNAL, owners.in_(company_ids), sources.in_(company_ids)
    )  # fmt: skip
    rows = session.execute(wanted.order_by(_card.c.archived.desc(), _card.c.id))
    return {(row.company_id, row.source_company_id): row for row in rows}


def _id(host_key: str) -> int:
    kind, _, number = host_key.partition(":")
    return int(number) if kind == "company" else 0


def _number(text: str) -> int:
    return int(text) if text.strip().isdigit() else 0
