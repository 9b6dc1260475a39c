"""Colander types of what people type here: money with the comma, dates, quantities, parties by their name."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

import colander

from ...kernel.parties import Party
from ..i18n import _

# As much as a BIGINT of cents and a sum of them can bear, and more than a cooperative owns.
LARGEST_UNITS = 10**12

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
# Control characters, and those that turn round what is written around them.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# Seconds a browser adds are not looked at.
CLOCK = re.compile(r"(\d{1,2}) ?[h:] ?(\d{2})?(?::\d{2}(?:\.\d+)?)?", re.ASCII | re.IGNORECASE)

SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")


class _Number(colander.SchemaType):
    """A decimal number kept as a whole number of its smallest unit."""

    places = 2
    signs = "€"
    not_a_number = _("Ce n’est pas un nombre : écrivez par exemple 1 234,56.")
    too_precise = _("Deux chiffres au plus après la virgule.")
    too_large = _("Ce nombre est trop grand.")
    not_positive = _("Indiquez un nombre supérieur à zéro.")

    def __init__(self, *, zero: bool = False) -> None:
        self.zero = zero

    def serialize(self, node: Any, appstruct: Any) -> Any:
        if appstruct in (colander.null, None):
            return colander.null
        whole, rest = divmod(abs(appstruct), 10**self.places)
        text = f"{whole},{rest:0{self.places}d}" if rest or self.places == 2 else str(whole)
        return ("-" if appstruct < 0 else "") + (
            text.rstrip("0").rstrip(",") if self.places == 3 and rest else text
        )

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not str(cstruct).strip():
            return colander.null
        number = SPACES.sub("", str(cstruct)).replace(",", ".").removesuffix(self.signs)
        if not NUMBER.fullmatch(number) or len(number) > 40:
            raise colander.Invalid(node, self.not_a_number)
        units = Decimal(number).scaleb(self.places)
        if units != units.to_integral_value():
            raise colander.Invalid(node, self.too_precise)
        if abs(units) > LARGEST_UNITS:
            raise colander.Invalid(node, self.too_large)
        if units < 0 or (units == 0 and not self.zero):
            raise colander.Invalid(node, self.not_positive)
        return int(units)


class Money(_Number):
    """Euros, kept in cents."""


class Rate(_Number):
    """Percents, kept in basis points; zero is a rate."""

    signs = "%"
    not_a_number = _("Ce n’est pas un taux : écrivez par exemple 12,5.")
    not_positive = _("Un taux n’est pas négatif.")
    out_of_range = _("Un taux ne dépasse pas 100 %.")

    def __init__(self) -> None:
        super().__init__(zero=True)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        rate = super().deserialize(node, cstruct)
        if rate is not colander.null and rate > 10_000:
            raise colander.Invalid(node, self.out_of_range)
        return rate


class Progress(_Number):
    """How far something is: percents with one decimal at most, kept in tenths."""

    places = 1
    signs = "%"
    not_a_number = _("Ce n’est pas un pourcentage : écrivez par exemple 33,3.")
    too_precise = _("Un chiffre au plus après la virgule.")
    not_positive = _("Un avancement n’est pas négatif.")
    out_of_range = _("Un avancement ne dépasse pas 100 % : au-delà, proposez d’abord un avenant.")

    def __init__(self) -> None:
        super().__init__(zero=True)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        permille = super().deserialize(node, cstruct)
        if permille is not colander.null and permille > 1000:
            raise colander.Invalid(node, self.out_of_range)
        return permille


class Quantity(_Number):
    """A quantity, kept in thousandths."""

    places = 3
    signs = ""
    not_a_number = _("Ce n’est pas une quantité : écrivez par exemple 1,5.")
    too_precise = _("Trois chiffres au plus après la virgule.")


class Whole(_Number):
    """A whole number from one on, such as a rank."""

    places = 0
    signs = ""
    not_a_number = _("Ce n’est pas un nombre entier : écrivez par exemple 3.")
    too_precise = _("Un nombre entier.")


class Days(_Number):
    """A whole number of days."""

    places = 0
    signs = ""
    not_a_number = _("Ce n’est pas un nombre de jours : écrivez par exemple 30.")
    too_precise = _("Un nombre entier de jours.")

    def __init__(self) -> None:
        super().__init__(zero=True)


class Day(colander.SchemaType):
    """A date, as browsers send it (aaaa-mm-jj) or as people write it (jj/mm/aaaa)."""

    not_a_date = _("Cette date n’existe pas : écrivez-la jj/mm/aaaa.")
    not_our_time = _("Cette date est hors des années 2000 à 2099 : vérifiez l’année.")

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return colander.null if appstruct in (colander.null, None) else appstruct.isoformat()

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not str(cstruct).strip():
            return colander.null
        numbers = re.split(r"[-/. ]", str(cstruct).strip())
        if len(numbers) != 3 or not all(number.isascii() and number.isdigit() for number in numbers):
            raise colander.Invalid(node, self.not_a_date)
        year, month, day = numbers if len(numbers[0]) == 4 else reversed(numbers)
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            raise colander.Invalid(node, self.not_a_date) from None
        if len(year) != 4:
            raise colander.Invalid(node, self.not_a_date)
        if not 2000 <= found.year <= 2099:
            raise colander.Invalid(node, self.not_our_time)
        return found


class Hour(colander.SchemaType):
    """A time of day, as browsers send it (14:30) or as people write it (14h30, 14 h)."""

    not_a_time = _("Cette heure n’existe pas : écrivez-la 14:30.")

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return colander.null if appstruct in (colander.null, None) else f"{appstruct:%H:%M}"

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not str(cstruct).strip():
            return colander.null
        typed = CLOCK.fullmatch(str(cstruct).strip())
        if typed is None or int(typed.group(1)) > 23 or int(typed.group(2) or 0) > 59:
            raise colander.Invalid(node, self.not_a_time)
        return time(int(typed.group(1)), int(typed.group(2) or 0))


class Text(colander.String):
    """Free text, on one line unless said otherwise: spaces at its ends dropped, hidden characters refused."""

    too_long = _("Ce texte est trop long.")
    not_text = _("Ce texte contient des caractères qui ne s’affichent pas.")

    def __init__(self, longest: int, *, lines: bool = False) -> None:
        super().__init__()
        self.longest = longest
        self.lines = lines

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        text = super().deserialize(node, cstruct)
        if text is colander.null:
            return text
        text = text.replace("\r\n", "\n").strip() if self.lines else re.sub(r"[\r\n\t]+", " ", text).strip()
        if HIDDEN.search(text) or (text and not any(map(_is_visible, text))):
            raise colander.Invalid(node, self.not_text)
        if len(text) > self.longest:
            raise colander.Invalid(node, self.too_long)
        return text or colander.null


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS"


class OneOf(colander.String):
    """One value of a closed list."""

    not_one = _("Choisissez dans la liste.")

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__()
        self.known = known

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        value = super().deserialize(node, cstruct)
        if value is not colander.null and value not in self.known:
            raise colander.Invalid(node, self.not_one)
        return value


class PartyByName(colander.SchemaType):
    """A party found among `parties` by its name, a part of it, or its analytic code.

    Accents and capitals are not minded.
    """

    not_found = _("Aucune enseigne active de la coopérative ne porte ce nom.")
    ambiguous = _("Plusieurs enseignes correspondent : choisissez-en une dans la liste.")

    def __init__(self, parties: Sequence[Party]) -> None:
        self.parties = parties
        self._bearers = Counter(plain(party.name) for party in parties)

    def label(self, party: Party) -> str:
        """Return what is chosen for `party`: its name, with its code when another has the same name."""
        alone = self._bearers[plain(party.name)] <= 1
        return str(party.name) if alone else f"{party.name} ({party.analytic_code})"

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return colander.null if appstruct in (colander.null, None) else self.label(appstruct)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        typed = plain(str(cstruct)) if cstruct is not colander.null else ""
        if not typed:
            return colander.null
        labels = [(plain(self.label(party)), party) for party in self.parties]
        exact = [party for label, party in labels if label == typed]
        coded = [party for party in self.parties if plain(party.analytic_code) == typed]
        found = exact or coded or [party for label, party in labels if typed in label]
        if len(found) != 1:
            raise colander.Invalid(node, self.ambiguous if found else self.not_found)
        return found[0]


class Upload(colander.SchemaType):
    """An uploaded file, as the request gives it."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return colander.null

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        return cstruct if getattr(cstruct, "filename", "") else colander.null

    def cstruct_children(self, node: Any, cstruct: Any) -> list[Any]:
        return []


class Uploads(colander.SchemaType):
    """Uploaded files, as the request gives them."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return colander.null

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        return cstruct or colander.null

    def cstruct_children(self, node: Any, cstruct: Any) -> list[Any]:
        return []


@lru_cache(maxsize=16_384)  # pages compare the names of all parties, the same ones every time
def plain(text: str) -> str:
    """Return `text` for comparing: no accents, no capitals, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(kept.replace("’", "'").split())
