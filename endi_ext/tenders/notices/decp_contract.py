"""One awarded contract of DECP: its facts, none where what is published cannot be. Pure.

Real files say "NC" for a number, put lists in lists, write names of fields in the place of winners, and have
contracts of a hundred million billions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from . import elements, values
from .elements import all_inside, inside, line

# Beyond, an amount is a slip: a hundred billion euros.
MOST_CENTS = 10**13
MOST_MONTHS, MOST_OFFERS = 1_200, 10_000
YEARS = range(1990, 2100)
# How winners are bound to each other (typeGroupementOperateurs).
GROUPINGS = {"pas de groupement": "none", "conjoint": "several", "solidaire": "joint_and_several"}
TRUE, FALSE = ("true", "oui", "1"), ("false", "non", "0")


@dataclass(frozen=True)
class Winner:
    """Who won: `id_kind` says what the identifier is (SIRET, TVA…), `name` is only in the files of 2019."""

    id_kind: str
    identifier: str
    name: str = ""


@dataclass(frozen=True)
class Award:
    """A contract or concession awarded; see award_models for what its fields mean."""

    kind: str
    buyer_id: str
    contract_id: str
    title: str
    notified_on: date
    winners: tuple[Winner, ...]
    buyer_name: str = ""
    cpv: str | None = None
    nature: str = ""
    procedure: str = ""
    amount_cents: int | None = None
    last_amount_cents: int | None = None
    months: int | None = None
    offers: int | None = None
    grouping: str | None = None
    subcontracted: bool | None = None
    place_code: str = ""
    place_kind: str = ""


@dataclass(frozen=True)
class Unusable:
    """A contract that cannot be kept: `lacks` is what it does not say ("id", "buyer", "title", "day")."""

    contract_id: str
    lacks: str


def read(contract: Any, kind: str) -> Award | Unusable:
    """Return a contract, or what it lacks."""
    buyer = inside(contract, "acheteur") or inside(contract, "autoriteConcedante")
    contract_id = line(inside(contract, "id")) or ""
    buyer_id = line(inside(buyer, "id")) or line(inside(contract, "acheteur.id")) or ""
    title = line(inside(contract, "objet")) or ""
    needed = (("id", contract_id, 60), ("buyer", buyer_id, 20), ("title", title, 10_000))
    for name, value, longest in needed:
        if not value or len(value) > longest:
            return Unusable(contract_id[:60], name)
    notified_on = _day(inside(contract, "dateNotification")) or _day(inside(contract, "dateSignature"))
    if notified_on is None:
        return Unusable(contract_id, "day")
    return Award(
        kind="concession" if _is_concession(contract) else kind,
        buyer_id=buyer_id.replace(" ", ""),
        contract_id=contract_id,
        title=title[:1000],
        notified_on=notified_on,
        winners=tuple(dict.fromkeys(_winners(_holders(contract)))),
        buyer_name=(line(inside(buyer, "nom")) or "")[:300],
        cpv=values.cpv(elements.text(inside(contract, "codeCPV"))),
        nature=(line(inside(contract, "nature")) or "")[:60],
        procedure=(line(inside(contract, "procedure")) or "")[:120],
        amount_cents=_cents(inside(contract, "montant")) or _cents(inside(contract, "valeurGlobale")),
        last_amount_cents=_last_cents(contract),
        months=_count(inside(contract, "dureeMois"), MOST_MONTHS),
        offers=_count(inside(contract, "offresRecues"), MOST_OFFERS),
        grouping=GROUPINGS.get((line(inside(contract, "typeGroupementOperateurs")) or "").lower()),
        subcontracted=_yes_or_no(inside(contract, "sousTraitanceDeclaree")),
        place_code=(line(inside(contract, "lieuExecution", "code")) or "")[:20],
        place_kind=(line(inside(contract, "lieuExecution", "typeCode")) or "")[:30],
    )


def _is_concession(contract: Any) -> bool:
    """Whether it is a concession: the files of 2019 list both together."""
    said = (line(inside(contract, "_type")) or line(inside(contract, "nature")) or "").lower()
    return "concession" in said or "délégation de service public" in said


def _holders(contract: Any) -> list[Any]:
    return [inside(contract, name) for name in ("titulaires", "concessionnaires")]


def _winners(value: Any) -> Iterator[Winner]:
    """Yield the winners, however deep in lists and objects they stand."""
    if isinstance(value, list):
        for one in value:
            yield from _winners(one)
    elif isinstance(value, Mapping):
        identifier = line(value.get("id"))
        if identifier and not isinstance(value.get("id"), list | Mapping):
            name = line(value.get("denominationSociale")) or ""
            kind = (line(value.get("typeIdentifiant")) or "").upper()
            yield Winner(kind[:20], identifier.replace(" ", "")[:40], name[:300])
        else:
            for one in value.values():
                yield from _winners(one)


def _last_cents(contract: Any) -> int | None:
    """Return the amount that the last modification saying one brought the contract to."""
    listed = [*all_inside(contract, "modifications", "modification"), *all_inside(contract, "modifications")]
    dated: list[tuple[str, float, int]] = []
    for one in listed:
        cents = _cents(inside(one, "montant")) or _cents(inside(one, "valeurGlobale"))
        notified = _day(inside(one, "dateNotificationModification"))
        signed = _day(inside(one, "dateSignatureModification"))
        day = notified or signed
        if cents is not None and day is not None:
            dated.append((day.isoformat(), float(_count(inside(one, "id"), 10**6) or 0), cents))
    return max(dated)[2] if dated else None


def _cents(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        amount = Decimal(str(value).strip()) if isinstance(value, int | float | str) else None
    except InvalidOperation:
        return None
    if amount is None or not amount.is_finite() or not 0 < amount < MOST_CENTS:
        return None
    cents = int((amount * 100).to_integral_value())
    return cents if 0 < cents < MOST_CENTS else None


def _count(value: Any, most: int) -> int | None:
    written = line(value) or ""
    number = written.removesuffix(".0")
    return int(number) if number.isascii() and number.isdigit() and 0 < int(number) <= most else None


def _day(value: Any) -> date | None:
    try:
        found = date.fromisoformat((line(value) or "")[:10])
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _yes_or_no(value: Any) -> bool | None:
    written = str(value).lower() if isinstance(value, bool) else (line(value) or "").lower()
    return True if written in TRUE else False if written in FALSE else None
