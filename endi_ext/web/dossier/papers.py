"""The other documents of the dossier: checklist, technical proposal, and the index of it all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ...tenders.bids import Bid
from .. import formatting
from . import common
from .blocks import Block, Document, Fact, Hint, Rubric, Said, Table

STATES = {
    "missing": "À fournir",
    "provided": "Fournie, à vérifier",
    "checked": "Vérifiée",
    "not_needed": "Sans objet",
    "made": "Faite par le dossier",
}
FOR_ALL = {"cooperative": "Coopérative", "team": "Équipe"}


def checklist(bid: Bid, items: Sequence[Any]) -> Document:
    """Return the checklist as it stands: a document of the team."""
    rows = [
        (
            item.label,
            item.member.name if item.member is not None else FOR_ALL.get(item.who, ""),
            STATES.get(item.state, item.state) + (" – expire avant la remise" if item.expires else ""),
            formatting.day(item.valid_until) if item.valid_until else "",
            item.checked_by,
        )
        for item in items
    ]
    deadline = bid.tender.deadline
    head = ("Pièce", "Qui la fournit", "Où elle en est", "Valable jusqu’au", "Vérifiée par")
    blocks: list[Block] = [
        Fact("Date limite de remise", "" if deadline is None else formatting.moment(deadline)),
        Table(head, rows, widths=(34, 18, 20, 13, 15)) if rows else Said("Aucune pièce n’est demandée."),
    ]
    return common.paper("Liste de contrôle des pièces", bid, blocks, internal=True)


def proposal(bid: Bid, parts: Sequence[Any]) -> Document:
    """Return the technical proposal: its parts in order, and which of them are files of their own."""
    blocks: list[Block] = []
    for place, part in enumerate(parts, start=1):
        blocks.append(Rubric(f"{place}. {part.title}"))
        blocks += [Said(text) for text in (part.text or "").split("\n\n") if text.strip()]
        if part.file is not None:
            blocks.append(Hint(f"Fichier joint : {part.file.name}"))
        elif not part.text:
            blocks.append(Fact("À écrire"))
    return common.paper("Mémoire technique", bid, blocks or [Said("Aucune partie n’est encore prévue.")])


def index(bid: Bid, files: Sequence[Any], made_at: datetime) -> Document:
    """Return what the dossier holds, file by file, folder by folder."""
    tender = bid.tender
    blocks: list[Block] = [
        Fact("Acheteur", tender.buyer_name),
        Fact("Référence", tender.reference),
        Fact("Date limite de remise", "" if tender.deadline is None else formatting.moment(tender.deadline)),
        Fact("Candidat", bid.identity.name),
        Fact("Dossier constitué le", formatting.moment(made_at)),
    ]
    folders = dict.fromkeys(file.folder for file in files)
    for folder in folders:
        rows = [(file.name, file.label, _weight(file.size)) for file in files if file.folder == folder]
        blocks += [
            Rubric(folder),
            Table(("Fichier", "Contenu", "Taille"), rows, numbers=(2,), widths=(46, 40, 14)),
        ]
    blocks.append(
        Hint(
            "SHA256SUMS.txt donne l’empreinte SHA-256 de chaque fichier, sommaire compris : « sha256sum -c "
            "SHA256SUMS.txt » les vérifie. Un fichier que vous complétez ou signez change d’empreinte."
        )
    )
    return common.paper("Sommaire du dossier", bid, blocks, internal=True)


def _weight(size: int) -> str:
    return f"{max(1, round(size / 1024))} Ko"
