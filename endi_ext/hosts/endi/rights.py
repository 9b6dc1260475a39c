"""Our permissions tied to the host's access rights, and rights of our own for its roles screen."""

from typing import Any

from caerp.consts.access_rights import ACCESS_RIGHTS, CATEGORIES
from caerp.consts.permissions import PERMISSIONS
from caerp.consts.users import PREDEFINED_GROUPS

from ...web.permissions import HOST_RIGHTS, RIGHTS

# What the host itself asks of those who use its support team's menus, and its configuration screens.
SUPPORT_TEAM = "global.access_ea"
ADMINISTRATION = "global.access_admin"

DESCRIPTIONS = {
    "endi_ext_accountant": (
        "Échanges internes : tenir les comptes",
        "Consulter le livre des échanges internes, régler et annuler un échange, importer des échanges.",
        "Comptabilité",
        (SUPPORT_TEAM,),
    ),
    "endi_ext_configurator": (
        "Échanges internes : configurer",
        "Choisir le schéma comptable, les comptes et le taux de contribution des échanges internes.",
        "Comptabilité",
        (SUPPORT_TEAM, ADMINISTRATION),
    ),
    "endi_ext_supervisor": (
        "Échanges internes : consulter toutes les enseignes",
        "Consulter les sous-traitances et les échanges internes de toutes les enseignes, sans les modifier.",
        "Accompagnement",
        (SUPPORT_TEAM,),
    ),
    "endi_ext_arbiter": (
        "Échanges internes : arbitrer les différends",
        "Lire les différends soumis à l’arbitrage, avec leurs messages et leurs pièces, et les trancher.",
        "Accompagnement",
        (SUPPORT_TEAM,),
    ),
}


def extend() -> None:
    """Add our permissions and rights to the host's; called again, it changes nothing."""
    for given in (*HOST_RIGHTS.values(), *RIGHTS.values()):
        PERMISSIONS.update({permission: permission for permission in given})
    for name, given in HOST_RIGHTS.items():
        _give(ACCESS_RIGHTS[name], given)
    for name, given in RIGHTS.items():
        ACCESS_RIGHTS.setdefault(name, _right(name, given))
        _give_to_admins(ACCESS_RIGHTS[name])


def _give(right: dict[str, Any], permissions: tuple[str, ...]) -> None:
    held = right["global_permissions"]
    held.extend(permission for permission in permissions if permission not in held)


def _right(name: str, permissions: tuple[str, ...]) -> dict[str, Any]:
    label, description, category, of_the_host = DESCRIPTIONS[name]
    return {
        "name": name,
        "label": label,
        "description": description,
        "global_permissions": [*of_the_host, *permissions],
        "tags": ["échanges internes", "sous-traitance"],
        "account_type": "equipe_appui",
        "category": CATEGORIES[category],
    }


def _give_to_admins(right: dict[str, Any]) -> None:
    # The host made this list when its module was imported, before our rights existed.
    admins = next(group for group in PREDEFINED_GROUPS if group["name"] == "admin")
    if right not in admins["access_rights"]:
        admins["access_rights"].append(right)
