"""The end of a tender: what to do instead."""

from ..i18n import _

_NOT_SUBMITTED = _("Notez d’abord le dépôt de l’offre : le résultat vient après.")
_AFTER_A_WIN = _("Les accords se préparent une fois un lot gagné : notez d’abord le résultat.")
_ENDED = _("Cette réponse est abandonnée : rouvrez-la d’abord si l’équipe y revient.")
_LEAD = _("C’est à la personne qui mène la réponse de le faire : écrivez-lui.")

STATES = {
    ("tender", "note_result", "preparing"): _NOT_SUBMITTED,
    ("tender", "note_result", "answering"): _NOT_SUBMITTED,
    ("tender", "note_result", "abandoned"): _ENDED,
    **{
        ("tender", action, state): _AFTER_A_WIN
        for action in ("send_agreements", "link_deal")
        for state in ("preparing", "answering", "submitted", "lost")
    },
    **{("tender", action, "abandoned"): _ENDED for action in ("send_agreements", "link_deal")},
}
ROLES = {
    ("tender", action, "*"): _LEAD
    for action in (
        "submit", "take_back", "win", "lose", "note_result", "correct_outcome", "abandon", "send_agreements",
        "link_deal",
    )
}  # fmt: skip
MESSAGES = {
    "shares_incomplete": _(
        "Le prix n’est pas entièrement réparti : il reste {unassigned_cents}, ou des lignes sans prix. "
        "Complétez le bordereau et les parts avant de noter le dépôt : après, plus rien ne change."
    ),
    "submitted_in_future": _("Un dépôt ne se note qu’une fois fait : cette date est dans l’avenir."),
    "decided_in_future": _("Cette date est dans l’avenir : notez le résultat une fois connu."),
    "lot_not_answered": _("L’équipe n’a pas répondu au lot « {lot} » : il n’a pas de résultat à noter."),
    "lot_decided": _(
        "Le résultat du lot « {lot} » est déjà noté. S’il a changé, choisissez d’abord « Corriger le "
        "résultat »."
    ),
    "rank_impossible": _(
        "Ce classement ne va pas avec le reste : premier quand le lot est gagné, et jamais au-delà du nombre "
        "d’offres reçues."
    ),
    "two_winners": _("Un lot n’a qu’un attributaire : vérifiez qui l’a gagné."),
    "agreements_stand": _(
        "Des accords de l’équipe sont envoyés ou signés ({count}) : retirez-les d’abord, ou mettez-y fin "
        "avec vos partenaires."
    ),
    "nothing_to_agree": _("Aucun accord n’est à envoyer : chacun a déjà le sien, ou n’a pas de part."),
    "deal_unknown": _("Cette affaire n’est pas l’une des vôtres : choisissez-en une dans la liste."),
}
