"""Forms of disputes: messages with files, outcomes of a delivery or of a retention, requests, decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

import colander

from ...subcontracts import dispute_subjects
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
    title, words = _("Ce que vous demandez, et pourquoi"), _("L’arbitre et votre partenaire le liront.")
    schema.add(base.text(title, longest=2000, rows=6, name="text", description=words))
    _add_files(schema, speech, most_bytes)
    return schema


def proposal_schema(asked: "OfDelivery | OfRetention") -> base.Schema:
    """Return the form of a proposed outcome."""
    schema = base.Schema()
    schema.add(asked.proposed())
    schema.add(base.text(_("Message"), longest=2000, rows=4, missing="", name="text"))
    schema.add(base.request_key(name="request_key"))
    return schema


def decision_schema(asked: "OfDelivery | OfRetention") -> base.Schema:
    """Return the form of a decision, with its reasons."""
    schema = base.Schema()
    schema.add(asked.decided())
    title, words = _("Motifs de la décision"), _("Les deux parties les liront.")
    schema.add(base.text(title, longest=2000, rows=6, name="text", description=words))
    schema.add(base.request_key(name="request_key"))
    return schema


def of_outcome(request: Any, dispute: Any) -> "OfDelivery | OfRetention":
    """Return what a form asks of the outcome of a dispute."""
    retention = dispute_subjects.retention_of(request.dbsession, dispute)
    if retention is not None:
        return OfRetention(retention.remaining_cents)
    return OfDelivery(dispute_subjects.delivery_of(request.dbsession, dispute).lines)


class OfDelivery:
    """An outcome asked line by line: how much of each part of a delivery is accepted, and why not all."""

    def __init__(self, parts: Sequence[DeliveryLine]) -> None:
        self.parts = parts

    def proposed(self) -> colander.SchemaNode:
        """Return the fields of a proposal."""
        words = _(
            "Laissez une ligne entière pour qu’elle soit acceptée, réduisez-la en disant pourquoi, mettez 0 "
            "partout pour que la livraison soit retirée. Ce qui n’est pas accepté pourra être déclaré de "
            "nouveau."
        )
        return self._shares(_("Ce qui serait accepté"), words)

    def decided(self) -> colander.SchemaNode:
        """Return the fields of a decision."""
        words = _(
            "Laissez une ligne entière pour qu’elle soit acceptée, réduisez-la en disant pourquoi, mettez 0 "
            "partout pour écarter la livraison. La décision s’applique aussitôt."
        )
        return self._shares(_("Ce qui est accepté"), words)

    def outcome(self, values: Mapping[str, Any]) -> Outcome:
        """Return the outcome that was typed."""
        shares = {int(name.removeprefix("part_")): share for name, share in values["lines"].items()}
        return Outcome(
            {part_id: share["accepted"] for part_id, share in shares.items()},
            {part_id: share["refusal"] for part_id, share in shares.items()},
        )

    def first_values(self, known: Any = None) -> dict[str, Any]:
        """Return the form filled in with the outcome on the table, else with all that was claimed."""
        shares = {
            _share_of(part): {"accepted": part.quantity_thousandths, "refusal": part.refusal}
            for part in self.parts
        }
        for one in known.parts if known is not None else ():
            name = _share_of(one.delivery_line)
            shares[name] = {"accepted": one.accepted_thousandths, "refusal": one.refusal}
        return {"lines": shares}

    def _shares(self, title: str, description: str) -> colander.MappingSchema:
        facts = {_share_of(part): part for part in self.parts}
        rows = colander.MappingSchema(
            name="lines", title=title, description=description, widget=widgets.SharesWidget(facts=facts)
        )
        for name, part in facts.items():
            share = colander.MappingSchema(name=name, title=part.line.description)
            share.add(base.quantity(_("Accepté"), name="accepted", zero=True, missing=0))
            share.add(base.text(_("Pourquoi pas tout"), longest=500, name="refusal", missing=""))
            rows.add(share)
        return rows


class OfRetention:
    """An outcome asked as one amount: how much of what is held is let go."""

    def __init__(self, held_cents: int) -> None:
        self.held_cents = held_cents

    def proposed(self) -> colander.SchemaNode:
        """Return the field of a proposal."""
        words = _(
            "Tout, une partie, ou 0 pour que tout soit gardé. Ce qui est libéré se règle comme le reste."
        )
        return base.money(_("Ce qui serait libéré"), name="amount_cents", zero=True, description=words)

    def decided(self) -> colander.SchemaNode:
        """Return the field of a decision."""
        words = _("Tout, une partie, ou 0 pour que tout soit gardé. La décision s’applique aussitôt.")
        return base.money(_("Ce qui est libéré"), name="amount_cents", zero=True, description=words)

    def outcome(self, values: Mapping[str, Any]) -> Outcome:
        """Return the outcome that was typed."""
        return Outcome(release_cents=values["amount_cents"])

    def first_values(self, known: Any = None) -> dict[str, Any]:
        """Return the form filled in with the amount on the table, else with all that is held."""
        return {"amount_cents": self.held_cents if known is None else known.amount_cents}


def said(values: Mapping[str, Any], most_bytes: int) -> Said:
    """Return what was typed, with the files: no more of them, and of each, than shows there is too much."""
    uploads = list(values.get("files") or ())[: MOST_FILES + 1]
    proofs = [Proof(upload.filename, upload.file.read(most_bytes + 1)) for upload in uploads]
    return Said(values["text"], values["request_key"], proofs, most_bytes)


def _add_files(schema: base.Schema, speech: Any, most_bytes: int) -> None:
    words = speech.text(KINDS, most_mb=most_bytes // 1024**2, most=MOST_FILES)
    schema.add(base.uploads(_("Pièces jointes"), accept=ACCEPT, description=words, name="files"))
    schema.add(base.request_key(name="request_key"))


def _share_of(part: DeliveryLine) -> str:
    return f"part_{part.id}"
