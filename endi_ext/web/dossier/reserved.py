"""Whom a public contract may be reserved for: rubric C2 of the DC2, the prison case of 2023 included."""

STRUCTURES = (
    ("insertion", "Structure d’insertion par l’activité économique (article L. 5132-4 du code du travail)"),
    ("adapted", "Entreprise adaptée (article L. 5213-13 du code du travail)"),
    (
        "assisted",
        (
            "Établissement et service d’aide par le travail (articles L. 344-2 et suivants du code de "
            "l’action sociale et des familles)"
        ),
    ),
    (
        "social",
        (
            "Entreprise de l’économie sociale et solidaire (article 1er de la loi n° 2014-856 du 31 juillet "
            "2014)"
        ),
    ),
    (
        "prison",
        (
            "Opérateur économique prévoyant d’exécuter le marché dans le cadre d’activités de production de "
            "biens et de services réalisées en établissement pénitentiaire"
        ),
    ),
)
INCLUSIVE = (
    "Marché réservé aux structures de l’insertion par l’activité économique ou du handicap (articles "
    "L. 2113-12, L. 2113-13 et L. 2113-14 du code de la commande publique)"
)
SOCIAL = (
    "Marché réservé aux entreprises de l’économie sociale et solidaire (article L. 2113-15 du code de la "
    "commande publique)"
)
PRISON = "Marché réservé pénitentiaire (article L. 2113-13-1 du code de la commande publique)"
KINDS = {
    "insertion": INCLUSIVE,
    "adapted": INCLUSIVE,
    "assisted": INCLUSIVE,
    "social": SOCIAL,
    "prison": PRISON,
}


def rows(chosen: str) -> list[tuple[str, str, str]]:
    """Return the rows of C2; each kind of contract is named once, above its structures."""
    named: set[str] = set()
    found = []
    for key, text in STRUCTURES:
        kind = "" if KINDS[key] in named else KINDS[key]
        named.add(KINDS[key])
        found.append((kind, f"{_tick(chosen == key)} {text}", ""))
    return found


def _tick(ticked: bool) -> str:
    return "☒" if ticked else "☐"
