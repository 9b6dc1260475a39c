"""Forms of a tender's team, of its decision and of what trading units say of themselves."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import colander

from ...kernel.parties import Party
from ...tenders import ballots, members, profiles
from ...tenders.criteria import Grid, Wanted
from ...tenders.decision_models import Criterion
from ...tenders.models import Member
from .. import team_words
from ..i18n import _
from . import base, widgets

NO_SCORE = "-"
SCORES = (
    (NO_SCORE, _("Sans avis")),
    ("1", _("1 – défavorable")),
    ("2", "2"),
    ("3", _("3 – neutre")),
    ("4", "4"),
    ("5", _("5 – favorable")),
)
VIAS = (
    (members.FIRM, _("Une entreprise")),
    (members.COOPERATIVE, _("Un membre d’une autre coopérative (SIRET de sa coopérative)")),
)
MOST_WEIGHT = 10
TOO_HEAVY = _("Un poids va de 1 à 10.")


def invitation_schema(parties: Sequence[Party], chosen: Party | None) -> base.Schema:
    """Return the form that invites a party of the cooperative."""
    schema = base.Schema()
    given = {"default": chosen} if chosen is not None else {}
    schema.add(base.party(_("Qui invitez-vous ?"), parties, name="party", **given))
    for node in _terms((members.MEMBER, members.ADVISER, members.LEAD)):
        schema.add(node)
    return schema


def firm_schema() -> base.Schema:
    """Return the form that notes a firm outside."""
    schema = base.Schema()
    schema.add(base.choice(_("Qui est-ce ?"), VIAS, name="via"))
    schema.add(base.text(_("Nom"), name="name"))
    siret = _("Quatorze chiffres, sur tout papier de l’entreprise.")
    schema.add(base.text(_("SIRET"), longest=20, name="siret", description=siret))
    schema.add(base.text(_("Adresse électronique"), name="email", missing=""))
    for node in _terms((members.MEMBER, members.ADVISER)):
        schema.add(node)
    return schema


def change_schema(member: Member) -> base.Schema:
    """Return the form that changes what someone is asked."""
    if member.state == "invited":
        return again_schema(member)
    schema = base.Schema()
    for node in _terms((), agreed=True):
        schema.add(node)
    return schema


def again_schema(member: Member) -> base.Schema:
    """Return the form that invites someone again."""
    roles = (
        (members.MEMBER, members.ADVISER)
        if member.outside
        else (members.MEMBER, members.ADVISER, members.LEAD)
    )
    schema = base.Schema()
    for node in _terms(roles):
        schema.add(node)
    return schema


def nothing_to_type() -> base.Schema:
    """Return the form that only asks for a confirmation."""
    return base.Schema()


def reason_schema(title: str, *, optional: bool = False) -> base.Schema:
    """Return the form that asks why."""
    options: dict[str, Any] = {"missing": ""} if optional else {}
    schema = base.Schema()
    schema.add(base.text(title, longest=1500, rows=4, name="reason", **options))
    return schema


def statement_schema(*, needed: bool) -> base.Schema:
    """Return the form that closes a decision."""
    options: dict[str, Any] = {} if needed else {"missing": ""}
    schema = base.Schema()
    schema.add(base.text(_("Ce que l’équipe retient"), longest=1500, rows=4, name="statement", **options))
    return schema


def arrange_schema() -> base.Schema:
    """Return the form that chooses the rule and the last day."""
    schema = base.Schema()
    schema.add(base.choice(_("Règle"), tuple(team_words.RULES.items()), name="rule"))
    last = _("Ce jour compris. Vide : jusqu’à ce que vous concluiez.")
    schema.add(base.day(_("Dernier jour pour s’exprimer"), name="closes_on", missing=None, description=last))
    return schema


def position_schema(criteria: Sequence[Criterion]) -> base.Schema:
    """Return the form by which someone takes a position, and scores the criteria."""
    schema = base.Schema()
    stances = [(stance, team_words.STANCES[stance].label) for stance in ballots.STANCES]
    schema.add(base.choice(_("Faut-il répondre ?"), (("", _("Choisissez")), *stances), name="stance"))
    why = _("Lu par toute l’équipe ; vous pouvez changer d’avis jusqu’à la conclusion.")
    schema.add(base.text(_("Pourquoi"), longest=1500, rows=4, name="reason", description=why))
    if criteria:
        schema.add(_scores(criteria))
    return schema


def scores_of(values: Mapping[str, Any]) -> dict[int, int]:
    """Return the score of each criterion that was given one."""
    given = values.get("scores", {})
    return {int(name.rpartition("_")[2]): int(value) for name, value in given.items() if value != NO_SCORE}


def score_values(member: Member, grid: Grid) -> dict[str, Any]:
    """Return what fills the scores of someone."""
    given = {
        _field(row.criterion): str(row.scores[member.id]) for row in grid.rows if member.id in row.scores
    }
    return {"scores": given} if grid.rows else {}


def criteria_schema() -> base.Schema:
    """Return the form of the grid of criteria."""
    row = colander.MappingSchema(name="row", title="")
    row.add(base.text(_("Critère"), name="label"))
    row.add(_weight())
    row.add(base.hidden_integer(name="key", missing=None))
    rows = colander.SequenceSchema(
        row,
        name="criteria",
        title=_("Critères"),
        description=_("Un poids va de 1 à 10 ; une ligne vidée disparaît avec ses notes."),
        widget=widgets.RowsWidget(),
        missing=(),
    )
    schema = base.Schema()
    schema.add(rows)
    return schema


def criteria_values(criteria: Sequence[Criterion], speech: Any) -> dict[str, Any]:
    """Return what fills the grid: what there is, else what we propose."""
    if criteria:
        rows = [{"label": one.label, "weight": one.weight, "key": one.id} for one in criteria]
    else:
        rows = [{"label": speech.text(text), "weight": weight} for text, weight in team_words.USUAL_CRITERIA]
    return {"criteria": rows}


def wanted_of(values: Mapping[str, Any]) -> list[Wanted]:
    """Return the criteria that were typed."""
    return [Wanted(row["label"], row["weight"], row["key"]) for row in values["criteria"]]


def profile_schema() -> base.Schema:
    """Return the form by which a party says what it offers to teams."""
    skills = _(
        "Ce que vous savez faire, vos références, vos qualifications : des mots que d’autres chercheront."
    )
    area = _("Vos départements et villes, par exemple : 38, 73, Lyon, à distance.")
    choices = tuple((key, team_words.AVAILABILITY[key].label) for key in profiles.AVAILABILITIES)
    back = _("Si votre carnet est plein : à partir de ce jour, vous serez de nouveau affiché disponible.")
    schema = base.Schema()
    schema.add(
        base.text(_("Compétences"), longest=2000, rows=5, name="skills", missing="", description=skills)
    )
    schema.add(base.text(_("Où vous travaillez"), longest=300, name="area", missing="", description=area))
    schema.add(base.choice(_("Disponibilité"), choices, name="availability"))
    schema.add(base.day(_("Disponible à partir du"), name="available_from", missing=None, description=back))
    schema.add(base.text(_("À savoir"), longest=500, rows=2, name="note", missing=""))
    return schema


def usual_day(today: date, deadline: date | None, days: int) -> date | None:
    """Return the day we propose to answer by: in some days, before the buyer's deadline."""
    usual = date.fromordinal(today.toordinal() + days)
    if deadline is None or usual < deadline:
        return usual
    return deadline if deadline >= today else None


def _terms(roles: Sequence[str], *, agreed: bool = False) -> list[colander.SchemaNode]:
    """Return role, mission and day to answer; of who accepted only the mission may change."""
    named = tuple(
        (role, team_words.ASKED_TO_LEAD if role == "lead" else team_words.ROLES[role]) for role in roles
    )
    mission = _("Ce que vous attendez de cette personne, en une phrase.")
    nodes = [base.text(_("Mission"), longest=500, rows=2, name="mission", missing="", description=mission)]
    if not agreed:
        nodes.insert(0, base.choice(_("Rôle"), named, name="role"))
        nodes.append(base.day(_("Réponse attendue au plus tard le"), name="answer_by", missing=None))
    return nodes


def _weight() -> colander.SchemaNode:
    node = base.days(
        _("Poids"), name="weight", validator=colander.Range(1, MOST_WEIGHT, TOO_HEAVY, TOO_HEAVY)
    )
    node.widget = widgets.NumberWidget()
    return node


def _scores(criteria: Sequence[Criterion]) -> colander.SchemaNode:
    """Return one choice for each criterion, folded away until somebody scores."""
    group = colander.MappingSchema(
        name="scores",
        title=_("Noter les critères de la grille"),
        widget=widgets.DetailsWidget(),
        missing={},
        default={},
    )
    for one in criteria:
        group.add(base.choice(str(one.label), SCORES, name=_field(one), missing=NO_SCORE))
    return group


def _field(criterion: Criterion) -> str:
    return f"criterion_{criterion.id}"
