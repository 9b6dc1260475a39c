"""The French sentence of each refusal: code to sentence, with the facts of the refusal by {name}.

Whoever adds a code adds its sentence here; a test walks all DomainError subclasses. Facts are written for
people by their name: `…_cents` as money, `…_thousandths` as a quantity, dates as dates, `state` as a word.
"""

from typing import Any

from ..kernel.errors import DomainError
from .i18n import _
from .refusals import MESSAGES as OF_DOMAINS
from .refusals import instead_of

MESSAGES: dict[str, str] = {
    "refused": _("Cette opération n’est pas possible."),
    "wrong_state": _(
        "Trop tard : l’état a changé entre-temps (« {state} »), cette action n’est plus possible. "
        "La page a été remise à jour."
    ),
    "wrong_role": _("Cette action revient à votre partenaire."),
    "reason_missing": _("Merci d’indiquer un motif : votre partenaire le lira."),
    "unbalanced": _("L’écriture n’est pas équilibrée : débit {debit_cents}, crédit {credit_cents}."),
    "amount_too_large": _("Le montant {amount_cents} dépasse ce que les livres peuvent tenir."),
    "period_closed": _("La période du {on} est clôturée : choisissez une date d’une période ouverte."),
    "source_reused": _(
        "Cette opération a déjà été enregistrée, avec un autre contenu : rechargez la page pour voir où elle "
        "en est."
    ),
    "already_reversed": _("Cette écriture a déjà été extournée."),
    "not_reversible": _("Une extourne ne s’extourne pas : saisissez de nouveau l’opération."),
    "period_not_last": _(
        "Les périodes se clôturent dans l’ordre et se rouvrent à partir de la dernière ({starts_on})."
    ),
    "same_party": _("Le vendeur et l’acheteur sont la même enseigne."),
    "party_inactive": _("L’enseigne « {party} » n’est plus active dans la coopérative."),
    "amount_not_positive": _("Le montant doit être supérieur à zéro."),
    "too_much": _("Vous réglez {amount_cents} alors qu’il reste {remaining_cents} à régler."),
    "held_back": _(
        "Vous réglez {amount_cents}, mais {retained_cents} sont en retenue de garantie : réglez au plus "
        "{payable_cents}, ou attendez que la retenue soit libérée."
    ),
    "more_than_held": _("Vous libérez {amount_cents} alors qu’il reste {held_cents} en retenue de garantie."),
    "release_passed": _(
        "Il est trop tard pour vous opposer à cette libération : la retenue est libérée depuis le "
        "{release_on}. Si le travail a un défaut, écrivez à votre partenaire et prévenez la comptabilité."
    ),
    "changed_meanwhile": _(
        "Quelqu’un vient d’enregistrer ou de modifier le même échange ({exchange}) : rechargez la page "
        "et recommencez."
    ),
    "party_external": _(
        "« {party} » est une autre entreprise : ses factures, avec TVA, ne passent pas par les échanges "
        "internes."
    ),
    # What an import refuses: the file as a whole (exchanges/spreadsheets.py),
    "file_too_large": _("Le fichier est trop gros : {most_mb} Mo au plus. Découpez-le par période."),
    "file_empty": _("Le fichier est vide."),
    "file_no_rows": _("Le fichier n’a que des en-têtes : il n’y a rien à importer."),
    "file_binary": _("Ce fichier n’est ni un CSV ni un classeur XLSX."),
    "file_damaged": _(
        "Ce classeur est abîmé ou protégé par un mot de passe : ouvrez-le et enregistrez-le de nouveau."
    ),
    "file_old_format": _(
        "Ce classeur est d’un ancien format (XLS) ou protégé : enregistrez-le en XLSX ou en CSV."
    ),
    "file_macros": _("Ce classeur contient des macros : enregistrez-le en XLSX, sans macros."),
    "file_encoding": _(
        "Les accents de cette ligne sont illisibles : enregistrez le fichier en « CSV UTF-8 » et recommencez."
    ),
    "line_unreadable": _(
        "Cette ligne est illisible : un guillemet ouvert n’y est pas refermé, ou une cellule est démesurée."
    ),
    "too_many_rows": _("Le fichier a plus de {most} lignes : découpez-le par période."),
    "too_many_blank_rows": _(
        "Plus de {most} lignes vides se suivent à partir d’ici : supprimez-les dans le tableur, puis "
        "enregistrez de nouveau."
    ),
    "column_missing": _("La colonne « {column} » manque. Colonnes trouvées : {found}."),
    "column_doubled": _("La colonne « {column} » est là deux fois : laquelle faut-il lire ?"),
    # one of its cells (exchanges/cells.py, exchanges/rows.py),
    "cell_missing": _("La cellule est vide."),
    "cell_error": _("La cellule contient une erreur de calcul : remplacez-la par sa valeur."),
    "formula": _(
        "La cellule contient une formule ou commence par « = », « + », « - » ou « @ » : écrivez sa valeur."
    ),
    "too_many_cells": _(
        "La ligne a plus de {most} cellules : un texte ou un montant contient-il le séparateur sans "
        "guillemets ?"
    ),
    "amount_unreadable": _("« {written} » n’est pas un montant : écrivez par exemple 1 234,50."),
    "amount_too_long": _("Le montant « {written} » est démesuré."),
    "three_decimals": _("« {written} » a plus de deux décimales : arrondissez au centime."),
    "date_unreadable": _("« {written} » n’est pas une date : écrivez par exemple 02/11/2026."),
    "date_impossible": _("Le {written} n’existe pas."),
    "date_out_of_range": _("Le {written} est hors des années 2000 à 2099."),
    "text_too_long": _("Le texte a {length} caractères : {most} au plus."),
    "text_unreadable": _("Le texte contient des caractères invisibles ou abîmés : tapez-le de nouveau."),
    "party_unknown": _("Aucune enseigne n’a « {party} » pour code analytique ou pour nom exact."),
    "party_misspelt": _(
        "Aucune enseigne n’a « {party} » pour nom exact : vouliez-vous écrire « {nearest} » ?"
    ),
    "party_ambiguous": _(
        "« {party} » désigne {count} enseignes : écrivez leur code analytique ou leur nom exact."
    ),
    # and what does not agree with the other rows or with the books (exchanges/rows.py, exchanges/imports.py).
    "reference_doubled": _("La référence « {reference} » de ce vendeur est déjà à la ligne {first}."),
    "reference_changed": _(
        "La référence « {reference} » de ce vendeur est déjà enregistrée avec une autre valeur dans "
        "cette colonne."
    ),
    "amendment_waits": _(
        "Un avenant attend une réponse : signez-le, refusez-le ou retirez-le, puis établissez le décompte "
        "général."
    ),
    "claims_wait": _(
        "Une livraison attend encore une réponse ou est contestée : réglez-la, puis établissez le décompte "
        "général."
    ),
    "account_on_the_table": _(
        "Le décompte général n° {number} attend déjà une réponse : il faut le signer, le refuser ou le "
        "retirer avant d’en établir un autre."
    ),
    "account_outdated": _(
        "Le travail a changé depuis que le décompte général n° {number} a été établi : établissez-en un "
        "autre."
    ),
    "nothing_held": _("Aucune retenue de garantie n’attend plus d’être libérée ainsi."),
    "nothing_in_it": _("Remplissez au moins une ligne."),
    "too_expensive": _(
        "Le total de ces lignes ({total_cents}) dépasse {most_cents} : vérifiez les quantités et les prix."
    ),
    "more_than_agreed": _(
        "« {line} » : il ne reste que {remaining_thousandths} à livrer. Pour aller au-delà de ce qui est "
        "convenu, proposez d’abord un avenant."
    ),
    "agreement_changed": _(
        "Un avenant a changé ce qui est convenu depuis que vous avez ouvert ce formulaire : rouvrez-le pour "
        "déclarer sur les lignes en vigueur."
    ),
    "progress_goes_back": _(
        "« {line} » en est déjà à {reached_permille} : un avancement cumulé ne recule pas. Indiquez au moins "
        "{reached_permille}, ou retirez d’abord une livraison en attente."
    ),
    "progress_changed": _(
        "L’avancement de « {line} » a changé depuis que vous avez ouvert ce formulaire : rouvrez-le pour "
        "partir de l’avancement actuel."
    ),
    "more_than_claimed": _(
        "« {line} » : la livraison en contient {claimed_thousandths}, vous ne pouvez pas en accepter "
        "davantage."
    ),
    "refusal_missing": _("« {line} » : dites pourquoi vous en acceptez moins, votre partenaire le lira."),
    "not_divisible": _("« {line} » ne vaut qu’un centime : acceptez-la en entier ou pas du tout."),
    "nothing_accepted": _(
        "Vous n’acceptez rien de cette livraison : contestez-la plutôt, en disant ce qui ne va pas."
    ),
    "silence_says_nothing": _(
        "Le silence ne vaut pas acceptation ici : le délai court encore, ou l’accord ne le prévoit pas."
    ),
    "party_active": _(
        "« {party} » est active et peut décider elle-même : demandez-le à ses membres plutôt que de décider "
        "à leur place."
    ),
    "too_small": _("« {line} » vaut moins d’un centime : ajoutez-en, ou livrez-la avec le reste."),
    "request_key_reused": _(
        "Ce formulaire a déjà été envoyé, avec un autre contenu qui est enregistré : rouvrez-le pour en "
        "faire un autre."
    ),
    "not_yet_delivered": _(
        "La livraison est datée du {delivered_on}, dans le futur : déclarez-la une fois faite."
    ),
    "accepted_too_early": _("La date d’acceptation ({accepted_on}) précède la livraison ({delivered_on})."),
    "version_changed": _(
        "Une nouvelle version a été proposée entre-temps (version {current}, vous aviez lu la version "
        "{seen}) : "
        "relisez-la avant de répondre."
    ),
    # The client behind a subcontract (subcontracts/client_*.py).
    "invoice_unknown": _("Cette facture client n’existe pas : choisissez-en une dans la liste."),
    "receipt_unknown": _(
        "Cet encaissement n’existe plus : il a été annulé ou modifié. Revenez à la page du client."
    ),
    "receipt_exceeded": _("C’est plus que cet encaissement : il couvre {most_cents} au plus."),
    "claim_exceeded": _("C’est plus que ce qui reste de la livraison n° {delivery} : {most_cents} au plus."),
    "draft_missing": _(
        "Il n’y a pas de facture en brouillon pour cette affaire : créez-en une, ou choisissez l’affaire, "
        "puis recommencez. Les lignes attendent ici."
    ),
    "margin_too_large": _("Cette marge est démesurée : {most_cents} au plus."),
    # What a verification of the books finds (ledger/audit.py).
    "entry_missing": _("L’écriture de rang {sequence} manque dans les livres."),
    "entry_unsealed": _("L’écriture de rang {sequence} ({source}) n’est pas scellée."),
    "chain_broken": _("Le sceau de l’écriture de rang {sequence} ({source}) ne suit pas le précédent."),
    "entry_changed": _("L’écriture de rang {sequence} ({source}) a été modifiée."),
    "entry_unbalanced": _(
        "L’écriture de rang {sequence} ({source}) n’est plus équilibrée : débit {debit_cents}, crédit "
        "{credit_cents}."
    ),
    "line_missing": _("La ligne {position} de l’écriture de rang {sequence} ({source}) manque."),
    "line_changed": _("La ligne {position} de l’écriture de rang {sequence} ({source}) a été modifiée."),
    "text_changed": _("Le libellé de l’écriture de rang {sequence} ({source}) a été modifié."),
    "number_gap": _(
        "Le journal {journal} saute un numéro : l’écriture de rang {sequence} devrait porter le n° {number}."
    ),
    "tail_cut": _(
        "La fin des livres manque : ils s’arrêtent au rang {last}, ils allaient jusqu’au rang {sequence}. "
        "Peut-être une sauvegarde plus ancienne a-t-elle été restaurée."
    ),
    "head_differs": _("La tête du livre ne correspond pas à la dernière écriture (rang {sequence})."),
    "checkpoint_differs": _(
        "Les livres ne contiennent plus ce que dit le point de contrôle du rang {sequence} : d’autres "
        "écritures ont pris la place des leurs, par exemple parce qu’une sauvegarde plus ancienne a été "
        "restaurée et qu’on a continué."
    ),
    "checkpoint_not_genuine": _("Ce fichier n’est pas un point de contrôle signé par cette installation."),
    "certificate_differs": _(
        "Les livres ne contiennent plus ce que certifie la clôture faite au rang {sequence}."
    ),
    "certificate_not_genuine": _(
        "Le certificat d’une période clôturée n’est pas signé par cette installation."
    ),
    "day_total_differs": _("Le total du compte {account} au {on} ne correspond pas à ses lignes."),
    "account_total_differs": _("Le total du compte {account} ne correspond pas à ses lignes."),
    "snapshot_differs": _("Le solde arrêté du compte {account} ne correspond pas à ses lignes."),
    "ini_unreadable": _("Le fichier « {ini} » est introuvable ou n’est pas un fichier ini."),
    "ini_without_database": _("Aucune section de « {ini} » n’indique la base de données (sqlalchemy.url)."),
}

# And the sentences of each domain's own codes.
MESSAGES.update(OF_DOMAINS)

STATES: dict[str, str] = {
    "proposed": _("proposé"),
    "agreed": _("accepté"),
    "declined": _("refusé"),
    "withdrawn": _("retiré"),
    "completed": _("terminé"),
    "expired": _("expiré"),
    "closed": _("clos"),
    "declared": _("à vérifier"),
    "accepted": _("acceptée"),
    "contested": _("contestée"),
    "reversed": _("annulée"),
    "open": _("à régler"),
    "waiting": _("en attente de comptabilisation"),
    "partly_settled": _("réglé en partie"),
    "settled": _("réglé"),
    "cancelled": _("annulé"),
}


def sentence(error: DomainError, speech: Any) -> str:
    """Return what to tell the reader of a refusal, in the language of `speech`."""
    text = instead_of(error) or MESSAGES.get(error.code, MESSAGES["refused"])
    facts = {name: for_people(name, value, speech) for name, value in error.facts.items()}
    return str(speech.text(text, **facts))


def for_people(name: str, value: Any, speech: Any) -> str:
    """Return a fact as people read it, by what its name ends in."""
    if name.endswith("_cents"):
        return str(speech.money(value))
    if name.endswith("_bp"):
        return str(speech.percent(value))
    if name.endswith("_thousandths"):
        return str(speech.quantity(value))
    if name.endswith("_permille"):
        return str(speech.percent(value * 10))
    if hasattr(value, "strftime"):
        return str(speech.day(value))
    if name == "state":
        return str(speech.text(STATES.get(value, value)))
    return str(getattr(value, "name", value))
