"""The forms of BOAMP until 2024 (schema v230 and before): IDENTITE, OBJET, PROCEDURE, CONDITION_…. Pure.

The same elements came as XML and, in its API, as JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from . import boamp_papers as papers
from . import boamp_ticks as ticks
from . import elements, guard
from .elements import all_inside, holds, inside, line, text
from .model import Criterion, Notice, NoticeLot

# In the words of eForms, where it has one. A negotiated procedure is one of two there.
PROCEDURES = {
    "OUVERT": "open",
    "RESTREINT": "restricted",
    "PROCEDURE_ADAPTE": "adapted",
    "DIALOGUE_COMPETITIF": "comp-dial",
    "PARTENARIAT_INNOVATION": "innovation",
}
NEGOTIATED = {"AVEC_PUB_PREALABLE": "neg-w-call", "SANS_PUB_PREALABLE": "neg-wo-call"}
VALUES = ("VALEUR_TOTALE", "VALEUR", "VALEUR_MAX")
# What is asked of candidates, in words.
ASKED = ("SITUATION_JURIDIQUE", "CAP_ECO", "CAP_ECO_NIVEAU_MINI", "CAP_TECH", "CAP_TECH_NIVEAU_MINI")
PRICE = "Prix"
# What weights add up to where they are percents.
WHOLE = 100


def read(given: Mapping[str, Any], source: str) -> Notice:
    """Return what a notice of the old forms says."""
    buyer, about, how = given.get("IDENTITE"), given.get("OBJET"), given.get("PROCEDURE")
    asked = given.get("CONDITION_PARTICIPATION")
    terms = given.get("CONDITION_RELATIVE_MARCHE")
    lots = _lots(about)
    amount, currency = _worth(about, inside(about, "CARACTERISTIQUES"), inside(about, "ACCORD_CADRE"))
    if amount is None and len(lots) == 1:
        # What the only lot is worth, the whole is.
        amount, currency = _worth(*all_inside(about, "LOTS", "LOT"))
    if amount is None:
        said = {_worth(lot)[1] for lot in all_inside(about, "LOTS", "LOT")} - {None}
        currency = said.pop() if len(said) == 1 else None
    return Notice(
        source=source,
        title=line(inside(about, "TITRE_MARCHE")),
        description=text(inside(about, "OBJET_COMPLET")),
        buyer_name=line(inside(buyer, "DENOMINATION")),
        buyer_siret=_siret(buyer),
        cpv=_cpv(about),
        places=_places(about),
        procedure=_procedure(inside(how, "TYPE_PROCEDURE")),
        estimated_value_cents=amount,
        currency=currency,
        deadline=_deadline(given.get("CONDITION_DELAI")),
        lots=lots,
        criteria=_of_the_whole(inside(how, "CRITERES_ATTRIBUTION"), about, lots),
        group_form=text(inside(terms, "FORME_JURIDIQUE")),
        variants_allowed=_variants(about, how),
        documents_url=elements.first_url(inside(buyer, "URL_DOCUMENT"), inside(buyer, "URL_PROFIL_ACHETEUR")),
        submission_url=elements.first_url(inside(buyer, "URL_PARTICIPATION")),
        requested_documents=papers.in_words(
            [*all_inside(asked, "JUSTIFICATIFS_CANDIDAT", "P"), *(inside(asked, name) for name in ASKED)]
        ),
        language=_language(terms),
    )


def _siret(buyer: Any) -> str | None:
    of_kind = inside(buyer, "TYPE_IDENT_NATIONAL", "SIRET")
    return elements.siret(inside(buyer, "CODE_IDENT_NATIONAL")) or elements.siret(of_kind)


def _lots(about: Any) -> tuple[NoticeLot, ...]:
    """Return the lots; what is not divided may be described once or twice as one."""
    listed = guard.no_more_lots(all_inside(about, "LOTS", "LOT"))
    lots = tuple(_lot(one) for one in listed if isinstance(one, Mapping))
    return tuple(dict.fromkeys(lots)) if holds(inside(about, "DIV_EN_LOTS"), "NON") else lots


def _lot(lot: Mapping[str, Any]) -> NoticeLot:
    return NoticeLot(
        id=line(lot.get("NUM")),
        title=line(lot.get("INTITULE")),
        description=text(lot.get("DESCRIPTION")),
        cpv=_cpv(lot),
        estimated_value_cents=_worth(lot)[0],
        criteria=_criteria(lot.get("CRITERES_ATTRIBUTION")),
    )


def _of_the_whole(criteria: Any, about: Any, lots: tuple[NoticeLot, ...]) -> tuple[Criterion, ...]:
    """Return the criteria of the procedure, those of its lots where they are alike.

    Where lots say theirs, or that they are in the papers, forms tick the price for the whole all the same.
    """
    if not any(True for _ in all_inside(about, "LOTS", "LOT", "CRITERES_ATTRIBUTION")):
        return _criteria(criteria)
    said = {tuple(lot.criteria) for lot in lots}
    return said.pop() if len(said) == 1 else ()


def _criteria(holder: Any) -> tuple[Criterion, ...]:
    found = [
        Criterion(name, elements.weight(inside(one, "@POIDS")))
        for kind in ("CRITERES_PONDERES", "CRITERES_PRIORITES", "CRITERES_QUALITE", "CRITERES_COUT")
        for one in all_inside(holder, kind, "CRITERE")
        if (name := line(one))
    ]
    found += _price(holder)
    if round(sum(one.weight or 0 for one in found), 6) != WHOLE:
        # Many publish coefficients (2, 2, 5, 1) there, or percents of sub-criteria beside them.
        found = [replace(one, weight=None) for one in found]
    return tuple(found) or ticks.in_words(inside(holder, "CRITERES_LIBRE"))


def _price(holder: Any) -> Iterator[Criterion]:
    """Yield the price, a criterion without a name: alone, or beside others with its weight."""
    if not holds(holder, "CRITERES_PRIX"):
        return
    weights = list(all_inside(holder, "CRITERES_PRIX", "POIDS"))
    for one in weights or [None]:
        yield Criterion(PRICE, elements.weight(one))


def _cpv(holder: Any) -> tuple[str, ...]:
    return elements.cpv(*all_inside(holder, "CPV", "PRINCIPAL"))


def _places(about: Any) -> tuple[str, ...]:
    return elements.nuts(
        *all_inside(about, "LIEU_EXEC_LIVR", "CODE_NUTS"), *all_inside(about, "LOTS", "LOT", "CODE_NUTS")
    )


def _procedure(ticked: Any) -> str | None:
    found = {code for name, code in PROCEDURES.items() if holds(ticked, name)}
    found |= {code for name, code in NEGOTIATED.items() if holds(inside(ticked, "NEGOCIE"), name)}
    return found.pop() if len(found) == 1 else None


def _worth(*holders: Any) -> tuple[int | None, str | None]:
    """Return an estimate and its currency: the total, or the most an agreement may come to."""
    for one in holders:
        for name in VALUES:
            value = inside(one, name)
            amount = elements.cents(value)
            if amount is not None:
                return amount, elements.currency(value)
    return None, None


def _deadline(due: Any) -> datetime | None:
    """Return when applications are due where the procedure has two steps, else offers."""
    found = (elements.instant(inside(due, name)) for name in ("RECEPT_CANDIDAT", "RECEPT_OFFRES"))
    return next((one for one in found if one is not None), None)


def _variants(about: Any, how: Any) -> bool | None:
    """Return whether variants are allowed; where lots differ, there is no one answer."""
    said = {
        answer
        for one in (about, how, inside(how, "TECH_ACHAT"), *all_inside(about, "LOTS", "LOT"))
        for name, answer in (("VARIANTES_OUI", True), ("VARIANTES_NON", False))
        if holds(one, name)
    }
    return said.pop() if len(said) == 1 else None


def _language(terms: Any) -> str | None:
    if holds(terms, "FRANCAIS_SEUL"):
        return "fr"
    return ticks.language(inside(terms, "LANGUES", "LANGUE"))
