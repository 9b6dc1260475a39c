"""What the pages of a dossier call the facts its forms need, and what is to be looked at."""

from ..tenders.identity import YEARS
from .i18n import _

YES_NO = (("", _("Non précisé")), ("yes", _("Oui")), ("no", _("Non")))
PLACES = (
    ("partner", _("Cotraitante : membre du groupement (DC1, DC2)")),
    ("subcontractor", _("Sous-traitante de la coopérative (DC4)")),
)
VAT = (
    ("", _("Non précisé")),
    ("2000", _("20 %")),
    ("1000", _("10 %")),
    ("550", _("5,5 %")),
    ("0", _("0 % ou exonéré")),
    ("reverse_charge", _("Autoliquidation (travaux sous-traités)")),
)
RESERVED = (
    ("", _("Non : le marché n’est pas réservé")),
    ("insertion", _("Réservé, nous répondons comme structure d’insertion")),
    ("adapted", _("Réservé, nous répondons comme entreprise adaptée")),
    ("assisted", _("Réservé, nous répondons comme ESAT")),
    ("social", _("Réservé, nous répondons comme entreprise de l’économie sociale et solidaire")),
    ("prison", _("Réservé, exécuté en établissement pénitentiaire")),
)
IDENTITY = {
    "name": _("Dénomination sociale"),
    "legal_form": _("Forme juridique"),
    "address": _("Adresse (rue)"),
    "postcode": _("Code postal"),
    "city": _("Ville"),
    "email": _("Adresse électronique"),
    "phone": _("Téléphone"),
    "siret": _("SIRET"),
    "vat_number": _("Numéro de TVA intracommunautaire"),
    "registry": _("Inscription au registre (RCS, numéro, ville)"),
    "ape": _("Code APE"),
    "founded_on": _("Date de création"),
    "small": _("Micro, petite ou moyenne entreprise"),
    "signatory_name": _("Qui signe : nom et prénom"),
    "signatory_role": _("Qui signe : qualité"),
    "insurance": _("Assurance de responsabilité civile professionnelle"),
    "decennial": _("Assurance décennale"),
    "staff": _("Effectifs et encadrement"),
    "qualifications": _("Qualifications et certificats"),
    "authorisations": _("Autorisations ou organisations professionnelles"),
    "proof_url": _("Adresse internet des justificatifs"),
    "proof_access": _("Comment accéder à ces justificatifs"),
    "year_1_from": _("Dernier exercice : du"),
    "year_1_until": _("Dernier exercice : au"),
    "year_1_cents": _("Dernier exercice : chiffre d’affaires HT"),
    "year_2_from": _("Exercice précédent : du"),
    "year_2_until": _("Exercice précédent : au"),
    "year_2_cents": _("Exercice précédent : chiffre d’affaires HT"),
    "year_3_from": _("Exercice d’avant : du"),
    "year_3_until": _("Exercice d’avant : au"),
    "year_3_cents": _("Exercice d’avant : chiffre d’affaires HT"),
}
YEARS_OF = tuple(f"year_{year}_{part}" for year in YEARS for part in ("from", "until", "cents"))
CONSULTATION = {
    "buyer_address": _("Adresse de l’acheteur"),
    "reserved": _("Marché réservé"),
    "references": _("Références de prestations comparables"),
    "means": _("Moyens techniques affectés au marché"),
    "more": _("Autres informations demandées par l’acheteur"),
}
FIRM = {
    "place": _("Place de cette entreprise"),
    "legal_name": _("Dénomination sociale, si elle diffère du nom"),
    "legal_form": _("Forme juridique"),
    "address": _("Adresse"),
    "phone": _("Téléphone"),
    "registry": _("Inscription à un registre professionnel"),
    "signatory": _("Qui peut l’engager : nom, prénom et qualité"),
    "small": _("Micro, petite ou moyenne entreprise"),
    "work": _("Prestations confiées"),
    "months": _("Durée du contrat de sous-traitance"),
    "vat": _("TVA de la sous-traitance"),
    "price_variation": _("Modalités de variation des prix"),
    "direct_payment": _("Droit au paiement direct"),
    "advance": _("Demande une avance"),
    "personal_data": _("Données personnelles traitées, le cas échéant"),
}
HELP = {
    "siret": _("Celui de l’établissement qui candidate : quatorze chiffres."),
    "founded_on": _("Utile si la coopérative a moins de trois exercices."),
    "signatory_name": _("La personne qui engage la coopérative : elle coche elle-même ce qu’elle déclare."),
    "insurance": _("Assureur, numéro de police, fin de validité."),
    "staff": _("Effectifs moyens et encadrement des trois dernières années, si l’acheteur les demande."),
    "proof_url": _(
        "Là où un acheteur trouve vos justificatifs sans payer ni s’inscrire, si vous en avez une."
    ),
    "references": _("DC2, rubrique G1 : une prestation par ligne, avec le client, l’année et le montant."),
    "means": _("DC2, rubrique G1 : outillage, matériel, locaux."),
    "more": _("DC2, rubrique F2 : ce que le règlement demande en plus des chiffres d’affaires."),
    "legal_name": _("D’un entrepreneur d’une autre coopérative : le nom de cette coopérative."),
    "months": _("En mois entiers, arrondis au-dessus."),
    "personal_data": _("Les services pour lesquels cette entreprise traite des données personnelles."),
}
FINDINGS = {
    "no_lot": _("Aucun lot n’est choisi : dites d’abord à quels lots vous répondez."),
    "no_price": _("Aucun prix n’est saisi : le bordereau et l’annexe financière sont vides."),
    "price_unfinished": _(
        "Tous les prix ne sont pas saisis ou répartis ({unassigned_cents} restent à répartir)."
    ),
    "identity_lacks": _("Il manque à l’identité de la coopérative : {names}."),
    "buyer_address_missing": _("L’adresse de l’acheteur n’est pas renseignée."),
    "firm_lacks": _("Il manque sur {name} : {names}."),
    "subcontractors_by_default": _(
        "Aucun groupement n’est déclaré : {names} est donc présentée comme sous-traitante (DC4). Pour "
        "répondre en groupement, choisissez-en la forme avec les prix et les parts."
    ),
    "papers_missing": _("Pièces qui manquent encore : {count}."),
    "papers_unchecked": _("Pièces fournies que personne n’a vérifiées : {count}."),
    "parts_unfinished": _("Parties du mémoire technique qui ne sont pas prêtes : {count}."),
    "invited_not_answered": _("N’ont pas encore répondu à votre invitation : {names}."),
}
FOLDERS = {
    "1-candidature": _("Candidature"),
    "2-offre": _("Offre"),
    "3-interne-ne-pas-deposer": _("Pour l’équipe, ne pas déposer"),
}
