"""Forms of tenders: a notice to import, a consultation typed by hand or corrected, lots to answer."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import colander
from stdnum.exceptions import ValidationError
from stdnum.fr import siret

from ...kernel.paris import PARIS
from ...tenders.models import Lot, Tender
from ...tenders.notices.facts import LotFacts, TenderFacts
from ..i18n import _
from ..tender_words import PROCEDURES
from . import base, widgets

NO_FILE = _("Choisissez un fichier.")
NO_HOUR = _("Indiquez l’heure aussi : elle figure dans l’avis, et une offre en retard est refusée.")
NO_DAY = _("Indiquez le jour aussi.")
NO_SUCH_HOUR = _("Cette heure n’existe pas ce jour-là : on passe à l’heure d’été. Relisez l’avis.")
NOT_AN_ADDRESS = _("Une adresse commence par https:// ou http://.")
NOT_A_SIRET = _("Ce n’est pas un numéro SIRET : 14 chiffres, dont les derniers vérifient les autres.")
NOT_CPV = _("Un code CPV a 8 chiffres ; séparez plusieurs codes par une virgule.")
UNKNOWN, YES, NO = "", "yes", "no"
VARIANTS = ((UNKNOWN, _("Non précisé")), (YES, _("Autorisées")), (NO, _("Interdites")))
# Columns of a tender that are one text each: in the form, and folded in it.
TEXTS = ("title", "reference", "buyer_name", "description")
MORE_TEXTS = ("buyer_siret", "procedure", "group_form", "documents_url", "submission_url")
CPV = re.compile(r"(\d{8})(?:-\d)?", re.ASCII)
MOST_CODES, LONGEST_PLACE = 500, 20


def upload_schema() -> base.Schema:
    """Return the form that takes the file of a notice."""
    schema = base.Schema()
    schema.add(
        base.upload(
            _("Fichier de l’avis (XML ou JSON)"), name="file", accept=".xml,.json", missing_msg=NO_FILE
        )
    )
    return schema


class LotSchema(colander.MappingSchema):
    """A lot; `key` is its id when it is there already."""

    title = base.text(_("Intitulé du lot"), longest=500)
    estimated_value_cents = base.money(_("Montant estimé HT"), zero=True, missing=None)
    key = base.hidden_integer(missing=None, validator=colander.Range(min=1, max=2**31 - 1))


class LotsSchema(colander.SequenceSchema):
    """The lots."""

    row = LotSchema()


def tender_schema(known: Tender | None = None) -> base.Schema:
    """Return the form of what is known of a tender: begun by hand, or corrected."""
    schema = base.Schema(validator=_whole_deadline)
    add = schema.add
    add(base.text(_("Intitulé"), longest=500, name="title"))
    add(base.text(_("Acheteur"), longest=300, missing="", name="buyer_name"))
    add(base.text(_("Numéro de la consultation"), longest=100, missing="", name="reference"))
    add(base.day(_("Date limite de remise"), missing=None, name="deadline_on"))
    add(base.hour(_("Heure limite, à Paris"), missing=None, name="deadline_time"))
    add(_text_of_many("requested_documents", _("Pièces demandées"), _("Une pièce par ligne.")))
    add(base.text(_("Description"), longest=100_000, rows=5, missing="", name="description"))
    add(_lots(known))
    add(_more(known))
    if known is None:
        add(base.request_key(name="request_key"))
    return schema


def _more(known: Tender | None) -> colander.MappingSchema:
    """Return what is folded: the notice says it, and few people type it."""
    folded = colander.MappingSchema(name="more", title=_("Plus de détails"), widget=widgets.DetailsWidget())
    # A form sent without these fields leaves them as they are.
    folded.missing = folded.default = {}
    add = folded.add
    add(base.text(_("SIRET de l’acheteur"), longest=20, missing="", validator=_siret, name="buyer_siret"))
    add(base.choice(_("Procédure"), _procedures(known), missing="", name="procedure"))
    add(base.money(_("Montant estimé HT"), zero=True, missing=None, name="estimated_value_cents"))
    add(base.text(_("Forme du groupement"), longest=20_000, rows=2, missing="", name="group_form"))
    add(base.choice(_("Variantes"), VARIANTS, missing=UNKNOWN, name="variants_allowed"))
    add(_address("documents_url", _("Adresse du dossier de consultation")))
    add(_address("submission_url", _("Adresse de dépôt des offres")))
    add(base.text(_("Codes CPV"), longest=8000, missing="", validator=_cpv, name="cpv"))
    add(base.text(_("Lieux (codes NUTS)"), longest=8000, missing="", name="places"))
    return folded


def lots_schema(lots: Sequence[Lot]) -> base.Schema:
    """Return the form that says which lots the team answers."""
    schema = base.Schema()
    values = [(str(lot.id), lot.title) for lot in lots]
    schema.add(
        colander.SchemaNode(
            colander.Set(),
            name="answered",
            title=_("Lots auxquels votre équipe répond"),
            widget=widgets.TicksWidget(values=values),
            missing=frozenset(),
            default={str(lot.id) for lot in lots if lot.answered},
        )
    )
    return schema


def typed(tender: Tender) -> dict[str, Any]:
    """Return what the form shows of a tender."""
    local = tender.deadline.astimezone(PARIS) if tender.deadline else None
    values = {name: getattr(tender, name) for name in TEXTS}
    values |= {
        "deadline_on": local and local.date(),
        "deadline_time": local and local.time(),
        "requested_documents": "\n".join(tender.requested_documents),
        "lots": [_filled({**_of_lot(lot), "key": lot.id}) for lot in tender.lots],
    }
    more = {name: getattr(tender, name) for name in (*MORE_TEXTS, "estimated_value_cents")}
    more |= {
        "variants_allowed": {True: YES, False: NO, None: UNKNOWN}[tender.variants_allowed],
        "cpv": ", ".join(tender.cpv),
        "places": ", ".join(tender.places),
    }
    return {**_filled(values), "more": _filled(more)}


def columns(values: dict[str, Any]) -> dict[str, Any]:
    """Return columns of a tender from what was typed; what is folded may not be there."""
    on, at, more = values["deadline_on"], values["deadline_time"], values.get("more") or {}
    known = {name: values[name] for name in TEXTS} | {
        "deadline": datetime.combine(on, at, PARIS) if on else None,
        "requested_documents": _listed(values["requested_documents"], r"\n"),
    }
    return known | (_columns_folded(more) if more else {})


def _columns_folded(more: dict[str, Any]) -> dict[str, Any]:
    codes = [CPV.fullmatch(code).group(1) for code in _codes(more["cpv"])]  # type: ignore[union-attr]
    return {name: more[name] for name in MORE_TEXTS} | {
        "buyer_siret": siret.compact(more["buyer_siret"]),
        "estimated_value_cents": more["estimated_value_cents"],
        "variants_allowed": {YES: True, NO: False, UNKNOWN: None}[more["variants_allowed"]],
        "cpv": codes,
        "places": [code[:LONGEST_PLACE] for code in _codes(more["places"])][:MOST_CODES],
    }


def facts(values: dict[str, Any]) -> TenderFacts:
    """Return what a tender typed by hand begins with: without lots it is undivided."""
    known = columns(values)
    lots = [
        LotFacts(**_named(row), key=str(number)) for number, row in enumerate(values["lots"], start=1)
    ] or [LotFacts(known["title"], estimated_value_cents=known.get("estimated_value_cents"))]
    return TenderFacts(known.pop("title"), lots, known)


def lots(values: dict[str, Any]) -> list[tuple[int | None, LotFacts]]:
    """Return the lots that were typed, with their id where they are there already."""
    return [(row["key"], LotFacts(**_named(row))) for row in values["lots"]]


def _lots(known: Tender | None) -> LotsSchema:
    return LotsSchema(
        name="lots",
        title=_("Lots"),
        description=_("Une ligne par lot ; laissez vide si le marché n’est pas divisé.")
        if known is None
        else _("Corrigez un lot, ou ajoutez-en un à la fin. Un lot déjà là ne se supprime pas."),
        widget=widgets.RowsWidget(blank_rows=2 if known is not None else 3),
        missing=[],
    )


def _procedures(known: Tender | None) -> list[tuple[str, str]]:
    as_published = [(known.procedure, known.procedure)] if known and known.procedure else []
    listed = [("", _("Non précisée")), ("MAPA", _("Procédure adaptée (MAPA)")), *PROCEDURES.items()]
    codes = {code for code, _label in listed}
    return [*listed, *(one for one in as_published if one[0] not in codes)]


def _text_of_many(name: str, title: str, description: str) -> colander.SchemaNode:
    return base.text(title, longest=40_000, rows=4, missing="", name=name, description=description)


def _address(name: str, title: str) -> colander.SchemaNode:
    return base.text(title, longest=1000, missing="", validator=_http, name=name)


def _http(node: Any, url: str) -> None:
    if url and not url.lower().startswith(("http://", "https://")):
        raise colander.Invalid(node, NOT_AN_ADDRESS)


def _siret(node: Any, number: str) -> None:
    if not number:
        return
    try:
        siret.validate(number)
    except ValidationError:
        raise colander.Invalid(node, NOT_A_SIRET) from None


def _cpv(node: Any, typed: str) -> None:
    codes = _codes(typed)
    if len(codes) > MOST_CODES or not all(CPV.fullmatch(code) for code in codes):
        raise colander.Invalid(node, NOT_CPV)


def _whole_deadline(node: Any, values: dict[str, Any]) -> None:
    missing = {"deadline_on": NO_DAY, "deadline_time": NO_HOUR}
    empty = [name for name in missing if values[name] is None]
    if len(empty) == 1:
        error = colander.Invalid(node)
        error[empty[0]] = missing[empty[0]]
        raise error
    if not empty and not _exists(datetime.combine(values["deadline_on"], values["deadline_time"], PARIS)):
        error = colander.Invalid(node)
        error["deadline_time"] = NO_SUCH_HOUR
        raise error


def _exists(at: datetime) -> bool:
    # An hour that summer time skips comes back as another one.
    return at.astimezone(UTC).astimezone(PARIS).replace(tzinfo=None) == at.replace(tzinfo=None)


def _codes(typed: str) -> list[str]:
    return _listed(typed, r"[\s,;]+")


def _listed(typed: str, separator: str) -> list[str]:
    return [one.strip() for one in re.split(separator, typed) if one.strip()]


def _of_lot(lot: Lot) -> dict[str, Any]:
    return {name: getattr(lot, name) for name in ("title", "estimated_value_cents")}


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "key"}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
