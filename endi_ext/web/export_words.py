"""What an accountant reads of a difference between the host's export and ours."""

from ..reconciliation import export_compare as codes
from .finding_words import Words
from .i18n import _

WORDS = {
    codes.AMOUNT_DIFFERS: Words(
        _("Montant exporté différent"),
        _(
            "Sur le compte {account}, enDI a exporté {host_cents} pour cet échange, et nos livres disent "
            "{books_cents}."
        ),
        _(
            "Cherchez ce qui a changé depuis l’export : un taux de contribution, un document modifié. "
            "Corrigez le logiciel comptable, ou exportez de nouveau."
        ),
    ),
    codes.ACCOUNT_DIFFERS: Words(
        _("Compte exporté différent"),
        _(
            "Le même montant est sur le compte {host_account} dans l’export d’enDI, et sur {account} dans "
            "nos livres."
        ),
        _(
            "Mettez les mêmes comptes des deux côtés : schéma comptable des échanges, ou comptes des "
            "clients et fournisseurs internes dans enDI."
        ),
    ),
    codes.LINE_MISSING: Words(
        _("Lignes absentes de l’export d’enDI"),
        _("Nos livres ont, pour cet échange, des lignes qu’enDI n’a pas exportées : comptes {accounts}."),
        _(
            "Regardez si le module de contribution des factures internes est activé dans enDI, et si tout ce "
            "qui s’est passé depuis (avoir, règlement) y a été fait et exporté."
        ),
    ),
    codes.LINE_UNKNOWN: Words(
        _("Lignes que seul enDI exporte"),
        _("enDI a exporté, pour cet échange, des lignes que nos livres n’ont pas : comptes {accounts}."),
        _(
            "C’est le plus souvent une contribution rendue à l’acheteur à son propre taux, ou une assurance. "
            "Vérifiez que c’est voulu, puis laissez l’écart avec ce motif."
        ),
    ),
}
