"""One lot of an eForms notice, with what eForms say of lots and we keep of the whole procedure. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import eforms_project, values
from .eforms_tree import each, extended, first, in_language
from .model import Criterion, NoticeLot

TERMS, PROJECT = "TenderingTerms", "ProcurementProject"
LOT = "Lot"
ALLOWED = {"allowed": True, "required": True, "not-allowed": False}
# Weights (BT-5421) and what all those of a lot add up to: only then are they, or become, percents.
PERCENT, POINTS, DECIMALS = "per-exa", "poi-exa", "dec-exa"
WHOLE = 100


@dataclass(frozen=True)
class Lot:
    """A lot, and beside it what it says of things the procedure has one field for."""

    facts: NoticeLot
    currency: str | None
    places: Sequence[str]
    group_form: str | None
    variants_allowed: bool | None
    documents: Sequence[tuple[bool, str]]
    submission_url: str | None


def read(element: Any, language: str | None, procedure: str | None) -> Lot | None:
    """Return a lot; none for a part of a planned procedure, a group of lots, or a lot that says nothing."""
    number = next(each(element, "ID"), None)
    key = None if number is None else values.line(number.text)
    if not _is_lot(key, None if number is None else number.get("schemeName")):
        return None
    cents, currency = eforms_project.amount(element)
    facts = NoticeLot(
        id=key,
        title=values.line(in_language(each(element, f"{PROJECT}/Name"), language)),  # BT-21
        description=in_language(each(element, f"{PROJECT}/Description"), language),  # BT-24
        cpv=eforms_project.cpv(element),
        estimated_value_cents=cents,
        deadline=eforms_project.deadline(element, procedure),
        criteria=_criteria(element, language),
    )
    if facts == NoticeLot(id=None):
        return None
    return Lot(
        facts=facts,
        currency=currency,
        places=eforms_project.places(element),
        group_form=_group_form(element, language),
        variants_allowed=ALLOWED.get(first(each(element, f"{TERMS}/VariantConstraintCode")) or ""),  # BT-63
        documents=_documents(element),
        submission_url=_address(element, "TenderRecipientParty/EndpointID"),  # BT-18
    )


def _is_lot(key: str | None, scheme: str | None) -> bool:
    # BOAMP's JSON may leave the scheme out; groups of lots and parts say what they are by their number.
    return scheme == LOT if scheme else not (key or "").startswith(("GLO-", "PAR-"))


def _group_form(element: Any, language: str | None) -> str | None:
    """Return what is required of a group, where something is (BT-761, BT-76)."""
    for request in each(element, f"{TERMS}/TendererQualificationRequest"):
        if first(each(request, "CompanyLegalFormCode")) != "false":
            required = in_language(each(request, "CompanyLegalForm"), language)
            if required is not None:
                return required
    return None


def _documents(element: Any) -> tuple[tuple[bool, str], ...]:
    """Return where the documents are (BT-15), and, marked, where one asks for restricted ones (BT-615)."""
    listed = (
        (first(each(one, "DocumentType")) == "restricted-document", values.web_address(uri.text))
        for one in each(element, f"{TERMS}/CallForTendersDocumentReference")
        for uri in each(one, "Attachment/ExternalReference/URI")
    )
    return tuple((restricted, address) for restricted, address in listed if address is not None)


def _address(element: Any, path: str) -> str | None:
    listed = (values.web_address(one.text) for one in each(element, f"{TERMS}/{path}"))
    return next((address for address in listed if address is not None), None)


def _criteria(element: Any, language: str | None) -> tuple[Criterion, ...]:
    """Return the award criteria: a name (BT-734), else what describes it (BT-540), else its type (BT-539)."""
    listed = list(each(element, f"{TERMS}/AwardingTerms/AwardingCriterion/SubordinateAwardingCriterion"))
    weights = _percents([_weight(one) for one in listed])
    named = [(_name(one, language), weight) for one, weight in zip(listed, weights, strict=True)]
    return tuple(Criterion(name, weight) for name, weight in named if name is not None)


def _name(criterion: Any, language: str | None) -> str | None:
    name = in_language(each(criterion, "Name"), language)
    described = name or in_language(each(criterion, "Description"), language)
    return described or first(each(criterion, "AwardingCriterionTypeCode"))


def _weight(criterion: Any) -> tuple[str, float] | None:
    """Return the code of a weight and its number; thresholds and fixed values are none."""
    for parameter in extended(criterion, "AwardCriterionParameter"):
        code = first(each(parameter, "ParameterCode"))  # BT-5421
        weight = values.number(first(each(parameter, "ParameterNumeric")))  # BT-541
        if code in (PERCENT, POINTS, DECIMALS) and weight is not None:
            return code, weight
    return None


def _percents(weights: Sequence[tuple[str, float] | None]) -> list[float | None]:
    known = [weight for weight in weights if weight is not None]
    total = round(sum(number for _, number in known), 6)
    if len(known) == len(weights) and {code for code, _ in known} == {POINTS} and total == WHOLE:
        return [number for _, number in known]
    if len(known) == len(weights) and {code for code, _ in known} == {DECIMALS} and total == 1:
        return [round(number * WHOLE, 6) for _, number in known]
    if {code for code, _ in known} == {PERCENT} and total <= 1:
        # Parts of one that say they are percents: which of the two is right would be a guess.
        return [None for _ in weights]
    return [one[1] if one is not None and one[0] == PERCENT and one[1] <= WHOLE else None for one in weights]
