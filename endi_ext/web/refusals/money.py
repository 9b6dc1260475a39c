"""Refused steps of what is held back and of final accounts, and what to do instead."""

from ..i18n import _
from .words import ANY

_RELEASED = _(
    "Cette retenue est déjà libérée : ce qui était retenu se règle comme le reste. En cas de défaut, écrivez "
    "à votre partenaire et prévenez la comptabilité."
)
_BUYER_DECIDES = _(
    "C’est à qui a confié le travail de libérer la retenue ou de s’y opposer : écrivez-lui, ou prévenez la "
    "comptabilité."
)

STATES = {
    ("retention", ANY, "released"): _RELEASED,
    ("retention", "lift", "held"): _(
        "Personne ne s’oppose à cette libération : la retenue sera libérée comme prévu, ou dès maintenant si "
        "vous le voulez."
    ),
    ("retention", ANY, "held"): _(
        "Cette retenue sera libérée à sa date, ou quand la réception sera prononcée : attendez-la, ou "
        "libérez-la dès maintenant."
    ),
    ("retention", ANY, "contested"): _(
        "La libération de cette retenue est contestée : lisez le motif, puis levez l’opposition pour qu’elle "
        "soit libérée."
    ),
    # What had nothing held back, or holds nothing any more because its exchange was cancelled.
    **{
        ("retention", ANY, state): _("Rien n’est retenu sur cet échange : il n’y a rien à libérer.")
        for state in ("open", "partly_settled", "settled", "cancelled")
    },
    ("subcontract", "pronounce_acceptance", "agreed"): _(
        "Tout n’est pas encore livré et accepté : la réception se prononce à la fin du travail. D’ici "
        "là, vous pouvez libérer une retenue sans attendre."
    ),
    ("final_account", ANY, "proposed"): _(
        "Ce décompte général attend une réponse : signez-le, ou refusez-le en disant pourquoi."
    ),
    ("final_account", ANY, "signed"): _(
        "Ce décompte général est déjà signé des deux parties : le travail est clos, il n’y a plus rien à "
        "faire."
    ),
    ("final_account", ANY, "refused"): _(
        "Ce décompte général a été refusé : lisez le motif, puis établissez-en un autre."
    ),
    ("final_account", ANY, "withdrawn"): _(
        "Ce décompte général a été retiré : établissez-en un autre quand vous serez prêt."
    ),
}

ROLES = {
    **{
        ("retention", action, ANY): _BUYER_DECIDES
        for action in ("release", "release_in_part", "contest", "lift")
    },
    ("subcontract", "pronounce_acceptance", ANY): _(
        "La réception est prononcée par qui a confié le travail : demandez-lui de le faire depuis sa page."
    ),
    ("final_account", "sign", ANY): _(
        "Le décompte général se signe par la partie qui ne l’a pas établi : attendez sa réponse, ou "
        "écrivez-lui."
    ),
    ("final_account", "refuse", ANY): _(
        "On ne refuse pas un décompte que l’on a établi : retirez-le, puis établissez-en un autre."
    ),
    ("final_account", "withdraw", ANY): _(
        "Seul son auteur retire un décompte général : refusez-le en disant ce qui ne va pas."
    ),
}
