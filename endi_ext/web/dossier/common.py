"""What several forms say alike: versions, the buyer, the consultation, who somebody is."""

from typing import Any

from ...tenders.bids import Bid, Outsider
from ...tenders.models import Lot
from ..formatting import SPACE
from .blocks import Block, Box, Document, Fact, Hint, Part, Rubric, Said

# Which version of the official forms ours follow: docs/tender_forms.md says what was checked, and how.
VERSIONS = {
    "DC1": "DC1 mis à jour le 01/04/2019 (version en vigueur en 2023)",
    "DC2": "DC2 mis à jour le 21/11/2023",
    "DC4": "DC4 mis à jour le 12/10/2023 (applicable au 01/01/2024)",
}
TO_CHECK = "à vérifier avant signature"
NAME_OF_UNIT = (
    "Nom commercial et dénomination sociale de l’unité ou de l’établissement qui exécutera la prestation"
)
ADDRESSES = "Adresses postale et du siège social (si elle est différente de l’adresse postale)"
SIRET = "Numéro SIRET, à défaut numéro d’identification européen ou international ou propre au pays d’origine"
PHONES = "Numéros de téléphone et de télécopie"
LEGAL_FORM = (
    "Forme juridique (entreprise individuelle, SA, SARL, EURL, association, établissement public, etc.)"
)
SAME_PROOF = "(Si l’adresse est la même que dans une rubrique précédente, renvoyer à cette rubrique.)"


def form(code: str, title: str, bid: Bid, blocks: list[Block], subtitle: str = "") -> Document:
    """Return an official form, marked with the version it follows."""
    mention = f"D’après le formulaire {VERSIONS[code]} – {TO_CHECK}"
    return Document(f"{code} – {title}", bid.tender.title, mention, tuple(blocks), subtitle)


def paper(title: str, bid: Bid, blocks: list[Block], *, internal: bool = False) -> Document:
    """Return a document of our own; one for the team alone says so."""
    mention = "Document interne – ne pas déposer" if internal else f"Document {TO_CHECK}"
    return Document(title, bid.tender.title, mention, tuple(blocks), internal=internal)


def buyer(bid: Bid, heading: str = "A - Identification de l’acheteur") -> list[Block]:
    """Return rubric A: who buys."""
    facts = [
        Fact("Désignation de l’acheteur", bid.tender.buyer_name),
        Fact("Adresse", bid.consultation.buyer_address),
    ]
    if bid.tender.buyer_siret:
        facts.append(Fact("Numéro SIRET de l’acheteur", siret(bid.tender.buyer_siret)))
    return [Rubric(heading), *facts]


def consultation(bid: Bid, heading: str, lots: list[Lot] | None = None) -> list[Block]:
    """Return rubric B: what is bought; the lots concerned where the form asks for them."""
    tender = bid.tender
    found: list[Block] = [Rubric(heading), Said(tender.title)]
    if tender.reference:
        found.append(Fact("Référence de la consultation", tender.reference))
    if tender.notice is not None:
        found.append(Fact("Avis", f"{_publisher(tender.notice.source)} n° {tender.notice.notice_key}"))
    if lots and bid.divided:
        found.append(Fact("Lot concerné" if len(lots) == 1 else "Lots concernés", lots_of(lots)))
    return found


def _publisher(source: str) -> str:
    return "Avis au Journal officiel de l’Union européenne" if source == "eforms" else "Avis BOAMP"


def cooperative(bid: Bid) -> list[Block]:
    """Return who the cooperative is, named with the trading units that will do the work."""
    who = bid.identity
    units = [member.name for member in bid.insiders]
    named = f"{who.name}\nActivités qui exécutent la prestation : {' ; '.join(units)}" if units else who.name
    return [
        Fact(NAME_OF_UNIT, named),
        Fact(ADDRESSES, postal(who)),
        Fact("Adresse électronique", who.email),
        Fact(PHONES, who.phone),
        Fact(SIRET, siret(who.siret)),
    ]


def outsider(one: Outsider) -> list[Block]:
    """Return who an outside firm is."""
    return [
        Fact(NAME_OF_UNIT, one.name),
        Fact(ADDRESSES, one.firm.address),
        Fact("Adresse électronique", one.member.email),
        Fact(PHONES, one.firm.phone),
        Fact(SIRET, siret(one.member.siret)),
    ]


def in_a_cell(bid: Bid, one: Outsider | None) -> str:
    """Return who a legal person is in one cell of a table; none for the cooperative."""
    if one is None:
        who = bid.identity
        return _lines(who.name, postal(who), who.email, who.phone, siret(who.siret, "SIRET "))
    return _lines(
        one.name, one.firm.address, one.member.email, one.firm.phone, siret(one.member.siret, "SIRET ")
    )


def work_of(bid: Bid, one: Outsider | None) -> str:
    """Return what a legal person does of the bid, as its missions say it; none for the cooperative."""
    if one is not None:
        return str(one.firm.work or one.member.mission)
    missions = [member.mission for member in bid.insiders if member.mission]
    declared = [f"{sub.name} (sous-traitant)" for sub in bid.subcontractors]
    return " ; ".join([*missions, *declared])


def small_or_not(small: str) -> list[Block]:
    """Return the question whether somebody is a small or medium enterprise, with its two boxes."""
    question = (
        "S’agit-il d’une micro, petite ou moyenne entreprise (moins de 250 personnes, et un chiffre "
        "d’affaires annuel d’au plus 50 millions d’euros ou un total de bilan d’au plus 43 millions "
        "d’euros) au sens de la recommandation de la Commission du 6 mai 2003, ou d’un artisan ? (Articles "
        "R. 2151-13 et R. 2351-12 du code de la commande publique)"
    )
    return [Said(question), *yes_or_no(small)]


def yes_or_no(answer: str) -> list[Block]:
    """Return two boxes, none ticked where nobody told."""
    return [Box("Oui", answer == "yes"), Box("Non", answer == "no")]


def online(heading: str, url: str = "", access: str = "", note: str = "") -> list[Block]:
    """Return the rubric of proofs that the buyer finds online."""
    found: list[Block] = [Part(heading)]
    if note:
        found.append(Hint(note))
    return [
        *found,
        Fact("Adresse internet", url),
        Fact("Renseignements nécessaires pour y accéder", access),
    ]


def exclusions(who: str, ticked_for: str) -> list[Block]:
    """Return the declaration upon honour on exclusions: the box is left to the signatory."""
    return [
        Said(f"{who} déclare sur l’honneur :"),
        Said(
            "a) pour un marché public autre que de défense ou de sécurité : ne pas entrer dans l’un des cas "
            "d’exclusion prévus aux articles L. 2141-1 à L. 2141-5 ou aux articles L. 2141-7 à L. 2141-10 du "
            "code de la commande publique (*) ;"
        ),
        Said(
            "b) pour un marché public de défense ou de sécurité : ne pas entrer dans l’un des cas "
            "d’exclusion prévus aux articles L. 2341-1 à L. 2341-3 ou aux articles L. 2141-7 à L. 2141-10 "
            "du code de la commande publique (*)."
        ),
        Box(
            f"Case à cocher pour attester que {ticked_for} n’est pas dans un de ces cas d’exclusion",
            left=True,
        ),
        Hint(
            "(*) Qui se trouve, au cours de la procédure, placé dans l’un de ces cas d’exclusion en informe "
            "l’acheteur sans délai."
        ),
    ]


def postal(who: Any) -> str:
    """Return the address of the cooperative on two lines."""
    return _lines(who.address, f"{who.postcode} {who.city}".strip())


def siret(number: str, prefix: str = "") -> str:
    """Return a SIRET in groups, as forms write it; another number as it is."""
    if not number:
        return ""
    if len(number) == 14 and number.isdigit():
        number = SPACE.join((number[:3], number[3:6], number[6:9], number[9:]))
    return prefix + number


def lot_name(lot: Lot) -> str:
    """Return a lot as its buyer calls it."""
    return " – ".join(part for part in (lot.key, lot.title) if part)


def lot_in_short(lot: Lot) -> str:
    """Return a lot for the head of a column: "LOT-0001", or "Lot 1" where its key is a number alone."""
    key = str(lot.key)
    return f"Lot {key}" if key.isdigit() else key or str(lot.title)


def lots_of(lots: list[Lot]) -> str:
    """Return several lots, one on each line."""
    return "\n".join(lot_name(lot) for lot in lots)


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
