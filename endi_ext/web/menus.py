"""What we add to a host's menus: one list, read by both shells."""

from dataclasses import dataclass

from . import routes
from .permissions import ACCOUNT, ARBITRATE, CONFIGURE, SUPERVISE

COMPANY, ACCOUNTING, ADMIN = "company", "accounting", "admin"


@dataclass(frozen=True)
class MenuEntry:
    """One entry; those of the company menu lead to `/companies/{id}/…` of the party shown."""

    menu: str
    label: str
    route_name: str
    icon: str
    permission: str | None = None


ENTRIES = (
    MenuEntry(COMPANY, "À traiter", "endi_ext.home", "list-check"),
    MenuEntry(COMPANY, "Sous-traitance", "endi_ext.subcontracts", "hands-helping"),
    MenuEntry(COMPANY, "Appels d’offres", "endi_ext.tenders", "users"),
    MenuEntry(COMPANY, "Mes affaires", "endi_ext.jobs", "list"),
    MenuEntry(COMPANY, "Échéances", "endi_ext.due", "calendar-alt"),
    MenuEntry(COMPANY, "Échanges", "endi_ext.exchanges", "exchange"),
    MenuEntry(COMPANY, "Relevé", "endi_ext.statement", "file-list"),
    MenuEntry(ACCOUNTING, "Fin de mois", "endi_ext.month_end", "calendar-alt", ACCOUNT),
    MenuEntry(ACCOUNTING, "Écarts", "endi_ext.findings", "exclamation-triangle", ACCOUNT),
    MenuEntry(ACCOUNTING, "À régler", "endi_ext.accounting", "exchange", ACCOUNT),
    MenuEntry(ACCOUNTING, "Journal", "endi_ext.journal", "book-bookmark", ACCOUNT),
    MenuEntry(ACCOUNTING, "Balance générale", "endi_ext.trial_balance", "calculator", ACCOUNT),
    MenuEntry(ACCOUNTING, "Relevés", "endi_ext.statement_any", "file-list", ACCOUNT),
    MenuEntry(ACCOUNTING, "Documents", "endi_ext.documents", "file-alt", ACCOUNT),
    MenuEntry(ACCOUNTING, "Rapprochement", "endi_ext.matching", "exchange", ACCOUNT),
    MenuEntry(ACCOUNTING, "Brouillard et questions", "endi_ext.drafts", "pen", ACCOUNT),
    MenuEntry(ACCOUNTING, "Lettrage", "endi_ext.lettering", "link", ACCOUNT),
    MenuEntry(ACCOUNTING, "Import", "endi_ext.import", "file-import", ACCOUNT),
    MenuEntry(ACCOUNTING, "Vérification", "endi_ext.verification", "lock", ACCOUNT),
    MenuEntry(ACCOUNTING, "Différends", "endi_ext.arbitrations", "signature", ARBITRATE),
    MenuEntry(ACCOUNTING, "Tous les appels d’offres", "endi_ext.tenders_any", "users", SUPERVISE),
    MenuEntry(ACCOUNTING, "Pièces des appels d’offres", "endi_ext.papers", "file-alt", SUPERVISE),
    MenuEntry(ADMIN, "Réglages", "endi_ext.admin", "cog", CONFIGURE),
)

# Pages that are reached from an entry without being below its address.
BESIDE = {
    "/exchanges/year-end": "/exchanges/month-end",
    "/exchanges/periods": "/exchanges/month-end",
    "/exchanges/questions": "/exchanges/drafts",
    "/exchanges/aged-balance": "/exchanges/lettering",
    "/exchanges/adoption": "/exchanges/documents",
}


def home_of(address: str) -> str:
    """Return the address of the entry a page is reached from, or its own."""
    homes = (home for beside, home in BESIDE.items() if f"{address}/".startswith(f"{beside}/"))
    return next(homes, address)


def routes_below(entry: MenuEntry) -> list[str]:
    """Return the routes of the pages that belong to an entry: it is the nearest one above their address."""
    patterns = {
        name: pattern
        for name, pattern, *_ in (
            *routes.OF_A_PARTY,
            *routes.OF_ACCOUNTANTS,
            *routes.OF_ARBITERS,
            *routes.OF_ADMINS,
        )
    }
    heads = [patterns[one.route_name] for one in ENTRIES]

    def nearest(pattern: str) -> str:
        at = home_of(pattern)
        return max((head for head in heads if f"{at}/".startswith(f"{head}/")), key=len)

    return [name for name, pattern in patterns.items() if nearest(pattern) == patterns[entry.route_name]]
