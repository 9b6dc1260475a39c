"""How we speak to a reader: sentences, money, quantities and dates in one language."""

from typing import Any

from . import formatting
from .i18n import SOURCE_LANGUAGE, translate


class Speech:
    """Words and numbers in one language; of a request, `request.endi_ext`."""

    def __init__(self, language: str = SOURCE_LANGUAGE) -> None:
        self.language = language

    def text(self, sentence: str, **facts: Any) -> str:
        """Translate a sentence and fill in its facts."""
        return translate(self.language, str(sentence), **facts)

    def money(self, cents: int) -> str:
        return formatting.money(cents, self.language)

    def amount(self, cents: int) -> str:
        """An amount of a column that names its currency once, in its heading."""
        return formatting.decimals(cents, 2, self.language)

    def quantity(self, thousandths: int) -> str:
        return formatting.quantity(thousandths, self.language)

    def percent(self, basis_points: int) -> str:
        return formatting.percent(basis_points, self.language)

    def day(self, on: Any) -> str:
        return formatting.day(on, self.language)

    def month(self, on: Any) -> str:
        return formatting.month(on, self.language)

    def moment(self, at: Any) -> str:
        return formatting.moment(at, self.language)
