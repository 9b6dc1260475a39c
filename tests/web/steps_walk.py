"""Every step of every document that has a page: its address for each side, and what its form sends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import object_session

from endi_ext.exchanges import workflow as of_exchanges
from endi_ext.subcontracts import workflow
from endi_ext.subcontracts.models import Delivery

REASON = {"reason": "Parce que"}
KEY = {"request_key": "walk-12345"}
ON = "2026-11-20"
SUBCONTRACT = "/companies/{company}/exchanges/subcontracts/{id}"
OF_SUBCONTRACT = "/companies/{company}/exchanges/subcontracts/{subcontract_id}"


@dataclass(frozen=True)
class Kind:
    """A kind of document: its workflow, who makes it in each state, where its steps are and what they send.

    `steps` are (what follows the address, the fields or what makes them of the document) by action. `whose`
    are the logins that have these pages, each with its company and its side, or its role.
    """

    flow: Any
    made: str
    address: str
    steps: dict[str, tuple[str, Any]]
    whose: tuple = (("helene", 1, "buyer"), ("karim", 2, "seller"))

    def url(self, document: Any, action: str, company: int) -> str:
        """Return the address of a step, for one side."""
        names = ("id", "subcontract_id", "exchange_id")
        ids = {name: getattr(document, name, None) for name in names}
        settlements = getattr(document, "settlements", None)
        ids["settlement"] = settlements[0].id if settlements else 0
        return self.address.format(company=company, **ids) + self.steps[action][0].format(**ids)

    def fields(self, document: Any, action: str) -> list[tuple[str, str]]:
        """Return what the form of a step sends."""
        sent = self.steps[action][1]
        made = sent(document) if isinstance(sent, Callable) else sent
        return list(made.items()) if isinstance(made, dict) else made


def version(document: Any) -> dict[str, str]:
    return {"version": str(document.version_number)}


def changes(document: Any) -> list[tuple[str, str]]:
    """The form that changes lines."""
    fields = [("due_on", "2027-12-31"), ("__start__", "lines:sequence")]
    for line in getattr(document, "subcontract", document).version.lines:
        fields += [("__start__", "line:mapping"), ("key", str(line.key)), ("description", line.description)]
        fields += [("quantity_thousandths", "12"), ("unit", line.unit), ("unit_price_cents", "50,00")]
        fields += [("__end__", "line:mapping")]
    said = {"message": "Deux de plus", **KEY, **version(document)}
    return [*fields, ("__end__", "lines:sequence"), *said.items()]


def claimed(subcontract: Any) -> list[tuple[str, str]]:
    """The form that declares a delivery."""
    lines = subcontract.version.lines
    seen = ",".join(f"{line.id}:{line.delivered_thousandths}" for line in lines)
    said = {**KEY, "by": "quantity", "seen": seen, "delivered_on": ON}
    parts = [(f"line_{line.id}", "1") for line in lines]
    return [("__start__", "lines:mapping"), *parts, ("__end__", "lines:mapping"), *said.items()]


def part(delivery: Any) -> list[tuple[str, str]]:
    """The form that accepts less than was claimed."""
    fields = [("__start__", "lines:mapping")]
    for one in delivery.lines:
        name = f"part_{one.id}:mapping"
        fields += [("__start__", name), ("accepted", "1"), ("refusal", "Pas fini"), ("__end__", name)]
    return [*fields, ("__end__", "lines:mapping")]


def outcome(dispute: Any) -> list[tuple[str, str]]:
    """The form that says how a dispute ends."""
    delivery = object_session(dispute).get(Delivery, dispute.subject_id)
    return [*part(delivery), ("text", "Partageons"), *KEY.items()]


NEGOTIATION = {
    "accept": ("/accept", version),
    "counter": ("/counter", changes),
    "decline": ("/decline", REASON),
    "withdraw": ("/withdraw", REASON),
}
AMEND = {"propose_amendment": ("/amendments/new", changes)}
SAID = {"text": "Bonjour", **KEY}
ACCOUNTANT = (("odile", 0, "accountant"),)

KINDS = (
    Kind(
        workflow.SUBCONTRACT,
        "subcontracts",
        SUBCONTRACT,
        {
            **NEGOTIATION,
            **AMEND,
            "declare_delivery": ("/deliveries/new", claimed),
            "pronounce_acceptance": ("/pronounce", {}),
            "draw_up_final_account": ("/final-accounts/new", {"message": "", **KEY}),
        },
    ),
    Kind(workflow.FRAME_AGREEMENT, "frames", SUBCONTRACT, {**NEGOTIATION, **AMEND, "end": ("/end", REASON)}),
    Kind(workflow.AMENDMENT, "amendments", OF_SUBCONTRACT + "/amendments/{id}", NEGOTIATION),
    Kind(
        workflow.DELIVERY,
        "deliveries",
        OF_SUBCONTRACT + "/deliveries/{id}",
        {
            "accept": ("/accept", {}),
            "accept_in_part": ("/accept-in-part", part),
            "contest": ("/contest", REASON),
            "withdraw": ("/withdraw", {}),
        },
    ),
    Kind(
        workflow.DELIVERY,
        "deliveries",
        "/exchanges",
        {
            "accept": ("/deliveries/{id}/accept", REASON),
            "withdraw": ("/deliveries/{id}/withdraw", REASON),
        },
        ACCOUNTANT,
    ),
    Kind(
        of_exchanges.RETENTION,
        "retentions",
        OF_SUBCONTRACT + "/deliveries/{id}/retention",
        {
            "release": ("/release", {"amount_cents": "1,00", "number": "2"}),
            "contest": ("/contest", REASON),
            "lift": ("/lift", {}),
        },
    ),
    Kind(
        of_exchanges.RETENTION,
        "retentions",
        "/exchanges",
        {"release": ("/{exchange_id}/retention/release", {**REASON, "on": ON, "number": "2"})},
        ACCOUNTANT,
    ),
    Kind(
        of_exchanges.EXCHANGE,
        "exchanges",
        "/exchanges/{id}",
        {
            "settle": ("/settle", {"amount_cents": "1,00", "settled_on": ON, **KEY}),
            "reverse_settlement": ("/settlements/{settlement}/reverse", {**REASON, "on": ON}),
            "reverse": ("/reverse", {**REASON, "on": ON}),
        },
        ACCOUNTANT,
    ),
    Kind(
        workflow.FINAL_ACCOUNT,
        "final_accounts",
        OF_SUBCONTRACT + "/final-accounts/{id}",
        {"sign": ("/sign", {}), "refuse": ("/refuse", REASON), "withdraw": ("/withdraw", {})},
    ),
    Kind(
        workflow.DISPUTE,
        "disputes",
        OF_SUBCONTRACT + "/disputes/{id}",
        {
            "write": ("", SAID),
            "propose": ("/propose", outcome),
            "agree": ("/agree", {"proposal": "1"}),
            "ask_arbitration": ("/arbitration", SAID),
        },
    ),
    Kind(
        workflow.DISPUTE,
        "arbitrated",
        "/exchanges/disputes/{id}",
        {"write": ("", SAID), "take": ("/take", {"instead_of": ""}), "decide": ("/decide", outcome)},
        (("fatou", 0, "arbiter"),),
    ),
)
