"""Which notices of eForms call for tenders, and what the others are (OPP-070, BT-02, BT-03). Pure."""

from .refusals import NotOpen

OPEN = "open"
PLANNING, DIRECT_AWARD = "notice_is_planning", "notice_is_ex_ante"
RESULT, MODIFICATION = "notice_is_result", "notice_is_modification"
COMPLETION, REGISTRATION = "notice_is_completion", "notice_is_registration"

# Subtypes (OPP-070) as the eForms SDK numbers them, with the voluntary forms E1 to E6 and those of transport.
OF_SUBTYPE = {
    **dict.fromkeys([*map(str, range(1, 10)), "E1", "E2", "T01"], PLANNING),
    **dict.fromkeys([*map(str, range(10, 25)), "E3", "CEI"], OPEN),
    **dict.fromkeys(map(str, range(25, 29)), DIRECT_AWARD),
    **dict.fromkeys([*map(str, range(29, 38)), "E4", "T02"], RESULT),
    **dict.fromkeys(["38", "39", "40", "E6"], MODIFICATION),
    "E5": COMPLETION,
    **dict.fromkeys(["X01", "X02"], REGISTRATION),
}
# Types of notice (BT-02) where a file does not say its subtype; the first beginning that fits.
OF_TYPE = (
    ("pin-cfc", OPEN), ("qu-sy", OPEN), ("cn-", OPEN), ("subco", OPEN),
    ("pin-", PLANNING), ("pmc", PLANNING), ("veat", DIRECT_AWARD),
    ("can-modif", MODIFICATION), ("can-", RESULT), ("compl", COMPLETION), ("brin-", REGISTRATION),
)  # fmt: skip
# What the root element alone says.
OF_ROOT = {
    "ContractNotice": OPEN,
    "PriorInformationNotice": PLANNING,
    "ContractAwardNotice": RESULT,
    "BusinessRegistrationInformationNotice": REGISTRATION,
}


def require_open(root: str, subtype: str | None, notice_type: str | None) -> None:
    """Refuse a notice that one cannot answer, with a code that says what it is. Raises NotOpen."""
    kind = kind_of(root, subtype, notice_type)
    if kind != OPEN:
        raise NotOpen(kind, subtype=subtype or "")


def kind_of(root: str, subtype: str | None, notice_type: str | None) -> str:
    """Return what a notice is: its subtype says it, else its type, else its root element."""
    by_root = OF_ROOT.get(root, RESULT)
    said = OF_SUBTYPE.get((subtype or "").upper())
    if said is None:
        said = next(
            (kind for start, kind in OF_TYPE if (notice_type or "").lower().startswith(start)), by_root
        )
    # No call for tenders is published as a result, whatever its subtype pretends.
    return by_root if said == OPEN and by_root in (RESULT, REGISTRATION) else said
