"""The team of a tender and its decision: what to do instead."""

from ..i18n import _
from .words import ANY

_ASK_THE_LEAD = _("C’est à la personne qui mène la réponse de le faire : écrivez-lui.")
_EACH_FOR_ONESELF = _(
    "Chacun répond pour soi : demandez-lui de le faire depuis sa page. Pour une entreprise extérieure, c’est "
    "à la personne qui mène la réponse de noter ce qu’elle a dit."
)
_HAND_OVER_FIRST = _(
    "Vous menez cette réponse : confiez-la d’abord à quelqu’un de l’équipe, depuis la page de l’équipe."
)

STATES = {
    ("member", ANY, "invited"): _(
        "Cette invitation attend une réponse : la personne invitée accepte ou décline, et l’invitation peut "
        "être modifiée ou retirée d’ici là."
    ),
    ("member", ANY, "accepted"): _(
        "Cette personne est dans l’équipe : elle peut la quitter, et la personne qui mène la réponse peut "
        "l’en retirer en disant pourquoi."
    ),
    ("member", ANY, "declined"): _(
        "Cette invitation a été déclinée : si cela change, la personne qui mène la réponse peut inviter de "
        "nouveau."
    ),
    ("member", ANY, "removed"): _(
        "Cette personne a été retirée de l’équipe : si cela change, la personne qui mène la réponse peut "
        "l’inviter de nouveau."
    ),
    ("member", ANY, "left"): _(
        "Cette personne a quitté l’équipe : si cela change, la personne qui mène la réponse peut l’inviter "
        "de nouveau."
    ),
}

ROLES = {
    **{("member", action, ANY): _EACH_FOR_ONESELF for action in ("accept", "decline", "leave", "speak")},
    **{
        ("member", action, ANY): _ASK_THE_LEAD for action in ("change", "remove", "hand_over", "invite_again")
    },
    ("member", "hand_over", "for_outside"): _(
        "Une entreprise extérieure n’a pas d’accès ici : elle ne peut pas mener la réponse. Confiez-la à "
        "quelqu’un de la coopérative."
    ),
    **{
        ("member", action, "head"): _HAND_OVER_FIRST
        for action in ("accept", "decline", "leave", "change", "remove", "hand_over", "invite_again")
    },
}

MESSAGES = {
    "team_is_fixed": _(
        "L’équipe ne change plus : l’offre est déposée, ou la réponse est terminée. Écrivez à la personne "
        "qui la mène."
    ),
    "already_in_the_team": _(
        "{name} est déjà dans l’équipe ou a déjà une invitation : modifiez-la depuis la page de l’équipe."
    ),
    "already_invited_firm": _(
        "{name} est déjà dans l’équipe sous ce SIRET : modifiez son invitation depuis la page de l’équipe."
    ),
    "wrong_siret": _(
        "Ce n’est pas un numéro SIRET : vérifiez ses quatorze chiffres sur un papier de l’entreprise."
    ),
    "own_siret": _(
        "C’est le SIRET de votre coopérative : qui y travaille s’invite par son enseigne, depuis « Trouver "
        "des partenaires »."
    ),
    "outside_cannot_lead": _(
        "Une entreprise extérieure n’a pas d’accès ici : elle ne peut pas mener la réponse. Choisissez un "
        "autre rôle."
    ),
    "party_cannot_be_invited": _(
        "{name} n’exerce plus dans la coopérative. Si c’est une entreprise extérieure, invitez-la par son "
        "SIRET."
    ),
    "answer_day_is_over": _("Cette date est passée : choisissez aujourd’hui ou plus tard."),
    "answer_day_too_late": _(
        "Cette date est après la date limite de l’acheteur : laissez à l’équipe le temps de préparer la "
        "réponse."
    ),
    "role_is_agreed": _(
        "{name} a accepté ce rôle : pour le changer, retirez cette personne de l’équipe, puis invitez-la de "
        "nouveau."
    ),
    "decision_is_closed": _(
        "L’équipe a décidé : pour changer la règle, la date ou les critères, revenez d’abord sur la décision."
    ),
    "positions_are_closed": _(
        "Le dernier jour pour s’exprimer était le {closes_on} : demandez à la personne qui mène la réponse "
        "de le repousser, ou de conclure."
    ),
    "rule_is_fixed": _(
        "Quelqu’un s’est déjà exprimé sous cette règle : elle ne change plus. Vous pouvez encore changer la "
        "date."
    ),
    "closes_too_late": _(
        "Cette date est après la date limite de l’acheteur : laissez à l’équipe le temps de préparer la "
        "réponse."
    ),
    "closes_in_the_past": _("Cette date est passée : choisissez aujourd’hui ou plus tard."),
    "not_in_the_decision": _("{name} n’est pas encore dans l’équipe : sa position viendra après son accord."),
    "not_decided_yet": _(
        "La règle ne tranche pas encore. Réponses attendues : {missing}. Attendez-les, ou donnez un dernier "
        "jour."
    ),
    "rule_says_otherwise": _(
        "La règle dit le contraire : concluez comme l’équipe l’a dit. Une réponse décidée peut être "
        "abandonnée ensuite, avec un motif."
    ),
    "score_out_of_range": _("Une note va de 1 à 5."),
    "criterion_twice": _("« {label} » est là deux fois : gardez une seule ligne."),
    "available_in_the_past": _("Cette date est passée : choisissez aujourd’hui ou plus tard."),
}
