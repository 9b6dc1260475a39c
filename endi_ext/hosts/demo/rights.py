"""Access rights of the demo host: what each is called and which global permissions it gives."""

from ...web.permissions import HOST_RIGHTS, RIGHTS

MANAGE_PEOPLE = "global.demo_manage_people"

# The demo's own right, beside the host's and the plugin's.
OWN_RIGHTS = {"demo_administrator": (MANAGE_PEOPLE,)}

PERMISSIONS_OF = {**HOST_RIGHTS, **RIGHTS, **OWN_RIGHTS}

LABELS = {
    "global_accountant": "Comptable de la coopérative",
    "global_config_accounting": "Configuration de la comptabilité",
    "global_company_supervisor": "Supervision de toutes les enseignes",
    "endi_ext_accountant": "Échanges internes : tenir les comptes",
    "endi_ext_configurator": "Échanges internes : configurer",
    "endi_ext_supervisor": "Échanges internes : consulter toutes les enseignes",
    "endi_ext_arbiter": "Échanges internes : arbitrer les différends",
    "demo_administrator": "Gestion des comptes utilisateurs et des enseignes",
}


def permissions_given(access_rights: set[str]) -> set[str]:
    """Return the global permissions that these access rights give together."""
    return {permission for right in access_rights for permission in PERMISSIONS_OF.get(right, ())}
