"""The papers that BOAMP's forms ask candidates for, in the words of the notice as one reads it. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .elements import several, text

# A ticked box has no words of its own.
BOXES = {
    "article2141": "Déclaration sur l’honneur de n’être dans aucun cas d’interdiction de soumissionner",
    "assurancerisques": "Assurance des risques professionnels",
    "bilans": "Bilans",
    "certificats": "Certificats de qualification professionnelle",
    "chiffreaffaires": "Déclaration du chiffre d’affaires des trois derniers exercices",
    "chiffresaffaires": "Déclaration du chiffre d’affaires des trois derniers exercices",
    "dc1": "Lettre de candidature (DC1)",
    "dc2": "Déclaration du candidat (DC2)",
    "dc4": "Déclaration de sous-traitance (DC4)",
    "descriptionequipement": "Description de l’équipement technique",
    "documentsautreoperateur": "Mêmes documents pour tout autre opérateur sur lequel s’appuie le candidat",
    "effectifs": "Effectifs moyens annuels",
    "listefournituresservices": "Liste des principales fournitures ou prestations des trois dernières années",
    "listeservices": "Liste des principales prestations des trois dernières années",
    "listetravaux": "Liste des travaux exécutés au cours des cinq dernières années",
    "outillage": "Outillage, matériel et équipement technique",
    "redressementjudiciaire": "Copie des jugements en cas de redressement judiciaire",
    "titresetudes": "Titres d’études et professionnels",
    "titresetudescadres": "Titres d’études et professionnels des cadres",
    "travailleurshandicapes": "Déclaration sur l’emploi des travailleurs handicapés",
}
IN_WORDS = ("justificationcomment", "justificationautre", "autre")
# What is said where everything is in the papers of the consultation: no paper is asked for by it.
ELSEWHERE = re.compile(
    r"(?:renvoi|se r[ée]f[ée]rer|cf\.?|voir)\b.{0,60}\b(?:r[eè]glement|dce|rc|dossier)\b.{0,40}",
    re.IGNORECASE | re.DOTALL,
)


def ticked(boxes: Any) -> tuple[str, ...]:
    """Return the papers a form ticks, and those asked for in words beside."""
    if not isinstance(boxes, Mapping):
        return ()
    said: list[Any] = []
    for name, value in boxes.items():
        if name.lower().startswith(IN_WORDS):
            said += several(value)
        elif not name.startswith(("@", "#")):
            words = [BOXES.get(name.lower()) or spaced(name), text(value)]
            said.append(" : ".join(word for word in words if word))
    return in_words(said)


def in_words(written: Iterable[Any]) -> tuple[str, ...]:
    """Return the papers asked for in words, but not where the words only send elsewhere."""
    said = (text(one) for one in written)
    return tuple(dict.fromkeys(one for one in said if one and not ELSEWHERE.fullmatch(one)))


def spaced(name: str) -> str:
    """Return a name such as listeTravaux made readable; what is none, as it is."""
    if not re.fullmatch(r"[A-Za-z][a-z]+(?:[A-Z][a-z]+)+", name):
        return name
    return re.sub(r"(?=[A-Z])", " ", name).strip().capitalize()
