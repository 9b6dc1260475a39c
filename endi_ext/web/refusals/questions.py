"""Refused steps of a question, and what to do instead."""

from ..i18n import _
from .words import ANY

STATES = {
    ("question", ANY, "asked"): _(
        "Cette question attend la réponse de l’enseigne : attendez-la, complétez-la ou fermez-la."
    ),
    ("question", ANY, "answered"): _(
        "Cette question a sa réponse : lisez-la, posez-en une autre ou fermez-la."
    ),
    ("question", "close", "closed"): _(
        "Cette question est déjà close : il n’y a rien à faire. S’il vous manque quelque chose, posez-en une "
        "autre depuis sa page."
    ),
    ("question", ANY, "closed"): _(
        "Cette question est close : la comptabilité a ce qu’il lui faut. Si vous avez quelque chose à "
        "ajouter, écrivez-lui."
    ),
}

ROLES = {
    ("question", "answer", ANY): _("C’est à l’enseigne interrogée de répondre : attendez sa réponse."),
    ("question", "ask_again", ANY): _("Les questions sont posées par la comptabilité : écrivez-lui."),
    ("question", "close", ANY): _(
        "La comptabilité ferme la question quand elle a sa réponse : répondez-lui, elle fera le reste."
    ),
}

MESSAGES = {
    "question_empty": _("Écrivez quelques mots, ou joignez un fichier."),
    "question_files_too_many": _(
        "Une question garde {most} fichiers au plus : rassemblez-les en un PDF, ou n’en joignez "
        "qu’une partie."
    ),
    "question_files_too_large": _(
        "Les fichiers d’une question pèsent {most_mb} Mo au plus, tous ensemble : allégez-les."
    ),
    "question_key_reused": _(
        "Ce formulaire a déjà servi à une autre question : rouvrez-le pour en poser une nouvelle."
    ),
}
