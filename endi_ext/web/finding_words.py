"""What an accountant reads of each finding between two documents: its title, why it is so, what to do."""

from dataclasses import dataclass

from ..reconciliation import finding_codes as codes
from .i18n import _


@dataclass(frozen=True)
class Words:
    """The French sentences of a code; each goes through the catalogue where it is shown."""

    title: str
    explanation: str
    to_do: str


WORDS = {
    codes.MIRROR_MISSING: Words(
        _("Rien en face chez l’acheteur"),
        _(
            "La vente est validée, mais l’acheteur n’a pas reçu son document : le vendeur n’a peut-être plus "
            "de connexion active, ou la transmission a échoué."
        ),
        _("Transmettez la vente : l’acheteur recevra son document, à valider comme d’habitude."),
    ),
    codes.ORDER_MISSING: Words(
        _("Devis sans commande"),
        _(
            "Le devis est validé, mais l’acheteur n’a pas ou n’a plus de commande : elle n’a pas été "
            "transmise, ou il l’a supprimée. Le vendeur n’en est pas averti."
        ),
        _("Demandez à l’acheteur s’il a refusé ce devis ; sinon, transmettez-le de nouveau."),
    ),
    codes.MIRROR_DOUBLED: Words(
        _("Achat en double"),
        _("La vente a été transmise plusieurs fois : l’acheteur a plusieurs documents pour une seule vente."),
        _("Gardez celui qui est validé et payé, supprimez l’autre avant tout export."),
    ),
    codes.ORDER_DOUBLED: Words(
        _("Commande en double"),
        _("Le devis a été transmis plusieurs fois : l’acheteur a plusieurs commandes pour un seul devis."),
        _("Gardez celle qui est reliée au devis, supprimez l’autre."),
    ),
    codes.PURCHASE_ALONE: Words(
        _("Achat sans vente"),
        _("Ce document de l’acheteur n’est relié à aucune vente interne."),
        _("Cherchez la vente chez le vendeur ; s’il n’y en a pas, ce document est à supprimer ou à contrer."),
    ),
    codes.ORDER_ALONE: Words(
        _("Commande sans devis"),
        _("Cette commande interne n’est reliée à aucun devis : la valider échouerait."),
        _("Supprimez-la si le devis a été transmis de nouveau ; sinon, demandez le devis au vendeur."),
    ),
    codes.AMOUNT_DIFFERS: Words(
        _("Montants différents"),
        _("La vente et l’achat n’ont pas le même total."),
        _("Comparez les deux documents et corrigez celui qui se trompe, par un avoir s’il est validé."),
    ),
    codes.DATE_DIFFERS: Words(
        _("Dates différentes"),
        _(
            "La vente et l’achat n’ont pas la même date : le produit et la charge peuvent tomber "
            "dans deux mois."
        ),
        _("Corrigez la date de l’achat s’il n’est pas exporté ; sinon, laissez-le avec un motif."),
    ),
    codes.NUMBER_DIFFERS: Words(
        _("Numéro du vendeur différent"),
        _("L’achat ne porte pas le numéro de la facture du vendeur."),
        _("Corrigez le numéro sur la fiche de l’achat."),
    ),
    codes.PARTIES_DIFFER: Words(
        _("Enseignes différentes"),
        _("Les deux documents ne parlent pas du même vendeur et du même acheteur."),
        _("Vérifiez les fiches client et fournisseur des deux enseignes."),
    ),
    codes.VAT_CHARGED: Words(
        _("TVA sur une facture interne"),
        _(
            "Le produit interne porte un taux de TVA. Deux enseignes de la coopérative sont une seule "
            "entreprise : il n’y a pas de TVA entre elles, et l’écriture de vente exportée est déséquilibrée."
        ),
        _("Faites un avoir, mettez le produit interne sur un taux de 0 %, puis refacturez."),
    ),
    codes.YEAR_DIFFERS: Words(
        _("Mauvais exercice"),
        _("La vente est rangée dans l’année civile de sa date, qui n’est pas celle de votre exercice."),
        _("Corrigez l’exercice sur la fiche de la facture."),
    ),
    codes.TYPE_MISSING: Words(
        _("Type de dépense manquant"),
        _("L’achat est validé sans type de dépense : son export comptable échouera."),
        _("Choisissez le type de dépense interne de chaque ligne."),
    ),
    codes.EXPORTED_EARLY: Words(
        _("Vente exportée, achat non validé"),
        _("La vente est en comptabilité alors que l’acheteur n’a pas encore validé son document."),
        _("Faites valider l’achat, puis exportez-le dans le même mois."),
    ),
    codes.EXPORTED_ALONE: Words(
        _("Exporté d’un seul côté"),
        _(
            "Un seul des deux documents est en comptabilité : le produit est écrit sans la charge, "
            "ou l’inverse."
        ),
        _("Exportez l’autre document."),
    ),
    codes.PAYMENT_EXPORTED_ALONE: Words(
        _("Règlement exporté d’un seul côté"),
        _("Un seul des deux règlements est en comptabilité : le compte de liaison ne se solde pas."),
        _("Exportez l’autre règlement."),
    ),
    codes.PAYMENT_CHANGED: Words(
        _("Règlement modifié après son export"),
        _("L’encaissement a été modifié, ce qui a changé le paiement de l’acheteur déjà en comptabilité."),
        _("Corrigez l’écriture dans votre logiciel comptable, puis laissez l’écart avec ce motif."),
    ),
    codes.PAYMENT_CROSSED: Words(
        _("Règlements croisés"),
        _(
            "Les deux côtés ont payé la même somme à des dates ou par des montants différents : une "
            "modification a touché un autre règlement du même montant."
        ),
        _("Remettez les dates et les montants de l’achat comme ceux de la vente."),
    ),
    codes.PAYMENT_ALONE: Words(
        _("Règlement d’un seul côté"),
        _("Les sommes réglées ne sont pas les mêmes sur la vente et sur l’achat."),
        _("Enregistrez le règlement qui manque, ou retirez celui qui est de trop."),
    ),
    codes.PAYMENT_CENTS: Words(
        _("Fraction de centime"),
        _("Un encaissement modifié compte une fraction de centime que le paiement de l’acheteur n’a pas."),
        _("Arrondissez l’encaissement au centime."),
    ),
    codes.FORCED: Words(
        _("Soldée de force"),
        _("La vente est marquée soldée alors qu’il reste à payer."),
        _("Enregistrez le reste, faites un avoir de la différence, ou laissez-la avec un motif."),
    ),
    codes.SETTLED_BY_CREDIT: Words(
        _("Achat soldé par un avoir partiel"),
        _("Un avoir partiel a marqué tout l’achat comme soldé, alors qu’il reste à payer."),
        _("Recalculez l’état de paiement des deux documents."),
    ),
    codes.CREDIT_NOT_DEDUCTED: Words(
        _("Avoir non déduit de l’achat"),
        _("Tout est payé, avoir compris, mais l’achat attend encore le montant de l’avoir."),
        _("Recalculez l’état de paiement des deux documents."),
    ),
    codes.LEFT_SETTLED: Words(
        _("Achat resté soldé"),
        _(
            "Un encaissement a été réduit, supprimé ou inversé : la vente n’est plus soldée, "
            "l’achat l’est resté."
        ),
        _("Recalculez l’état de paiement des deux documents."),
    ),
    codes.SETTLED_AS_DRAFT: Words(
        _("Brouillon soldé"),
        _("L’achat est marqué soldé sans avoir été validé ni numéroté : il ne sera ni validé ni exporté."),
        _("Validez l’achat, puis recalculez son état de paiement."),
    ),
    codes.VALIDATED_BY_PAYMENT: Words(
        _("Validé par l’encaissement"),
        _("Personne n’a validé cet achat : l’enregistrement de l’encaissement l’a fait."),
        _("Demandez son accord à l’acheteur, puis laissez l’écart avec ce motif."),
    ),
    codes.REFUSED_THEN_PAID: Words(
        _("Refusé puis payé"),
        _("L’acheteur avait refusé ce document ; l’enregistrement de l’encaissement l’a validé malgré lui."),
        _(
            "Demandez son accord à l’acheteur ; s’il refuse toujours, retirez l’encaissement "
            "et faites un avoir."
        ),
    ),
    codes.ORDER_TIED: Words(
        _("Commande reliée à la dernière facture seulement"),
        _(
            "Plusieurs factures ont été faites de ce devis : la commande de l’acheteur ne "
            "montre que la dernière."
        ),
        _(
            "Rien n’est faux dans les comptes : vérifiez le total facturé, puis laissez l’écart avec "
            "un motif."
        ),
    ),
}
