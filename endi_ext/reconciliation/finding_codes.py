"""What may be found of two documents: a code, how much it matters, what may repair it. Pure."""

from .found import BLOCKING, NOTICE, WARNING

# One of the two documents is missing, or there is one too many.
MIRROR_MISSING = "mirror_missing"
ORDER_MISSING = "order_missing"
MIRROR_DOUBLED = "mirror_doubled"
ORDER_DOUBLED = "order_doubled"
PURCHASE_ALONE = "purchase_alone"
ORDER_ALONE = "order_alone"

# They do not say the same.
AMOUNT_DIFFERS = "amount_differs"
DATE_DIFFERS = "date_differs"
NUMBER_DIFFERS = "number_differs"
PARTIES_DIFFER = "parties_differ"

# One of them cannot go into the accounts as it is.
VAT_CHARGED = "vat_charged"
YEAR_DIFFERS = "year_differs"
TYPE_MISSING = "expense_type_missing"

# What was handed to the accounting software.
EXPORTED_EARLY = "exported_before_validation"
EXPORTED_ALONE = "exported_on_one_side"
PAYMENT_EXPORTED_ALONE = "payment_exported_on_one_side"
PAYMENT_CHANGED = "exported_payment_changed"

# Payments, and whether the documents count as paid.
PAYMENT_CROSSED = "payment_crossed"
PAYMENT_ALONE = "payment_on_one_side"
PAYMENT_CENTS = "payment_cents"
FORCED = "settled_by_force"
SETTLED_BY_CREDIT = "settled_by_credit_note"
CREDIT_NOT_DEDUCTED = "credit_note_not_deducted"
LEFT_SETTLED = "left_settled"
SETTLED_AS_DRAFT = "settled_as_draft"

# Nobody agreed.
VALIDATED_BY_PAYMENT = "validated_by_payment"
REFUSED_THEN_PAID = "refused_then_paid"

# The order of a quotation follows its last invoice only.
ORDER_TIED = "order_tied_to_last"

# What a host may offer to do about it, through its own services.
MAKE_MIRROR = "make_mirror"
REMOVE_TWINS = "remove_twins"
SETTLE_AGAIN = "settle_again"
VALIDATE_PURCHASE = "validate_purchase"
ALIGN_PAYMENTS = "align_payments"
CHOOSE_TYPE = "choose_expense_type"
SET_YEAR = "set_financial_year"
SET_NUMBER = "set_remote_number"

# None is repaired by hand: the sentences say how.
ABOUT: dict[str, tuple[str, str | None]] = {
    MIRROR_MISSING: (BLOCKING, MAKE_MIRROR),
    ORDER_MISSING: (NOTICE, MAKE_MIRROR),
    MIRROR_DOUBLED: (BLOCKING, REMOVE_TWINS),
    ORDER_DOUBLED: (NOTICE, REMOVE_TWINS),
    PURCHASE_ALONE: (BLOCKING, None),
    ORDER_ALONE: (NOTICE, None),
    AMOUNT_DIFFERS: (BLOCKING, None),
    DATE_DIFFERS: (WARNING, None),
    NUMBER_DIFFERS: (NOTICE, SET_NUMBER),
    PARTIES_DIFFER: (BLOCKING, None),
    VAT_CHARGED: (BLOCKING, None),
    YEAR_DIFFERS: (WARNING, SET_YEAR),
    TYPE_MISSING: (BLOCKING, CHOOSE_TYPE),
    EXPORTED_EARLY: (BLOCKING, VALIDATE_PURCHASE),
    EXPORTED_ALONE: (WARNING, None),
    PAYMENT_EXPORTED_ALONE: (WARNING, None),
    PAYMENT_CHANGED: (BLOCKING, None),
    PAYMENT_CROSSED: (WARNING, ALIGN_PAYMENTS),
    PAYMENT_ALONE: (BLOCKING, ALIGN_PAYMENTS),
    PAYMENT_CENTS: (WARNING, None),
    FORCED: (WARNING, SETTLE_AGAIN),
    SETTLED_BY_CREDIT: (BLOCKING, SETTLE_AGAIN),
    CREDIT_NOT_DEDUCTED: (WARNING, SETTLE_AGAIN),
    LEFT_SETTLED: (BLOCKING, SETTLE_AGAIN),
    SETTLED_AS_DRAFT: (BLOCKING, VALIDATE_PURCHASE),
    VALIDATED_BY_PAYMENT: (NOTICE, None),
    REFUSED_THEN_PAID: (WARNING, None),
    ORDER_TIED: (NOTICE, None),
}
CODES = tuple(ABOUT)

# Of exchanges whose papers we make, what the comparison with the books tells already.
TOLD_BY_THE_BOOKS = frozenset(
    {
        MIRROR_MISSING,
        MIRROR_DOUBLED,
        AMOUNT_DIFFERS,
        VAT_CHARGED,
        TYPE_MISSING,
        PAYMENT_CROSSED,
        PAYMENT_ALONE,
        PAYMENT_CENTS,
        FORCED,
        SETTLED_BY_CREDIT,
        CREDIT_NOT_DEDUCTED,
        LEFT_SETTLED,
        SETTLED_AS_DRAFT,
        VALIDATED_BY_PAYMENT,
        REFUSED_THEN_PAID,
    }
)
