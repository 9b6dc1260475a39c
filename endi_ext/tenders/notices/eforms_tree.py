"""Ways through the tree of an eForms notice: by local names, as BOAMP has namespaces of its own. Pure."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from . import values

# Our readers read French; among the official languages of a notice, French comes first.
FRENCH = "FRA"
EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def each(element: Any, path: str) -> Iterator[Any]:
    """Return the elements at a path of local names ("TenderingTerms/PaymentTerms")."""
    found: Iterator[Any] = element.iterfind(_anywhere(path))
    return found


def extended(element: Any, path: str) -> Iterator[Any]:
    """Return the elements at a path within the eForms extension of an element."""
    return each(element, f"{EXTENSION}/{path}")


def first(elements: Iterable[Any]) -> str | None:
    """Return the first text that says something."""
    return next((found for one in elements if (found := values.text(one.text)) is not None), None)


def in_language(elements: Iterable[Any], language: str | None) -> str | None:
    """Return the text in the language we read: French, else the notice's own, else the first there is."""
    texts: dict[str, str] = {}
    for element in elements:
        found = values.text(element.text)
        if found is not None:
            texts.setdefault((element.get("languageID") or "").upper(), found)
    for wanted in (FRENCH, (language or "").upper()):
        if wanted in texts:
            return texts[wanted]
    return next(iter(texts.values()), None)


@lru_cache(maxsize=256)
def _anywhere(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))
