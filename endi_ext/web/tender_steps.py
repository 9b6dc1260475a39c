"""What the history of a tender says, after the name of who did it; each section adds its own steps."""

from .i18n import _

STEPS = {
    ("tender", "begin"): _("a commencé cette réponse"),
    ("tender", "edit"): _("a corrigé la consultation"),
    ("tender", "choose_lots"): _("a choisi les lots auxquels répondre"),
    ("tender", "update"): _("a importé un avis plus récent : la consultation est à jour"),
    ("tender", "change_prices"): _("a changé des prix"),
    ("tender", "import_prices"): _("a importé un bordereau de prix"),
    ("tender", "change_shares"): _("a changé la répartition des prix"),
    ("tender", "change_terms"): _("a changé la rémunération, les frais, la retenue ou l’échéancier"),
    ("tender", "change_liability"): _("a choisi la forme de la réponse"),
    ("tender", "change_cap"): _("a changé un plafond d’exposition"),
    ("tender", "go"): _("a décidé de répondre"),
    ("tender", "no_go"): _("a décidé de ne pas répondre"),
    ("tender", "reconsider"): _("a remis la décision en discussion"),
    ("tender", "submit"): _("a déposé l’offre"),
    ("tender", "take_back"): _("a repris l’offre déposée"),
    ("tender", "win"): _("a noté que l’offre est gagnée"),
    ("tender", "lose"): _("a noté que l’offre est perdue"),
    ("tender", "note_result"): _("a noté un résultat"),
    ("tender", "correct_outcome"): _("a corrigé le résultat"),
    ("tender", "abandon"): _("a abandonné la réponse"),
    ("tender", "reopen"): _("a repris la réponse abandonnée"),
    ("tender", "send_agreements"): _("a envoyé les accords à signer"),
    ("tender", "link_deal"): _("a relié l’affaire du client"),
}
