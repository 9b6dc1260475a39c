"""Tenders: what to do instead."""

from ..i18n import _
from .words import ANY

_TAKE_BACK_FIRST = _(
    "L’offre est déposée : rien n’y change plus. S’il est encore temps, la personne qui mène la réponse peut "
    "la reprendre, en disant pourquoi."
)
_DECIDED_ALREADY = _(
    "La décision de répondre est prise : préparez la réponse. Pour en rediscuter, la personne qui mène la "
    "réponse remet la décision en discussion."
)
_DECIDE_FIRST = _("Décidez d’abord de répondre : la suite s’ouvrira.")
_DEPOSIT_FIRST = _("L’offre n’est pas encore déposée : notez d’abord son dépôt, puis son résultat.")
_NOT_WON = _("Cela ne se fait qu’une fois l’offre gagnée : notez d’abord son résultat.")
_RESULT_IS_KNOWN = _(
    "Le résultat est déjà noté : s’il est faux, la personne qui mène la réponse peut le corriger."
)
_NOT_SUBMITTED = _("Aucune offre n’est déposée : continuez de préparer la réponse.")
_NOT_ABANDONED = _("Cette réponse n’est pas abandonnée : continuez-la telle quelle.")
_REOPEN_FIRST = _(
    "Cette réponse est abandonnée : la personne qui la mène peut la reprendre, en disant pourquoi."
)
_NO_RESULT_YET = _("Aucun résultat n’est noté encore : il n’y a rien à corriger.")
_GOING_ON = ("preparing", "answering")
_OVER = ("won", "lost")

STATES: dict[tuple[str, str, str], str] = {
    ("tender", ANY, "preparing"): _DECIDE_FIRST,
    ("tender", ANY, "answering"): _DEPOSIT_FIRST,
    ("tender", ANY, "submitted"): _TAKE_BACK_FIRST,
    ("tender", ANY, "won"): _(
        "L’offre est gagnée : la réponse ne change plus. La suite se passe dans les accords signés avec "
        "chacun."
    ),
    ("tender", ANY, "lost"): _(
        "L’offre est perdue : la réponse reste en mémoire et ne change plus. Pour une autre consultation, "
        "commencez une nouvelle réponse."
    ),
    ("tender", ANY, "abandoned"): _REOPEN_FIRST,
    ("tender", "reconsider", "preparing"): _(
        "La décision n’est pas prise encore : donnez votre position, elle peut changer jusqu’à la clôture."
    ),
    **{("tender", action, "answering"): _DECIDED_ALREADY for action in ("go", "no_go", "take_position")},
    **{("tender", action, "submitted"): _DECIDED_ALREADY for action in ("go", "no_go", "take_position")},
    ("tender", "abandon", "preparing"): _(
        "Rien n’est décidé encore : si l’équipe ne veut pas répondre, décidez-le (« no-go »), en disant "
        "pourquoi."
    ),
    **{("tender", "take_back", state): _NOT_SUBMITTED for state in _GOING_ON},
    **{("tender", "reopen", state): _NOT_ABANDONED for state in (*_GOING_ON, "submitted", *_OVER)},
    **{("tender", "correct_outcome", state): _NO_RESULT_YET for state in (*_GOING_ON, "submitted")},
    **{
        ("tender", action, state): _NOT_WON
        for action in ("send_agreements", "link_deal")
        for state in (*_GOING_ON, "submitted", "lost", "abandoned")
    },
    **{("tender", action, state): _RESULT_IS_KNOWN for action in ("win", "lose") for state in _OVER},
    ("tender", "submit", "submitted"): _(
        "Le dépôt est déjà noté : pour en noter un autre, la personne qui mène la réponse reprend d’abord "
        "l’offre."
    ),
    ("tender", "reconsider", "submitted"): _TAKE_BACK_FIRST,
}
ROLES: dict[tuple[str, str, str], str] = {
    ("tender", "prepare", "guest"): _(
        "Répondez d’abord à l’invitation : une fois acceptée, vous préparerez la réponse avec les autres."
    ),
    ("tender", "prepare", "adviser"): _(
        "Vous conseillez cette équipe : les prix, les pièces et le mémoire sont l’affaire de ses membres. "
        "Dites-leur ce que vous en pensez, ou demandez à en devenir membre."
    ),
    ("tender", "prepare", ANY): _("Ce travail revient aux membres de l’équipe qui répond."),
    ("tender", "take_position", ANY): _(
        "Seules les personnes qui ont accepté l’invitation prennent position : répondez-y d’abord."
    ),
    **{
        ("tender", action, ANY): _("C’est à la personne qui mène la réponse de le faire : écrivez-lui.")
        for action in (
            "steer",
            "go",
            "no_go",
            "reconsider",
            "submit",
            "take_back",
            "win",
            "lose",
            "note_result",
            "correct_outcome",
            "abandon",
            "reopen",
            "send_agreements",
            "link_deal",
        )
    },
}
MESSAGES = {
    "notice_replaced": _(
        "Un avis plus récent a pris la place de celui-ci : relisez-le, puis commencez votre réponse à partir "
        "de lui."
    ),
    "notice_attached": _(
        "Cette réponse suit déjà un autre avis : ouvrez-la, ou commencez une nouvelle réponse à partir de "
        "celui-ci."
    ),
    "no_lot_answered": _("Gardez au moins un lot, ou renoncez à répondre en disant pourquoi."),
}
