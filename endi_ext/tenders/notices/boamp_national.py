"""The national forms of BOAMP since 2022: FNSimple, MAPA (below 90 000 €) and DSP (concessions). Pure.

Each form has `organisme` (the buyer) and one body: `initial` calls for tenders, `rectificatif` corrects.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from . import boamp_papers as papers
from . import boamp_ticks as ticks
from . import elements, guard
from .elements import all_inside, inside, line, text
from .model import Notice, NoticeLot

# As in « 1 : Gros œuvre » and « Lot n° 2 - Menuiseries ».
NUMBERED = re.compile(
    r"\s*(?P<called>lot\s*)?(?:n\s?[°o]\s?)?(?P<digits>\d{1,3})(?P<letter>[A-Za-z]?)\s?(?P<mark>[:–-])\s.*",
    re.IGNORECASE | re.DOTALL,
)
VALUES = ("valeurEstimee", "estimationValeur", "valeurTotale")


def fns(form: Mapping[str, Any], body: Mapping[str, Any]) -> Notice:
    """Return what an FNSimple notice says (from 90 000 € to the European thresholds)."""
    buyer, about, how = form.get("organisme"), body.get("natureMarche"), body.get("procedure")
    talk = body.get("communication")
    listed = list(all_inside(body, "lots", "lot"))
    amount, currency = _worth(about)
    return Notice(
        source="boamp_fns",
        title=line(inside(about, "intitule")),
        description=text(inside(about, "description")),
        buyer_name=line(inside(buyer, "nomOfficiel")),
        buyer_siret=elements.siret(inside(buyer, "codeIdentificationNational")),
        cpv=_cpv(inside(about, "codeCPV")),
        places=_places(about),
        procedure=ticks.procedure(how),
        estimated_value_cents=amount,
        currency=currency if amount is not None else _currency(listed),
        deadline=elements.instant(inside(how, "dateReceptionOffres")),
        lots=tuple(_lots(listed)),
        criteria=ticks.in_words(inside(how, "criteresAttrib")),
        variants_allowed=ticks.variants(how),
        documents_url=elements.first_url(inside(talk, "urlDocConsul"), inside(talk, "urlProfilAch")),
        requested_documents=papers.in_words(
            inside(how, name) for name in ("capaciteExercice", "capaciteEcoFin", "capaciteTech")
        ),
    )


def mapa(form: Mapping[str, Any], body: Mapping[str, Any]) -> Notice:
    """Return what a MAPA notice says (below 90 000 €): the form has no CPV code and no estimate."""
    about = body.get("description")
    return Notice(
        **_of_both(form, body),
        source="boamp_mapa",
        title=line(inside(about, "objet")),
        description=text(inside(body, "caracteristiques", "principales")),
        cpv=_cpv(inside(about, "CPV")),
        places=_places(about),
        lots=tuple(_lots(all_inside(body, "lots", "lot"))),
        variants_allowed=ticks.variants(body.get("caracteristiques")),
    )


def dsp(form: Mapping[str, Any], body: Mapping[str, Any]) -> Notice:
    """Return what a notice of concession says (délégation de service public)."""
    about = body.get("descriptionMarche")
    listed = [*all_inside(about, "lot"), *all_inside(about, "lots", "lot"), *all_inside(body, "lots", "lot")]
    amount, currency = _worth(about)
    if amount is None and len(listed) == 1:
        # What the only lot is worth, the whole is.
        amount, currency = _worth(listed[0])
    return Notice(
        **_of_both(form, body),
        source="boamp_dsp",
        title=line(inside(about, "titreMarche")),
        description=text(inside(about, "description")),
        cpv=_cpv(inside(about, "CPV")),
        places=_places(about, *listed),
        estimated_value_cents=amount,
        currency=currency if amount is not None else _currency(listed),
        lots=tuple(dict.fromkeys(_lots(listed))),
    )


def _of_both(form: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    buyer = form.get("organisme")
    address = inside(body, "adressesComplt", "document", "coord", "url")
    return {
        "buyer_name": line(inside(buyer, "acheteurPublic")) or line(inside(buyer, "nomOfficiel")),
        "buyer_siret": elements.siret(inside(buyer, "codeIdentificationNational")),
        "procedure": ticks.procedure(body.get("procedure")),
        "deadline": _deadline(body),
        "criteria": ticks.weighted(all_inside(body, "criteres", "criterePondere")),
        "group_form": text(inside(body, "conditions", "formeJuridique")),
        "documents_url": elements.first_url(address, inside(buyer, "urlProfilAcheteur")),
        "requested_documents": papers.ticked(body.get("justifications")),
        "language": ticks.language(inside(body, "conditions", "langue", "langEC")),
    }


def _deadline(body: Any) -> datetime | None:
    """Return when applications are due where the procedure has two steps, else offers."""
    due = body.get("delais")
    names = ("receptionCandidatures", "receptCandidat", "receptionOffres", "receptOffres")
    found = [elements.instant(inside(due, name)) for name in names]
    found.append(elements.instant(inside(body, "procedure", "dateReceptionOffres")))
    return next((one for one in found if one is not None), None)


def _lots(listed: Iterable[Any]) -> Iterator[NoticeLot]:
    lots = [lot for lot in guard.no_more_lots(listed) if isinstance(lot, Mapping)]
    for lot, number in zip(lots, _numbers([text(lot.get("description")) or "" for lot in lots]), strict=True):
        said = text(lot.get("description"))
        yield NoticeLot(
            id=line(lot.get("numLot")) or number,
            title=line(lot.get("intitule")),
            description=said,
            cpv=_cpv(lot.get("codeCPV") or lot.get("CPV")),
            estimated_value_cents=_worth(lot)[0],
        )


def _numbers(words: list[str]) -> list[str | None]:
    """Return the numbers that the words of lots begin with.

    Before a dash ("1 - 2 rue de la Paix") only where all lots have one and they ascend.
    """
    found = [NUMBERED.fullmatch(said) for said in words]
    ranks = [(int(one["digits"]), one["letter"].lower()) for one in found if one]
    ascend = len(ranks) == len(found) and all(before < after for before, after in pairwise(ranks))
    return [
        one["digits"] + one["letter"] if one and (ascend or one["called"] or one["mark"] == ":") else None
        for one in found
    ]


def _cpv(codes: Any) -> tuple[str, ...]:
    """Return the main code, then the others; some publishers write a code as the name of an empty element."""
    found: list[Any] = []
    for name in ("objetPrincipal", "objetComplementaire", "objetSecondaire", "objetSupplementaire"):
        for one in all_inside(codes, name):
            codes_of = (*all_inside(one, "classPrincipale"), *all_inside(one, "classSupplementaire"))
            found += [*codes_of, *(one if isinstance(one, Mapping) else [one])]
    return elements.cpv(*found)


def _places(*holders: Any) -> tuple[str, ...]:
    paths = (("lieuCodeNUTS", "codeNUTS"), ("codeNUTS",))
    return elements.nuts(*(code for one in holders for path in paths for code in all_inside(one, *path)))


def _worth(holder: Any) -> tuple[int | None, str | None]:
    """Return an estimate and its currency; a range is none: its ends are not what is expected."""
    for name in VALUES:
        value = inside(holder, name, "valeur")
        amount = elements.cents(value)
        if amount is not None:
            return amount, elements.currency(value, inside(holder, name))
    return None, None


def _currency(lots: Iterable[Any]) -> str | None:
    """Return the one currency in which lots say what they are worth."""
    said = {_worth(lot)[1] for lot in lots} - {None}
    return said.pop() if len(said) == 1 else None
