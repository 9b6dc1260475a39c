"""Forms of questions: whom to ask what, and the answer with its files."""

from collections.abc import Sequence
from typing import Any

from ...kernel.parties import Party
from ...reconciliation.question_messages import MOST_FILES, Joined
from ...subcontracts import proofs
from ..i18n import _
from . import base
from .disputes import ACCEPT

KINDS = _(
    "PDF, photos, documents et classeurs sans macros, texte : {most_mb} Mo au plus par fichier, {most} "
    "fichiers par question."
)
MOST_IN_A_LIST = 12


def asking_schema(parties: Sequence[Party], subject: str, subject_id: int) -> base.Schema:
    """Return the form that asks one of `parties` something."""
    schema = base.Schema()
    if 0 < len(parties) <= MOST_IN_A_LIST:
        known = [(str(party.id), party.name) for party in parties]
        schema.add(base.choice(_("À qui la poser"), known, name="party", default=known[0][0]))
    else:
        schema.add(base.party(_("À qui la poser"), parties, name="party"))
    words = _("L’enseigne la trouvera dans « À traiter » et recevra une lettre.")
    schema.add(base.text(_("Votre question"), longest=4000, rows=5, name="text", description=words))
    schema.add(base.hidden_text(name="subject", default=subject))
    schema.add(base.hidden_integer(name="id", default=subject_id))
    schema.add(base.request_key(name="request_key"))
    return schema


def chosen(parties: Sequence[Party], value: Any) -> Party:
    """Return the party that was chosen."""
    return value if isinstance(value, Party) else next(one for one in parties if str(one.id) == value)


def again_schema() -> base.Schema:
    """Return the form that asks more."""
    schema = base.Schema()
    schema.add(base.text(_("Votre nouvelle question"), longest=4000, rows=4, name="text"))
    schema.add(base.request_key(name="request_key"))
    return schema


def answer_schema(speech: Any, most_bytes: int) -> base.Schema:
    """Return the form of an answer: a text, files, or both."""
    schema = base.Schema()
    schema.add(base.text(_("Votre réponse"), longest=4000, rows=5, missing="", name="text"))
    words = speech.text(KINDS, most_mb=most_bytes // 1024**2, most=MOST_FILES)
    schema.add(base.uploads(_("Pièces jointes"), accept=ACCEPT, description=words, name="files"))
    schema.add(base.request_key(name="request_key"))
    return schema


def joined(uploads: Sequence[Any], most_bytes: int) -> list[Joined]:
    """Return uploaded files, what they are told by their content.

    No more of each, and of them, than shows there is too much. Raises what proofs.kind_of does.
    """
    found = []
    for upload in list(uploads or ())[: MOST_FILES + 1]:
        proof = proofs.Proof(upload.filename, upload.file.read(most_bytes + 1))
        kind = proofs.kind_of(proof, most_bytes=most_bytes)
        found.append(Joined(proofs.name_for(proof.filename, kind), kind, proof.content))
    return found
