"""Papers, steps, questions and parts of tenders: what to do instead."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}
MESSAGES = {
    "tender_files_too_large": _(
        "Les fichiers de cette réponse dépasseraient {most_mb} Mo ensemble. Allégez celui-ci (images "
        "compressées, PDF réduit), puis envoyez-le de nouveau."
    ),
    "paper_not_provided": _("Cette pièce n’est pas encore fournie : déposez-la d’abord."),
    "paper_of_someone_else": _(
        "Cette pièce est celle de {name} : demandez-la-lui, ou à qui mène la réponse."
    ),
    "checked_by_its_provider": _(
        "Vous avez fourni cette pièce : quelqu’un d’autre de votre équipe doit la vérifier."
    ),
    "paper_gone": _(
        "Cette pièce n’est plus demandée : la liste a changé depuis l’affichage de la page. Rouvrez-la."
    ),
    "step_gone": _("Cette étape n’est plus au calendrier : rouvrez la page pour voir celles qui restent."),
    "step_without_day": _(
        "Donnez une date à cette étape, ou un nombre de jours avant une date limite connue."
    ),
    "question_sent": _("Cette question est déjà posée ou retirée : écrivez-en une autre pour la compléter."),
    "question_not_sent": _("Notez d’abord que cette question a été posée à l’acheteur."),
    "part_changed": _(
        "{name} a modifié cette partie pendant que vous écriviez. Copiez votre texte, rouvrez la partie et "
        "reportez-y vos changements."
    ),
    "part_gone": _("Cette partie est retirée du plan : rouvrez le mémoire pour voir celles qui restent."),
    "part_empty": _("Cette partie est vide : écrivez un texte ou joignez un fichier avant de la dire prête."),
}
