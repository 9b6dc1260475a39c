"""What notices and their changes say, in words: procedures, facts, what a fact was and became."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..tenders.places import DEPARTMENT_OF
from .i18n import _
from .speech import Speech

# BT-105 of eForms; others are shown as their publisher wrote them.
PROCEDURES = {
    "open": _("Procédure ouverte"),
    "restricted": _("Procédure restreinte"),
    "neg-w-call": _("Procédure négociée avec mise en concurrence préalable"),
    "neg-wo-call": _("Procédure négociée sans mise en concurrence préalable"),
    "comp-dial": _("Dialogue compétitif"),
    "innovation": _("Partenariat d’innovation"),
    "comp-tend": _("Mise en concurrence (transports)"),
    "oth-single": _("Autre procédure en une étape"),
    "oth-mult": _("Autre procédure en plusieurs étapes"),
}
# Where one asks to take part first, the deadline of a notice may be that of the application.
IN_TWO_STAGES = ("restricted", "neg-w-call", "comp-dial", "innovation", "oth-mult")
FACTS = {
    "title": _("Intitulé"),
    "description": _("Description"),
    "buyer_name": _("Acheteur"),
    "buyer_siret": _("SIRET de l’acheteur"),
    "procedure": _("Procédure"),
    "cpv": _("Codes CPV"),
    "places": _("Lieux"),
    "estimated_value_cents": _("Montant estimé"),
    "deadline": _("Date limite"),
    "group_form": _("Forme du groupement"),
    "variants_allowed": _("Variantes"),
    "documents_url": _("Dossier de consultation"),
    "submission_url": _("Adresse de dépôt"),
    "requested_documents": _("Pièces demandées"),
    "language": _("Langue"),
    "criteria": _("Critères"),
    "lot_added": _("Nouveau lot"),
    "lot_removed": _("Lot absent du nouvel avis"),
}
SOURCES = {
    "eforms": _("avis européen (TED)"),
    "boamp_eforms": _("BOAMP, format européen"),
    "boamp_fns": _("BOAMP, formulaire national"),
    "boamp_mapa": _("BOAMP, procédure adaptée"),
    "boamp_dsp": _("BOAMP, concession"),
    "boamp_legacy": _("BOAMP, ancien format"),
    "boamp_xml": _("BOAMP, ancien format XML"),
}
ALLOWED = {True: _("autorisées"), False: _("interdites")}
DEPARTMENT = _("département {number}")
# Longer texts are not laid side by side: that they changed says enough.
LONGEST_SHOWN = 300


@dataclass(frozen=True)
class ChangeLine:
    """One change as a page shows it: what, of which lot, before and after, each in words."""

    label: str
    lot: str
    before: str
    after: str


def procedure(code: str) -> str:
    """Return the marked name of a procedure."""
    return PROCEDURES.get(code, code)


def deadline_name(code: str) -> str:
    """Return the marked name of the deadline of a procedure."""
    return _("Date limite (candidature ou offre)") if code in IN_TWO_STAGES else _("Date limite de remise")


def lines(changes: Iterable[Mapping[str, Any]], lots: Mapping[str, str], speech: Speech) -> list[ChangeLine]:
    """Return changes (notices.facts.Change as JSON holds them) in words; `lots` gives titles by key.

    What changed alike for the whole and for its lots is said once.
    """
    changes = list(changes)
    whole = [_gist(one) for one in changes if one["lot"] is None]
    return [
        ChangeLine(
            label=speech.text(FACTS.get(one["name"], one["name"])),
            lot="" if one["name"].startswith("lot_") else lots.get(one["lot"] or "", one["lot"] or ""),
            before=_value(one["name"], one["before"], speech),
            after=_value(one["name"], one["after"], speech),
        )
        for one in changes
        if one["lot"] is None or _gist(one) not in whole
    ]


def _gist(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return one["name"], one["before"], one["after"]


def of_criteria(criteria: Sequence[Mapping[str, Any]], speech: Speech) -> str:
    """Return criteria with their weights: `Prix 60 %, Délai 40 %`."""
    return ", ".join(
        one["name"] if one.get("weight") is None else f"{one['name']} {_weight(one['weight'], speech)}"
        for one in criteria
    )


def of_places(codes: Sequence[str], speech: Speech) -> str:
    """Return NUTS codes, those of a French department with its number: `département 74 (FRK28)`."""
    return ", ".join(
        f"{speech.text(DEPARTMENT, number=DEPARTMENT_OF[code])} ({code})" if code in DEPARTMENT_OF else code
        for code in codes
    )


def _weight(weight: float, speech: Speech) -> str:
    return speech.percent(round(weight * 100))


def _value(name: str, value: Any, speech: Speech) -> str:
    if value in (None, "", []):
        return ""
    if name == "deadline":
        return speech.moment(datetime.fromisoformat(value))
    if name == "estimated_value_cents":
        return speech.money(value)
    if name == "variants_allowed":
        return speech.text(ALLOWED[value])
    if name == "procedure":
        return speech.text(procedure(value))
    if name == "criteria":
        return of_criteria(value, speech)
    if name == "places":
        return of_places(value, speech)
    shown = ", ".join(value) if isinstance(value, list) else str(value)
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN].rstrip()}…"
