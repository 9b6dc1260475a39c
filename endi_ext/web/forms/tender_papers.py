"""Forms of a tender's papers, steps, questions and parts, and of the cooperative's own papers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ...tenders import proposal
from ...tenders.calendar import Arranged, Step
from ...tenders.models import Tender
from ...tenders.paper_models import ProposalPart
from ...tenders.papers import Sent
from ...tenders.proposal import Plan, Written
from ...tenders.workflow import ACCEPTED
from .. import paper_words
from ..i18n import _
from . import base
from .disputes import ACCEPT

KINDS = _("PDF, photos, documents et classeurs sans macros, texte : {most_mb} Mo au plus.")
YES, NO = "yes", "no"
KEEP, DROP = "keep", "drop"


def paper_schema(speech: Any, most_bytes: int, *, has_term: bool) -> base.Schema:
    """Return the form that provides a paper."""
    schema = base.Schema()
    schema.add(_file(speech, most_bytes, title=_("Fichier")))
    term = _("La date écrite sur la pièce ; la liste prévient si elle tombe avant la remise des offres.")
    if has_term:
        schema.add(base.day(_("Valable jusqu’au"), name="valid_until", missing=None, description=term))
    return schema


def sent(values: Mapping[str, Any], most_bytes: int) -> Sent:
    """Return the file that was sent: no more of it than shows there is too much."""
    upload = values["file"]
    content = upload.file.read(most_bytes + 1)
    return Sent(upload.filename, content, values.get("valid_until"), most_bytes)


def new_paper_schema(tender: Tender) -> base.Schema:
    """Return the form that adds a paper to a tender's checklist."""
    schema = base.Schema()
    schema.add(
        base.text(_("Pièce"), longest=300, name="label", description=_("Par exemple : plan de prévention"))
    )
    schema.add(_member(tender, _("Qui la fournit"), _("L’équipe")))
    schema.add(base.request_key(name="request_key"))
    return schema


def step_schema(tender: Tender, step: Step | None) -> base.Schema:
    """Return the form that arranges a step: a new one, a usual one or one of the team's own."""
    schema = base.Schema()
    if step is None or step.label:
        schema.add(base.text(_("Étape"), longest=300, name="label"))
    schema.add(base.day(_("Date"), name="on", missing=None))
    if tender.deadline is not None:
        words = _("Sans date : la date suit la date limite, même si l’acheteur la déplace.")
        title = _("Ou nombre de jours avant la date limite")
        schema.add(base.days(title, name="days_before", missing=None, description=words))
    schema.add(_member(tender, _("Qui s’en charge"), _("Qui mène la réponse")))
    if step is None:
        schema.add(base.request_key(name="request_key"))
    return schema


def arranged(values: Mapping[str, Any]) -> Arranged:
    """Return how a step is arranged."""
    chosen = _chosen(values)
    return Arranged(values.get("label", ""), values["on"], values.get("days_before"), chosen)


def step_values(step: Step) -> dict[str, Any]:
    """Return what the form of a step shows first."""
    by_day = step.row is not None and step.row.on is not None
    values = {
        "label": step.label,
        "on": step.on if by_day else None,
        "days_before": None if by_day else step.days_before,
        "member": str(step.member.id) if step.member else "",
    }
    return {name: value for name, value in values.items() if value is not None}


def question_schema(*, new: bool) -> base.Schema:
    """Return the form of a question."""
    schema = base.Schema()
    words = _("L’acheteur répond à tous les candidats : n’y dites rien de votre offre.")
    schema.add(base.text(_("Question"), longest=4000, rows=5, name="text", description=words))
    if new:
        schema.add(base.request_key(name="request_key"))
    return schema


def asked_schema(today: date) -> base.Schema:
    """Return the form that says when a question was asked."""
    schema = base.Schema()
    schema.add(base.day(_("Posée le"), name="on", default=today))
    return schema


def answer_schema(today: date) -> base.Schema:
    """Return the form of the buyer's answer."""
    schema = base.Schema()
    schema.add(base.text(_("Réponse de l’acheteur"), longest=20_000, rows=8, name="text"))
    schema.add(base.day(_("Reçue le"), name="on", default=today))
    return schema


def plan_schema(tender: Tender, *, new: bool, count: int) -> base.Schema:
    """Return the form of what is asked of a part."""
    schema = base.Schema()
    schema.add(base.text(_("Titre"), longest=300, name="title"))
    schema.add(base.text(_("Ce qu’il doit y avoir"), longest=2000, rows=3, missing="", name="guidance"))
    schema.add(_member(tender, _("Qui l’écrit"), _("Personne en particulier")))
    schema.add(base.day(_("Pour le"), name="due_on", missing=None))
    if new:
        schema.add(base.request_key(name="request_key"))
    else:
        places = [(str(place), str(place)) for place in range(1, count + 1)]
        schema.add(base.choice(_("Place dans le mémoire"), places, name="position"))
    return schema


def plan(values: Mapping[str, Any]) -> Plan:
    """Return what is asked of a part."""
    place = int(values["position"]) if "position" in values else None
    return Plan(values["title"], values["guidance"], _chosen(values), values["due_on"], place)


def plan_values(part: ProposalPart, place: int) -> dict[str, Any]:
    """Return what the form of a part's plan shows first."""
    values = {"title": part.title, "guidance": part.guidance, "due_on": part.due_on}
    values["member"] = str(part.member_id) if part.member_id else ""
    values["position"] = str(place)
    return {name: value for name, value in values.items() if value is not None}


def part_schema(speech: Any, part: ProposalPart, most_bytes: int) -> base.Schema:
    """Return the form that writes a part."""
    schema = base.Schema()
    words = _("Votre texte, tel qu’il paraîtra. Laissez une ligne vide entre deux paragraphes.")
    schema.add(base.text(_("Texte"), longest=60_000, rows=18, missing="", name="text", description=words))
    title = _("Remplacer le fichier") if part.file else _("Ou un fichier")
    schema.add(_file(speech, most_bytes, title=title, missing=None))
    if part.file:
        kept = ((KEEP, _("Garder le fichier joint")), (DROP, _("Retirer le fichier joint")))
        schema.add(base.choice(_("Fichier joint"), kept, name="kept", default=KEEP, missing=KEEP))
    states = [(state, paper_words.PART[state].label) for state in proposal.STATES]
    schema.add(base.choice(_("Où en êtes-vous ?"), states, name="state"))
    schema.add(base.hidden_integer(name="revision"))
    return schema


def written(values: Mapping[str, Any], most_bytes: int) -> Written:
    """Return what someone wrote."""
    file = sent(values, most_bytes) if values.get("file") is not None else None
    dropped = values.get("kept") == DROP
    return Written(values["text"], values["state"], values["revision"], file, without_file=dropped)


def kind_schema(*, new: bool) -> base.Schema:
    """Return the form of a paper of the cooperative's list."""
    schema = base.Schema()
    schema.add(base.text(_("Pièce"), longest=300, name="label"))
    if new:
        who = [(one, paper_words.WHO[one]) for one in paper_words.WHO]
        schema.add(base.choice(_("Qui la fournit"), who, name="who"))
    has_term = ((YES, _("Oui")), (NO, _("Non")))
    schema.add(base.choice(_("A-t-elle une date de validité ?"), has_term, name="has_term", default=YES))
    if new:
        schema.add(base.request_key(name="request_key"))
    return schema


def kind_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed of a paper of the list."""
    return {**values, "has_term": values["has_term"] == YES}


def _file(speech: Any, most_bytes: int, *, title: str, **options: Any) -> Any:
    words = speech.text(KINDS, most_mb=most_bytes // 1024**2)
    return base.upload(title, accept=ACCEPT, description=words, name="file", **options)


def _member(tender: Tender, title: str, nobody: str) -> Any:
    team = [(str(one.id), one.name) for one in _counted(tender)]
    return base.choice(title, [("", nobody), *team], name="member", missing="", default="")


def _counted(tender: Tender) -> Sequence[Any]:
    return [one for one in tender.members if one.state == ACCEPTED and one.role != "adviser"]


def _chosen(values: Mapping[str, Any]) -> int | None:
    return int(values["member"]) if values.get("member") else None
