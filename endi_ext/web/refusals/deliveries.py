"""Refused steps of a delivery, and what to do instead."""

from ..i18n import _
from .words import ANY

STATES = {
    ("delivery", ANY, "declared"): _(
        "Cette livraison attend d’être vérifiée : acceptez-la, contestez-la, ou attendez la réponse de votre "
        "partenaire."
    ),
    ("delivery", ANY, "accepted"): _(
        "Cette livraison est déjà acceptée. Si c’est une erreur, demandez à la comptabilité d’annuler "
        "l’acceptation."
    ),
    ("delivery", "reverse", "declared"): _(
        "Cette livraison n’est pas acceptée : il n’y a rien à annuler, il suffit de la retirer."
    ),
    ("delivery", ANY, "contested"): _(
        "Cette livraison est contestée : ouvrez le différend pour en discuter, l’accepter en partie ou la "
        "retirer."
    ),
    ("delivery", "reverse", "contested"): _(
        "Cette livraison n’est pas acceptée : il n’y a rien à annuler, le différend se règle sur sa page."
    ),
    ("delivery", ANY, "withdrawn"): _(
        "Cette livraison a été retirée : le travail peut être déclaré de nouveau dans une autre livraison."
    ),
    ("delivery", ANY, "reversed"): _(
        "L’acceptation de cette livraison a été annulée par la comptabilité : le travail peut être déclaré "
        "de nouveau."
    ),
}

ROLES = {
    ("delivery", "accept", "seller"): _(
        "On n’accepte pas son propre travail : votre partenaire vérifie la livraison. Écrivez-lui s’il tarde."
    ),
    ("delivery", "accept_in_part", "seller"): _(
        "On n’accepte pas son propre travail : votre partenaire vérifie la livraison. Vous pouvez la retirer "
        "et en déclarer une plus petite."
    ),
    ("delivery", "contest", "seller"): _(
        "C’est à votre partenaire de contester : si quelque chose ne va pas, retirez la livraison et "
        "déclarez-la de nouveau."
    ),
    ("delivery", "withdraw", "buyer"): _(
        "Seul qui a déclaré la livraison la retire : contestez-la en disant ce qui ne va pas."
    ),
    ("delivery", "accept", ANY): _(
        "C’est à qui a confié le travail d’accepter la livraison : demandez-lui de la vérifier."
    ),
    ("delivery", "accept_in_part", ANY): _(
        "C’est à qui a confié le travail d’accepter la livraison, en partie ou en entier : demandez-le-lui."
    ),
    ("delivery", "contest", ANY): _(
        "C’est à qui a confié le travail de contester la livraison : demandez-lui de la vérifier."
    ),
    ("delivery", "withdraw", ANY): _("C’est à qui a déclaré la livraison de la retirer : demandez-le-lui."),
    ("delivery", "accept_by_silence", ANY): _(
        "L’acceptation par silence se fait d’elle-même à la fin du délai convenu. Sans attendre, qui a "
        "confié le travail peut accepter."
    ),
    ("delivery", "arbitrate", ANY): _(
        "Trancher ce différend revient à la personne désignée dans l’équipe d’appui : écrivez-lui dans le "
        "différend, ou mettez-vous d’accord entre vous."
    ),
    ("delivery", "dismiss", ANY): _(
        "Écarter cette livraison revient à la personne désignée dans l’équipe d’appui : écrivez-lui dans le "
        "différend, ou mettez-vous d’accord entre vous."
    ),
    ("delivery", "reverse", ANY): _(
        "Seule la comptabilité annule une acceptation : écrivez à l’équipe d’appui en disant ce qui ne va "
        "pas."
    ),
}
