"""Refused steps of a dispute, what to do instead, and what is refused of messages and of proofs."""

from ..i18n import _
from .words import ANY

STATES = {
    ("dispute", ANY, "closed"): _(
        "Ce différend est clos : lisez comment il s’est terminé. S’il reste du travail à faire reconnaître, "
        "il se déclare dans une autre livraison."
    ),
    ("dispute", ANY, "open"): _(
        "L’arbitrage n’a pas été demandé : les deux parties en discutent encore entre elles."
    ),
    ("dispute", "ask_arbitration", "arbitration"): _(
        "L’arbitrage est déjà demandé : ajoutez vos explications et vos pièces par un message."
    ),
}

_SIDES = _(
    "Seules les deux parties de ce différend le font : demandez-leur de le faire depuis leur page, ou "
    "écrivez-leur."
)
_ARBITER = _(
    "Cela revient à l’arbitre, une personne de l’équipe d’appui : demandez l’arbitrage, ou mettez-vous "
    "d’accord entre vous."
)

ROLES = {
    **{("dispute", action, ANY): _SIDES for action in ("write", "propose", "agree", "ask_arbitration")},
    **{("dispute", action, ANY): _ARBITER for action in ("take", "decide")},
    ("dispute", "write", "arbiter"): _(
        "L’arbitrage n’a pas été demandé : les deux parties en discutent encore entre elles."
    ),
    ("dispute", "agree", "proposer"): _(
        "C’est vous qui avez proposé cette issue : attendez la réponse de votre partenaire, ou proposez-en "
        "une autre."
    ),
    ("dispute", "accept", "seller"): _(
        "On n’accepte pas son propre travail : proposez d’en accepter tout ou une partie, votre partenaire "
        "répondra."
    ),
    ("dispute", "accept", ANY): _(
        "C’est à qui a confié le travail de l’accepter en entier : proposez-le-lui."
    ),
    ("dispute", "withdraw", "buyer"): _(
        "Seul qui a déclaré la livraison la retire : proposez-le-lui comme issue."
    ),
    ("dispute", "withdraw", ANY): _("C’est à qui a déclaré la livraison de la retirer : proposez-le-lui."),
    ("dispute", "close", ANY): _(
        "Un différend se clôt par un accord, par une décision de l’arbitre, ou quand l’une des parties cède."
    ),
    ("delivery", "conclude", ANY): _(
        "Cela suit l’accord des deux parties : proposez une issue dans le différend, ou acceptez celle qui "
        "est proposée."
    ),
    ("delivery", "abandon", ANY): _(
        "Cela suit l’accord des deux parties : proposez une issue dans le différend, ou acceptez celle qui "
        "est proposée."
    ),
}

MESSAGES = {
    "nothing_said": _("Écrivez un message, ou joignez une pièce."),
    "proposal_changed": _(
        "L’issue que vous avez lue n’est plus celle qui est proposée : relisez la page avant de répondre."
    ),
    "same_as_on_the_table": _(
        "Votre partenaire propose déjà exactement cela : il suffit d’accepter sa proposition."
    ),
    "already_taken": _("{arbiter} arbitre déjà ce différend : relisez la page avant de le reprendre."),
    "arbiter_not_named": _("Prenez d’abord ce différend en charge : votre nom sera donné aux deux parties."),
    "not_the_arbiter": _(
        "{arbiter} arbitre ce différend : écrivez-lui, ou reprenez le différend si vous vous êtes mis "
        "d’accord."
    ),
    "part_of_the_dispute": _(
        "Vous avez parlé pour l’une des deux parties : laissez une autre personne arbitrer ce différend."
    ),
    "proof_empty": _("« {name} » est vide : vérifiez le fichier, puis choisissez-le de nouveau."),
    "proof_too_large": _(
        "« {name} » est trop gros : {most_mb} Mo au plus. Réduisez la photo ou découpez le document."
    ),
    "proof_kind_refused": _(
        "« {name} » ne peut pas être joint : PDF, photos (JPEG, PNG, WebP), documents et classeurs sans "
        "macros (ODT, DOCX, ODS, XLSX), texte ou CSV. Enregistrez-le en PDF et recommencez."
    ),
    "too_many_proofs": _(
        "Un différend a {most} pièces au plus, celui-ci en a déjà {count} : réunissez-les dans un seul PDF."
    ),
    "proofs_too_large": _(
        "Les pièces d’un différend pèsent {most_mb} Mo au plus ensemble : réduisez celle-ci."
    ),
}
