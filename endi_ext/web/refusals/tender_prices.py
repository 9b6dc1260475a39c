"""Prices, shares and risks of tenders: what to do instead."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}
MESSAGES = {
    "price_lot_unknown": _("Ce lot n’est pas de cette consultation : choisissez-en un de la liste."),
    "price_label_missing": _("Donnez un nom à cette option ou à cette variante, par exemple « PSE 1 »."),
    "price_line_too_expensive": _(
        "Cette ligne vaudrait {total_cents}, au-delà de {most_cents} : vérifiez la quantité et le prix."
    ),
    "price_too_many_lines": _("Un bordereau a {most} lignes au plus : regroupez-en."),
    "price_shares_exceed": _(
        "« {line} » : vous répartissez {excess_cents} de plus que son montant ({total_cents}). Réduisez "
        "une part."
    ),
    "price_percentages_exceed": _("« {line} » : les pourcentages dépassent 100 % ensemble. Réduisez-en un."),
    "price_shares_changed": _(
        "« {line} » a été répartie autrement pendant que vous écriviez : rouvrez la page et reprenez cette "
        "ligne. Rien n’a été enregistré."
    ),
    "price_not_in_the_team": _(
        "Seuls ceux qui ont accepté de faire partie de l’équipe ont une part : rouvrez la page, l’équipe a "
        "changé."
    ),
    "price_nothing_chosen": _("Cochez au moins une ligne, et une personne pour la lui donner."),
    "price_instalments_exceed": _("Ces factures dépassent 100 % du prix ensemble : réduisez-en une."),
    "price_file_checked_again": _(
        "Les prix ont changé depuis que ce fichier a été vérifié : voici ce que l’import ferait maintenant."
    ),
    "price_retention_over_limit": _(
        "La coopérative n’accepte pas de retenue de plus de {most_bp} : réduisez-la."
    ),
    "price_cap_of_another": _(
        "{name} choisit son propre plafond : demandez-le-lui. Qui mène la réponse le choisit pour les "
        "entreprises extérieures."
    ),
    # What a price schedule refuses: the file (tenders/schedule_columns.py),
    "schedule_without_header": _(
        "Aucune ligne d’en-têtes : il en faut une avec « Désignation » et l’une au moins de « Unité », "
        "« Quantité », « Prix unitaire HT » ou « Montant HT »."
    ),
    "schedule_too_long": _("Le fichier a plus de {most} lignes : découpez-le par lot."),
    "schedule_blank_rows": _(
        "Le fichier a plus de {most} lignes vides à la suite : supprimez-les et enregistrez-le de nouveau."
    ),
    "sheet_too_long": _(
        "Une feuille de ce classeur a plus de {most} lignes, vides comprises : supprimez les lignes vides "
        "et enregistrez-le de nouveau."
    ),
    # and one of its cells (tenders/schedules.py, tenders/share_words.py, exchanges/cells.py).
    "number_unreadable": _("« {written} » n’est pas un nombre : écrivez par exemple 1 234,5."),
    "number_negative": _("« {written} » est négatif : un bordereau n’a que des nombres positifs."),
    "too_many_decimals": _("« {written} » a plus de {most} décimales : arrondissez."),
    "schedule_lot_unknown": _("Aucun lot ne s’appelle « {written} » : écrivez son numéro ou son titre."),
    "schedule_part_unknown": _("« {written} » : écrivez « option » ou « variante », ou laissez vide."),
    "schedule_unit_price_missing": _(
        "Le montant est là sans le prix unitaire : écrivez-le, il ne se devine pas au centime."
    ),
    "schedule_total_differs": _(
        "Le fichier dit {said_cents}, mais quantité × prix unitaire font {computed_cents} : l’un des trois "
        "est faux."
    ),
    "share_unreadable": _("« {written} » n’est pas une part : écrivez 1 200 €, 40 % ou 2 parts."),
    "share_above_whole": _("« {written} » : un pourcentage ne dépasse pas 100 %."),
    "share_of_nobody": _(
        "« {written} » n’est pas dans l’équipe, ou n’a pas encore accepté : écrivez son nom exact."
    ),
    "share_doubled": _("« {written} » : cette personne est déjà dans cette cellule."),
}
