"""Forms of disputes: messages with files, outcomes line by line, requests and decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

import colander

from ...subcontracts.disputes import Outcome, Proof, Said
from ...subcontracts.models import DeliveryLine
from ...subcontracts.proofs import MOST_FILES
from ..i18n import _
from . import base, widgets

ACCEPT = (
    "application/pdf,image/jpeg,image/png,image/webp,.pdf,.jpg,.jpeg,.png,.webp,.odt,.docx,.ods,.xlsx,"
    ".txt,.csv"
)
KINDS = _(
    "PDF, photos, documents et classeurs sans macros, texte : {most_mb} Mo au plus par fichier, {most} "
    "fichiers par différend."
)


def message_schema(speech: Any, most_bytes: int) -> base.Schema:
    """Return the form of a message: a text, files, or both."""
    schema = base.Schema()
    schema.add(base.text(_("Votre message"), longest=4000, rows=5, missing="", name="text"))
    _add_files(schema, speech, most_bytes)
    return schema


def request_schema(speech: Any, most_bytes: int) -> base.Schema:
    """Return the form that asks for arbitration."""
    schema = base.Schema()
    schema.add(
        base.text(
            _("Ce que vous demandez, et pourquoi"),
            longest=2000,
            rows=6,
            name="text",
            description=_("L’arbitre et votre partenaire le liront."),
        )
    )
    _add_files(schema, speech, most_bytes)
    return schema


def proposal_schema(parts: Sequence[DeliveryLine]) -> base.Schema:
    """Return the form of a proposed outcome: how much of each line would be accepted."""
    schema = base.Schema()
    schema.add(
        _shares(
            parts,
            _("Ce qui serait accepté"),
            _(
                "Laissez une ligne entière pour qu’elle soit acceptée, réduisez-la en disant pourquoi, "
                "mettez 0 partout pour que la livraison soit retirée. Ce qui n’est pas accepté pourra être "
                "déclaré de nouveau."
            ),
        )
    )
    schema.add(base.text(_("Message"), longest=2000, rows=4, missing="", name="text"))
    schema.add(base.request_key(name="request_key"))
    return schema


def decision_schema(parts: Sequence[DeliveryLine]) -> base.Schema:
    """Return the form of a decision: how much of each line is accepted, and the reasons."""
    schema = base.Schema()
    schema.add(
        _shares(
            parts,
            _("Ce qui est accepté"),
            _(
                "Laissez une ligne entière pour qu’elle soit acceptée, réduisez-la en disant pourquoi, "
                "mettez 0 partout pour écarter la livraison. La décision s’applique aussitôt."
            ),
        )
    )
    schema.add(
        base.text(
            _("Motifs de la décision"),
            longest=2000,
            rows=6,
            name="text",
            description=_("Les deux parties les liront."),
        )
    )
    schema.add(base.request_key(name="request_key"))
    return schema


def _add_files(schema: base.Schema, speech: Any, most_bytes: int) -> None:
    words = speech.text(KINDS, most_mb=most_bytes // 1024**2, most=MOST_FILES)
    schema.add(base.uploads(_("Pièces jointes"), accept=ACCEPT, description=words, name="files"))
    schema.add(base.request_key(name="request_key"))


def _shares(parts: Sequence[DeliveryLine], title: str, description: str) -> colander.MappingSchema:
    rows = colander.MappingSchema(
        name="lines",
        title=title,
        description=description,
        widget=widgets.SharesWidget(facts={share_of(part): part for part in parts}),
    )
    for part in parts:
        share = colander.MappingSchema(name=share_of(part), title=part.line.description)
        share.add(base.quantity(_("Accepté"), name="accepted", zero=True, missing=0))
        share.add(base.text(_("Pourquoi pas tout"), longest=500, name="refusal", missing=""))
        rows.add(share)
    return rows


def share_of(part: DeliveryLine) -> str:
    """Return the name of the fields about one part of a delivery."""
    return f"part_{part.id}"


def said(values: Mapping[str, Any], most_bytes: int) -> Said:
    """Return what was typed, with the files: no more of them, and of each, than shows there is too much."""
    uploads = list(values.get("files") or ())[: MOST_FILES + 1]
    proofs = [Proof(upload.filename, upload.file.read(most_bytes + 1)) for upload in uploads]
    return Said(values["text"], values["request_key"], proofs, most_bytes)


def outcome(values: Mapping[str, Any]) -> Outcome:
    """Return the outcome that was typed."""
    shares = {int(name.removeprefix("part_")): share for name, share in values["lines"].items()}
    return Outcome(
        {part_id: share["accepted"] for part_id, share in shares.items()},
        {part_id: share["refusal"] for part_id, share in shares.items()},
    )


def first_values(parts: Sequence[DeliveryLine], known: Any = None) -> dict[str, Any]:
    """Return the form filled in with the outcome on the table, else with all that was claimed."""
    shares = {
        share_of(part): {"accepted": part.quantity_thousandths, "refusal": part.refusal} for part in parts
    }
    for one in known.parts if known is not None else ():
        name = share_of(one.delivery_line)
        shares[name] = {"accepted": one.accepted_thousandths, "refusal": one.refusal}
    return {"lines": shares}
