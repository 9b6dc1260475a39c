"""What an admin chooses of the files for Sage, beside the host's own accounting configuration."""

from typing import Any

from pyramid.view import view_config

from ...exchanges import sage_choices as choices
from ...kernel import preferences
from ..forms import base
from ..forms.base import FORM_PAGE, act, done, submit
from ..i18n import _
from ..permissions import CONFIGURE

ACCOUNTS = (
    (choices.AS_THE_BOOKS, _("Ceux des livres (schéma comptable)")),
    (
        choices.AS_THE_HOST,
        _("Ceux de votre application (clients et fournisseurs internes, produit, type de dépense)"),
    ),
)
DUE = (
    (choices.AS_THE_HOST, _("Celle d’enDI : la date plus trente jours")),
    (choices.AS_THE_BOOKS, _("Celle de l’échange")),
)
INTRO = _(
    "Les journaux, libellés, comptes de tiers et longueurs sont ceux de la configuration comptable d’enDI ; "
    "une application qui n’en a pas reçoit des valeurs usuelles."
)


@view_config(route_name="endi_ext.admin.sage", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE)
def choose(request: Any) -> Any:
    """Choose whose general accounts and whose due day the files for Sage bear."""
    session, back = request.dbsession, request.route_path("endi_ext.admin")

    def save(values: dict[str, Any]) -> Any:
        for name, value in values.items():
            preferences.choose(session, name, value, act(request))
        return done(request, back, _("Votre choix vaut pour les prochains exports."))

    chosen = choices.read(session)
    return submit(
        request,
        _schema(),
        save,
        title=_("Fichiers pour Sage"),
        button=_("Enregistrer"),
        cancel=back,
        values={
            choices.ACCOUNTS: choices.AS_THE_HOST if chosen.hosts_accounts else choices.AS_THE_BOOKS,
            choices.DUE: choices.AS_THE_HOST if chosen.due_days else choices.AS_THE_BOOKS,
        },
        intro=request.endi_ext.text(INTRO),
    )


def _schema() -> base.Schema:
    schema = base.Schema()
    schema.add(base.choice(_("Comptes généraux"), ACCOUNTS, name=choices.ACCOUNTS))
    schema.add(base.choice(_("Échéance écrite dans le fichier"), DUE, name=choices.DUE))
    return schema
