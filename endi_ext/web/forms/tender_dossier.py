"""Forms of the dossier of a tender: who the cooperative is, the consultation, and each outside firm."""

from datetime import date
from typing import Any

import colander
from stdnum.fr import siret as sirets

from ...tenders import form_facts
from ...tenders.identity import YEARS, Identity
from .. import dossier_words as words
from ..i18n import _
from . import base, types, widgets

NOT_A_SIRET = _("Un SIRET a quatorze chiffres, le dernier étant une clé : vérifiez-le.")
NOT_AN_ADDRESS = _("Une adresse internet commence par https:// (ou http://).")
HANDS = {"address": 2, "insurance": 3, "decennial": 2, "staff": 4, "qualifications": 4, "authorisations": 2}
LONG = ("insurance", "decennial", "staff", "qualifications", "authorisations", "proof_access")
LEAST_MONTHS = 1


def identity_schema() -> base.Schema:
    """Return the form of the identity of the cooperative; nothing in it is obligatory."""
    schema = base.Schema()
    for name, title in words.IDENTITY.items():
        if name not in words.YEARS_OF:
            schema.add(_identity_field(name, title))
    for year in YEARS:
        schema.add(base.day(words.IDENTITY[f"year_{year}_from"], name=f"year_{year}_from", missing=None))
        schema.add(base.day(words.IDENTITY[f"year_{year}_until"], name=f"year_{year}_until", missing=None))
        title = words.IDENTITY[f"year_{year}_cents"]
        schema.add(base.money(title, zero=True, name=f"year_{year}_cents", missing=None))
    return schema


def _identity_field(name: str, title: str) -> Any:
    if name == "small":
        return base.choice(title, words.YES_NO, name=name, missing="")
    options: dict[str, Any] = {"description": words.HELP[name]} if name in words.HELP else {}
    if name == "siret":
        options["validator"] = _siret
    if name == "proof_url":
        options["validator"] = _web_address
    longest = 1900 if name in LONG else 300
    return base.text(title, name=name, longest=longest, rows=HANDS.get(name, 1), missing="", **options)


def identity_values(identity: Identity) -> dict[str, Any]:
    """Return an identity as its form shows it."""
    shown: dict[str, Any] = dict(vars(identity))
    for name in words.YEARS_OF:
        text = shown.pop(name)
        if text:
            shown[name] = int(text) if name.endswith("_cents") else date.fromisoformat(text)
    return shown


def as_texts(typed: dict[str, Any]) -> dict[str, str]:
    """Return what was typed as the texts that are kept."""
    return {name: _text(value) for name, value in typed.items()}


def _text(value: Any) -> str:
    if value is None or value is colander.null:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def consultation_schema() -> base.Schema:
    """Return the form of what the forms need of the consultation."""
    schema = base.Schema()
    titles = words.CONSULTATION
    schema.add(base.text(titles["buyer_address"], name="buyer_address", longest=400, rows=3, missing=""))
    schema.add(base.choice(titles["reserved"], words.RESERVED, name="reserved", missing=""))
    for name in ("references", "means", "more"):
        options = {"description": words.HELP[name]}
        schema.add(base.text(titles[name], name=name, longest=6000, rows=5, missing="", **options))
    return schema


def firm_schema(*, grouped: bool) -> base.Schema:
    """Return the form of an outside firm; its place is asked where there is a group at all."""
    schema = base.Schema()
    titles = words.FIRM
    if grouped:
        schema.add(base.choice(titles["place"], words.PLACES, name="place"))
    said = words.HELP["legal_name"]
    schema.add(base.text(titles["legal_name"], name="legal_name", longest=190, missing="", description=said))
    for name, rows in (("legal_form", 1), ("address", 3), ("phone", 1), ("registry", 1), ("signatory", 1)):
        schema.add(base.text(titles[name], name=name, longest=400, rows=rows, missing=""))
    schema.add(base.choice(titles["small"], words.YES_NO, name="small", missing=""))
    schema.add(base.text(titles["work"], name="work", longest=2000, rows=3, missing=""))
    schema.add(_months(titles["months"]))
    schema.add(base.choice(titles["vat"], words.VAT, name="vat", missing=""))
    schema.add(base.text(titles["price_variation"], name="price_variation", longest=400, missing=""))
    for name in ("direct_payment", "advance"):
        schema.add(base.choice(titles[name], words.YES_NO, name=name, missing=""))
    about = {"description": words.HELP["personal_data"]}
    schema.add(
        base.text(titles["personal_data"], name="personal_data", longest=1000, rows=2, missing="", **about)
    )
    return schema


def firm_values(firm: form_facts.Firm) -> dict[str, Any]:
    """Return what is told of a firm as its form shows it."""
    shown: dict[str, Any] = dict(vars(firm))
    shown["place"] = firm.place or form_facts.PARTNER
    if firm.months:
        shown["months"] = int(firm.months)
    else:
        shown.pop("months")
    return shown


def _months(title: str) -> Any:
    return colander.SchemaNode(
        types.Whole(),
        name="months",
        title=title,
        widget=widgets.NumberWidget(suffix=_("mois")),
        missing=None,
        validator=colander.Range(min=LEAST_MONTHS, max=240),
        description=words.HELP["months"],
    )


def _siret(node: Any, value: str) -> None:
    if value and not sirets.is_valid(value):
        raise colander.Invalid(node, NOT_A_SIRET)


def _web_address(node: Any, value: str) -> None:
    if value and not value.startswith(("https://", "http://")):
        raise colander.Invalid(node, NOT_AN_ADDRESS)
