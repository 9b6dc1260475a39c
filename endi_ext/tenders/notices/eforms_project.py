"""What eForms say the same way of a whole procedure and of each of its lots. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from . import values
from .eforms_tree import each, extended, first

PROJECT = "ProcurementProject"
CODE = "ItemClassificationCode"
PROCESS = "TenderingProcess"
# Procedures of one stage (BT-105): their deadline is that of tenders.
ONE_STAGE = frozenset(["open", "oth-single", "comp-tend"])


def cpv(element: Any) -> tuple[str, ...]:
    """Return the codes of the vocabulary CPV, the main one first (BT-262, BT-263)."""
    listed = [
        *each(element, f"{PROJECT}/MainCommodityClassification/{CODE}"),
        *each(element, f"{PROJECT}/AdditionalCommodityClassification/{CODE}"),
    ]
    return values.distinct(values.cpv(one.text) for one in listed if (one.get("listName") or "cpv") == "cpv")


def places(element: Any) -> tuple[str, ...]:
    """Return the NUTS codes of where the contract is carried out (BT-5071)."""
    listed = each(element, f"{PROJECT}/RealizedLocation/Address/CountrySubentityCode")
    return values.distinct(values.nuts(one.text) for one in listed)


def amount(element: Any) -> tuple[int | None, str | None]:
    """Return the estimated value in cents and its currency (BT-27); the ceiling of a frame is no estimate."""
    for one in each(element, f"{PROJECT}/RequestedTenderTotal/EstimatedOverallContractAmount"):
        return values.cents(one.text), values.currency(one.get("currencyID"))
    return None, None


def deadline(element: Any, procedure: str | None) -> datetime | None:
    """Return until when one may submit, or ask to take part where that comes first.

    BT-131, BT-1311, BT-630.
    """
    submit = _ends(each(element, f"{PROCESS}/TenderSubmissionDeadlinePeriod"))
    take_part = _ends(each(element, f"{PROCESS}/ParticipationRequestReceptionPeriod"))
    for process in each(element, PROCESS):
        take_part = take_part or _ends(extended(process, "InterestExpressionReceptionPeriod"))
    return (submit or take_part) if procedure in ONE_STAGE else (take_part or submit)


def _ends(periods: Iterator[Any]) -> datetime | None:
    for period in periods:
        return values.moment(first(each(period, "EndDate")), first(each(period, "EndTime")))
    return None
