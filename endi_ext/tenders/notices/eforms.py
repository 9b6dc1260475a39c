"""Notices in eForms, the European format (TED, and BOAMP under namespaces of its own). Pure.

The comments name the business terms (BT) and the technical fields (OPT, OPP) of the eForms SDK.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from . import eforms_kinds, eforms_lots, eforms_project, guard, values
from .eforms_lots import Lot
from .eforms_tree import each, extended, first, in_language, local_name
from .model import Notice, NoticeLot, ReadNotice
from .refusals import NotOpen

TED, BOAMP = "eforms", "boamp_eforms"
ROOTS = frozenset(eforms_kinds.OF_ROOT)
PROJECT = "ProcurementProject"
# ISO 3166 (three letters): where organisations have a SIRET.
FRENCH_COUNTRIES = frozenset("FRA GLP GUF MTQ REU MYT SPM BLM MAF NCL PYF WLF".split())  # noqa: SIM905

T = TypeVar("T", bound=Hashable)


def read(root: Any, source: str = TED) -> ReadNotice:
    """Return a notice from its root element, parsed by the guard or built from what JSON makes of it.

    Raises NotOpen: no call for tenders, or one that is called off.
    """
    subtype = first(extended(root, "NoticeSubType/SubTypeCode"))  # OPP-070
    eforms_kinds.require_open(local_name(root), subtype, first(each(root, "NoticeTypeCode")))  # BT-02
    if any(values.text(one.text) == "cancel" for one in extended(root, "Changes/ChangeReason/ReasonCode")):
        raise NotOpen("notice_is_cancellation")  # BT-140
    return ReadNotice(_notice(root, source, subtype), _changed(root), said=_said_of_changes(root))


def _notice(root: Any, source: str, subtype: str | None) -> Notice:
    language = first(each(root, "NoticeLanguageCode"))  # BT-702
    procedure = first(each(root, "TenderingProcess/ProcedureCode"))  # BT-105
    lots = _lots(root, language, procedure)
    cents, currency = eforms_project.amount(root)
    if cents is None and len(lots) == 1:
        # What the only lot is worth, the whole is.
        cents, currency = lots[0].facts.estimated_value_cents, lots[0].currency or currency
    currency = currency or next((lot.currency for lot in lots if lot.currency), None)
    buyer_name, buyer_siret = _buyer(root, language)
    return Notice(
        source=source,
        notice_id=first(
            one for one in each(root, "ID") if one.get("schemeName") in (None, "notice-id")
        ),  # BT-701
        version=first(each(root, "VersionID")),  # BT-757
        procedure_id=first(each(root, "ContractFolderID")),  # BT-04
        subtype=subtype,
        title=values.line(in_language(each(root, f"{PROJECT}/Name"), language)),  # BT-21
        description=in_language(each(root, f"{PROJECT}/Description"), language),  # BT-24
        buyer_name=buyer_name,
        buyer_siret=buyer_siret,
        cpv=eforms_project.cpv(root) or values.distinct(code for lot in lots for code in lot.facts.cpv),
        places=values.distinct(
            [*eforms_project.places(root), *(place for lot in lots for place in lot.places)]
        ),
        procedure=procedure,
        estimated_value_cents=cents,
        currency=currency,
        deadline=_deadline(root, procedure, lots),
        lots=tuple(_in_currency(lot, currency) for lot in lots),
        criteria=_shared(lots, lambda lot: tuple(lot.facts.criteria)) or (),
        group_form="\n".join(values.distinct(lot.group_form for lot in lots)) or None,
        variants_allowed=_shared(lots, lambda lot: lot.variants_allowed),
        documents_url=_documents(lots),
        submission_url=next((lot.submission_url for lot in lots if lot.submission_url), None),
        language=language,
    )


def _lots(root: Any, language: str | None, procedure: str | None) -> list[Lot]:
    elements = guard.no_more_lots(each(root, "ProcurementProjectLot"))
    found = (eforms_lots.read(one, language, procedure) for one in elements)
    return [lot for lot in found if lot is not None]


def _changed(root: Any) -> str | None:
    """Return the notice that this one changes (BT-758), "" where it is a change that names none."""
    for changes in extended(root, "Changes"):
        return first(each(changes, "ChangedNoticeIdentifier")) or ""
    return None


def _said_of_changes(root: Any) -> str | None:
    """Return in words what changed (BT-141) and why (BT-762)."""
    language = first(each(root, "NoticeLanguageCode"))
    told = [
        in_language(each(change, name), language)
        for path, name in (("Change", "ChangeDescription"), ("ChangeReason", "ReasonDescription"))
        for change in extended(root, f"Changes/{path}")
    ]
    return "\n".join(values.distinct(told)) or None


def _buyer(root: Any, language: str | None) -> tuple[str | None, str | None]:
    """Return the name and SIRET of the buyer, of several the one that leads, else the first (OPT-300)."""
    organizations = _organizations(root)
    parties = list(each(root, "ContractingParty/Party"))
    known = [one for party in parties if (one := organizations.get(_id(party) or "")) is not None]
    leading = [one for one in known if first(each(one, "GroupLeadIndicator")) in ("true", "1")]  # OPP-050
    for organization in [*leading, *known]:
        for company in each(organization, "Company"):
            name = values.line(in_language(each(company, "PartyName/Name"), language))  # BT-500
            return name, _siret(company)
    names = (values.line(in_language(each(party, "PartyName/Name"), language)) for party in parties)
    return next((name for name in names if name is not None), None), None


def _organizations(root: Any) -> dict[str, Any]:
    """Return the organizations by their ids, and by those of their touch points."""
    found: dict[str, Any] = {}
    for organization in extended(root, "Organizations/Organization"):
        for part in [*each(organization, "Company"), *each(organization, "TouchPoint")]:
            found.setdefault(_id(part) or "", organization)
    found.pop("", None)
    return found


def _id(party: Any) -> str | None:
    return first(each(party, "PartyIdentification/ID"))


def _siret(company: Any) -> str | None:
    country = first(each(company, "PostalAddress/Country/IdentificationCode"))
    if country is not None and country.upper() not in FRENCH_COUNTRIES:
        return None
    numbers = (values.siret(one.text) for one in each(company, "PartyLegalEntity/CompanyID"))  # BT-501
    return next((number for number in numbers if number is not None), None)


def _deadline(root: Any, procedure: str | None, lots: Sequence[Lot]) -> datetime | None:
    """Return the deadline of the procedure: where those of its lots differ, the first of them."""
    deadlines = [lot.facts.deadline for lot in lots if lot.facts.deadline is not None]
    return min(deadlines, default=None) or eforms_project.deadline(root, procedure)


def _documents(lots: Sequence[Lot]) -> str | None:
    """Return the first address of documents, those that are open to all first."""
    listed = [one for lot in lots for one in lot.documents]
    return next((address for _, address in sorted(listed, key=lambda one: one[0])), None)


def _in_currency(lot: Lot, currency: str | None) -> NoticeLot:
    """Return a lot without the amount that is not in the currency of the notice: we have one field for it."""
    return lot.facts if lot.currency in (None, currency) else replace(lot.facts, estimated_value_cents=None)


def _shared(lots: Sequence[Lot], of: Callable[[Lot], T]) -> T | None:
    """Return what all lots say alike, none where they differ."""
    said = {of(lot) for lot in lots}
    return said.pop() if len(said) == 1 else None
