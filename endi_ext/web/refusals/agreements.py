"""Refused steps of an agreement and of its amendments, and what to do instead."""

from ..i18n import _
from .words import ANY

STATES = {
    ("subcontract", ANY, "proposed"): _(
        "Rien n’est encore convenu : il faut d’abord que les deux parties signent la même version. Répondez "
        "à la proposition, ou attendez la réponse de votre partenaire."
    ),
    ("subcontract", ANY, "agreed"): _(
        "C’est déjà accepté par les deux parties : pour changer quelque chose, proposez un avenant."
    ),
    ("subcontract", "reopen", "agreed"): _(
        "Cette sous-traitance est déjà en cours : continuez d’y livrer et d’y accepter le travail."
    ),
    ("subcontract", "draw_up_final_account", "agreed"): _(
        "Tout n’est pas encore livré et accepté : terminez le travail, ou réduisez-le par un avenant, puis "
        "établissez le décompte général."
    ),
    ("subcontract", "sign_final_account", "agreed"): _(
        "Le travail est de nouveau en cours : le décompte général se signera quand tout sera livré et "
        "accepté."
    ),
    ("subcontract", ANY, "completed"): _(
        "C’est terminé : tout est livré et accepté, ou l’accord a pris fin. Pour du travail en plus, "
        "proposez un avenant ou une nouvelle sous-traitance."
    ),
    ("subcontract", "declare_delivery", "completed"): _(
        "Tout est déjà livré et accepté : pour livrer du travail en plus, proposez d’abord un avenant."
    ),
    ("subcontract", ANY, "closed"): _(
        "Le décompte général est signé des deux parties : ce travail est clos. Pour un autre travail, "
        "proposez une nouvelle sous-traitance."
    ),
    ("subcontract", ANY, "declined"): _(
        "La proposition a été refusée : lisez le motif dans l’historique, puis faites-en une nouvelle."
    ),
    ("subcontract", ANY, "withdrawn"): _(
        "La proposition a été retirée par son auteur : écrivez-lui, ou faites-en une nouvelle."
    ),
    ("subcontract", ANY, "expired"): _(
        "La date limite pour répondre est passée, la proposition ne vaut plus : faites-en une nouvelle, ou "
        "demandez à votre partenaire de la refaire."
    ),
    **{
        ("subcontract", action, state): _(
            "Seul un accord-cadre se commande et s’arrête ainsi : pour changer ou finir ce travail plus tôt, "
            "proposez un avenant."
        )
        for action in ("call_off", "end")
        for state in ("agreed", "completed")
    },
    # Nothing is delivered on a frame agreement itself.
    ("frame", ANY, "proposed"): _(
        "L’accord-cadre n’est pas encore signé des deux parties : répondez à la proposition, ou attendez la "
        "réponse de votre partenaire."
    ),
    ("frame", ANY, "agreed"): _(
        "Un accord-cadre fixe des prix, rien ne s’y livre directement : commandez d’abord, puis livrez sur "
        "la commande. Pour changer un prix, proposez un avenant."
    ),
    ("frame", ANY, "completed"): _(
        "Cet accord-cadre a pris fin, les commandes déjà passées continuent : proposez-en un nouveau pour "
        "commander encore."
    ),
    ("frame", ANY, "declined"): _(
        "L’accord-cadre a été refusé : lisez le motif dans l’historique, puis faites une nouvelle "
        "proposition."
    ),
    ("frame", ANY, "withdrawn"): _(
        "L’accord-cadre a été retiré par son auteur : écrivez-lui, ou faites une nouvelle proposition."
    ),
    ("frame", ANY, "expired"): _(
        "La date limite pour répondre à cet accord-cadre est passée : faites une nouvelle proposition, ou "
        "demandez à votre partenaire de la refaire."
    ),
    # A proposed amendment refuses nothing by its state: only a role is wrong then.
    ("amendment", ANY, "proposed"): _(
        "L’avenant attend une réponse : signez-le, refusez-le ou répondez avec des changements."
    ),
    ("amendment", ANY, "agreed"): _(
        "L’avenant est déjà signé des deux parties : pour changer encore quelque chose, proposez-en un "
        "nouveau."
    ),
    ("amendment", ANY, "declined"): _(
        "L’avenant a été refusé : lisez le motif dans l’historique, puis proposez-en un autre."
    ),
    ("amendment", ANY, "withdrawn"): _(
        "L’avenant a été retiré par son auteur : proposez-en un autre si vous en avez besoin."
    ),
    ("amendment", ANY, "expired"): _(
        "La date limite pour répondre à cet avenant est passée : proposez-en un nouveau. L’accord, lui, "
        "continue sans changement."
    ),
}

_PARTNERS_ANSWER = _(
    "Seules les deux parties de cette sous-traitance y répondent : demandez-leur de le faire depuis leur "
    "page."
)
_BY_ITSELF = _("Cela se fait de soi-même quand le moment est venu : vous n’avez rien à faire.")

ROLES = {
    **{
        (subject, action, ANY): _PARTNERS_ANSWER
        for subject in ("subcontract", "amendment", "frame")
        for action in ("accept", "counter", "decline", "withdraw")
    },
    **{("subcontract", action, ANY): _BY_ITSELF for action in ("complete", "amend")},
    ("frame", "amend", ANY): _BY_ITSELF,
    ("subcontract", "accept", "proposer"): _(
        "Vous avez déjà signé votre proposition : attendez la réponse de votre partenaire, ou retirez-la."
    ),
    ("frame", "accept", "proposer"): _(
        "Vous avez déjà signé votre proposition : attendez la réponse de votre partenaire, ou retirez-la."
    ),
    ("subcontract", "counter", "proposer"): _(
        "Votre proposition attend une réponse : laissez un commentaire, ou retirez-la pour en faire une "
        "autre."
    ),
    ("frame", "counter", "proposer"): _(
        "Votre proposition attend une réponse : laissez un commentaire, ou retirez-la pour en faire une "
        "autre."
    ),
    ("subcontract", "decline", "proposer"): _(
        "On ne refuse pas sa propre proposition : retirez-la, votre partenaire en sera averti."
    ),
    ("frame", "decline", "proposer"): _(
        "On ne refuse pas sa propre proposition : retirez-la, votre partenaire en sera averti."
    ),
    ("subcontract", "withdraw", "answerer"): _(
        "Seul son auteur retire une proposition : refusez-la, ou répondez avec des changements."
    ),
    ("frame", "withdraw", "answerer"): _(
        "Seul son auteur retire une proposition : refusez-la, ou répondez avec des changements."
    ),
    ("subcontract", "expire", ANY): _(
        "Une proposition expire d’elle-même après sa date limite. Sans attendre : son auteur la retire, "
        "l’autre partie la refuse."
    ),
    ("frame", "expire", ANY): _(
        "Une proposition expire d’elle-même après sa date limite. Sans attendre : son auteur la retire, "
        "l’autre partie la refuse."
    ),
    ("subcontract", "reopen", ANY): _(
        "Une sous-traitance terminée se rouvre quand un comptable annule une acceptation : écrivez à "
        "l’équipe d’appui."
    ),
    ("subcontract", "declare_delivery", ANY): _(
        "C’est à qui réalise le travail de déclarer ses livraisons : demandez-le-lui."
    ),
    ("subcontract", "propose_amendment", ANY): _(
        "Un avenant est proposé par l’une des deux parties : demandez-leur de le faire depuis leur page."
    ),
    ("frame", "propose_amendment", ANY): _(
        "Un avenant est proposé par l’une des deux parties : demandez-leur de le faire depuis leur page."
    ),
    ("frame", "call_off", "seller"): _(
        "C’est à votre partenaire de commander : demandez-lui de passer la commande, elle vous engagera tous "
        "les deux aussitôt."
    ),
    ("frame", "call_off", ANY): _(
        "C’est à qui confie le travail de commander : demandez-lui de le faire depuis sa page."
    ),
    ("frame", "end", ANY): _(
        "Seules les deux parties mettent fin à leur accord : demandez-leur de le faire depuis leur page."
    ),
    ("subcontract", "draw_up_final_account", ANY): _(
        "Le décompte général est établi par l’une des deux parties : demandez-leur de le faire depuis leur "
        "page."
    ),
    ("subcontract", "sign_final_account", ANY): _(
        "Le décompte général se signe par la partie qui ne l’a pas établi : attendez sa réponse, ou "
        "écrivez-lui."
    ),
    ("amendment", "accept", "proposer"): _(
        "Vous avez déjà signé cet avenant : attendez la réponse de votre partenaire, ou retirez-le."
    ),
    ("amendment", "counter", "proposer"): _(
        "Votre avenant attend une réponse : laissez un commentaire, ou retirez-le pour en proposer un autre."
    ),
    ("amendment", "decline", "proposer"): _(
        "On ne refuse pas son propre avenant : retirez-le, votre partenaire en sera averti."
    ),
    ("amendment", "withdraw", "answerer"): _(
        "Seul son auteur retire un avenant : refusez-le, ou répondez avec des changements."
    ),
    ("amendment", "expire", ANY): _(
        "Un avenant expire de lui-même après sa date limite. Sans attendre : son auteur le retire, l’autre "
        "partie le refuse."
    ),
}

# What subcontracts/agreement_errors.py refuses.
MESSAGES = {
    "retention_too_high": _(
        "Une retenue de {rate_bp} dépasse ce que la coopérative permet : {most_bp} au plus. Baissez le taux."
    ),
    "release_date_missing": _(
        "Indiquez la date où la retenue sera libérée, ou choisissez « à la réception du travail »."
    ),
    "release_date_past": _("Le {release_on} est déjà là : choisissez une date de libération à venir."),
    "payment_date_missing": _("Indiquez la date du paiement, ou choisissez un délai."),
    "payment_date_past": _("Le {payment_on} est passé : choisissez une date de paiement à venir."),
    "payment_days_wrong": _("Le délai de paiement va de 0 à {most_days} jours."),
    "silence_days_wrong": _("Le délai de vérification va de 1 à {most_days} jours."),
    "silence_days_missing": _(
        "Indiquez au bout de combien de jours le silence vaut acceptation, ou choisissez qu’un "
        "rappel est envoyé."
    ),
    "answer_date_past": _(
        "Le {answer_by} est passé : laissez à votre partenaire au moins jusqu’à aujourd’hui pour répondre."
    ),
    "answer_too_late": _(
        "Il fallait répondre au plus tard le {answer_by}. Demandez à votre partenaire de refaire sa "
        "proposition, ou proposez la vôtre."
    ),
    "still_time_to_answer": _("On peut encore répondre jusqu’au {answer_by} inclus : attendez le lendemain."),
    "nothing_changed": _(
        "Cet avenant ne change rien à l’accord : modifiez une ligne, une date ou une condition."
    ),
    "amendment_open": _(
        "L’avenant n° {number} attend déjà une réponse : répondez-y, ou retirez-le, avant d’en proposer un "
        "autre."
    ),
    "started_line_removed": _(
        "« {line} » est commencée : réduisez sa quantité à ce qui est livré ({delivered_thousandths}) plutôt "
        "que de l’enlever."
    ),
    "less_than_delivered": _(
        "« {line} » : {delivered_thousandths} sont déjà livrés, la quantité ne peut pas descendre en dessous."
    ),
    "unit_of_started_line": _(
        "« {line} » est commencée, son unité reste « {unit} » : réduisez-la à ce qui est livré et ajoutez "
        "une ligne."
    ),
    "delivered_in_full": _(
        "« {line} » est livrée en entier, son prix ne change plus : ajoutez une ligne pour le travail en "
        "plus."
    ),
    "frame_over": _(
        "Les prix de cet accord-cadre valaient jusqu’au {due_on} : proposez un avenant qui le prolonge."
    ),
    "progress_moved": _(
        "« {line} » a été livrée ou acceptée entre-temps, l’avenant ne correspond plus : répondez avec des "
        "changements."
    ),
}
