"""What a record of BOAMP is: a call for tenders, a correction of one, or no notice one can answer. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .elements import all_inside, holds, inside, text
from .refusals import NotOpen

CALL, CORRECTION = "call", "correction"
# The words of BOAMP for the nature of a notice: why it is refused.
REFUSED = {
    "ATTRIBUTION": "notice_is_result",
    "PRE-INFORMATION": "notice_is_planning",
    "PRE_INFORMATION": "notice_is_planning",
    "PERIODIQUE": "notice_is_planning",
    "PROFIL_ACHETEUR": "notice_is_planning",
    "MODIFICATION": "notice_is_modification",
    "INTENTION_CONCLURE": "notice_is_ex_ante",
    "EX_ANTE_VOLONTAIRE": "notice_is_ex_ante",
    "ANNULATION": "notice_is_cancellation",
}
# What the body of a national form is named.
BODIES = {
    "initial": CALL,
    "rectificatif": CORRECTION,
    "attribution": "notice_is_result",
    "annulation": "notice_is_cancellation",
    "modification": "notice_is_modification",
    "intentionConclure": "notice_is_ex_ante",
    "preInformation": "notice_is_planning",
}
IDWEB = re.compile(r"\d{2}-\d{1,7}")


def of_management(management: Any, record: Mapping[str, Any]) -> str:
    """Return CALL or CORRECTION as GESTION, or the columns of the API, say.

    Raises NotOpen: the result of a procedure, a notice ahead of it, its end.
    """
    kinds = inside(management, "REFERENCE", "TYPE_AVIS")
    nature = _ticked(inside(kinds, "NATURE")) or _word(record.get("nature"))
    status = _ticked(inside(kinds, "STATUT")) or _word(record.get("etat"))
    asks_already = holds(inside(kinds, "NATURE", nature or ""), "MISE_EN_CONCURRENCE")
    if status == "ANNULATION":
        raise NotOpen(REFUSED[status])
    if nature in REFUSED and not asks_already:
        raise NotOpen(REFUSED[nature])
    return CORRECTION if nature == "RECTIFICATIF" else CALL


def is_corrected(management: Any, record: Mapping[str, Any]) -> bool:
    """Whether BOAMP says of a notice in eForms that it takes the place of another one.

    Raises NotOpen: BOAMP says that it calls a procedure off.
    """
    kinds = inside(management, "REFERENCE", "TYPE_AVIS")
    nature = _ticked(inside(kinds, "NATURE")) or _word(record.get("nature"))
    status = _ticked(inside(kinds, "STATUT")) or _word(record.get("etat"))
    if "ANNULATION" in (nature, status):
        raise NotOpen(REFUSED["ANNULATION"])
    return "RECTIFICATIF" in (nature, status)


def of_form(form: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Return CALL or CORRECTION and the body of a national form. Raises NotOpen."""
    for name, kind in BODIES.items():
        if name not in form:
            continue
        if kind not in (CALL, CORRECTION):
            raise NotOpen(kind)
        body = inside(form, name)
        return kind, body if isinstance(body, Mapping) else {}
    raise NotOpen("notice_is_no_call")


def of_old_form(given: Mapping[str, Any]) -> str:
    """Return CALL or CORRECTION as the elements of an old form say. Raises NotOpen."""
    for name, code in (("ATTRIBUTION", "notice_is_result"), ("ANNULATION", "notice_is_cancellation")):
        if given.get(name):
            raise NotOpen(code)
    if given.get("MODIF"):
        raise NotOpen("notice_is_modification")
    return CORRECTION if given.get("RECTIF") else CALL


def changed_notice(management: Any, record: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """Return the number of the notice that a correction corrects, "" where it does not say it."""
    found = (IDWEB.fullmatch(text(one) or "") for one in _named(management, record, given))
    return next((one.group(0) for one in found if one), "")


def _named(management: Any, record: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Any]:
    for form in ("FNSimple", "MAPA", "DSP"):
        for name in ("idWeb", "idweb", "IDWEB"):
            yield from all_inside(given, form, "rectificatif", "avisInitial", name)
    yield from all_inside(given, "RECTIF", "ANNONCE_ANTERIEUR", "REFERENCE", "IDWEB")
    yield from all_inside(management, "MARCHE", "ANNONCE_ANTERIEUR", "REFERENCE", "IDWEB")
    yield from all_inside(record.get("annonce_lie"))


def _ticked(holder: Any) -> str | None:
    names = list(holder) if isinstance(holder, Mapping) else []
    return _word(names[0]) if len(names) == 1 else None


def _word(written: Any) -> str | None:
    found = text(written)
    return None if found is None else found.upper()
