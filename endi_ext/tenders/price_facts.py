"""What is known of a line of a price schedule. Pure: no session, no clock."""

from dataclasses import dataclass

from ..kernel import money

BASE, OPTION, VARIANT = "base", "option", "variant"


@dataclass(frozen=True)
class LineFacts:
    """A line as it is typed; no quantity is a unit price alone, no price is still to be filled in."""

    lot_id: int
    description: str
    reference: str = ""
    unit: str = ""
    quantity_thousandths: int | None = None
    unit_price_cents: int | None = None
    part: str = BASE
    label: str = ""

    @property
    def total_cents(self) -> int:
        """What the line is worth."""
        if self.quantity_thousandths is None or self.unit_price_cents is None:
            return 0
        return money.line_total(self.quantity_thousandths, self.unit_price_cents)
