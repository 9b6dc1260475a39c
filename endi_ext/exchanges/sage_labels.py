"""Labels of entries as the host makes them: a template filled in, cleaned, cut. Pure."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import Any

from ..kernel.errors import DomainError

# Titles the host takes out of labels, wherever they stand; the longest first.
TITLES = sorted(
    (
        "Monsieur et Madame", "Monsieur ou Madame", "Monsieur et Monsieur", "Monsieur ou Monsieur",
        "Madame et Madame", "Madame ou Madame", "M. et Mme", "M. ou Mme", "M. et M.", "M. ou M.",
        "Mme et Mme", "Mme ou Mme", "Monsieur", "Madame", "Non renseigné", "Mme", "M.",
    ),
    key=lambda title: (-len(title), title),
)  # fmt: skip

# A spreadsheet that opens the file would run a cell that begins like this.
FORMULA_STARTS = "=+-@\t\r\n "


class LabelTemplateWrong(DomainError):
    """A template of labels names something we do not know, or is not one (facts: template, named)."""

    code = "label_template_wrong"


def filled(template: str, names: Mapping[str, Any]) -> str:
    """Return the label a template gives; `names` are whole dotted names. Raises LabelTemplateWrong."""
    filling = _Filling(template)
    try:
        return filling.vformat(template, (), names)
    except (ValueError, IndexError, TypeError):
        raise LabelTemplateWrong(template=template[:200], named=template[:60]) from None


@lru_cache(maxsize=4096)
def cleaned(label: str, length: int) -> str:
    """Return a label as the host writes it: without titles and separators, then cut; 0 cuts none."""
    for title in TITLES:
        label = label.replace(title, "")
    label = label.replace("  ", " ").strip()
    label = label.replace(";", " ").replace(",", "").replace('"', "").replace("None", "").strip()
    label = harmless(label)
    return (label[:length] if length else label).replace("\n", " ").replace("\r", " ")


def harmless(text: str) -> str:
    """Return a text no spreadsheet takes for a formula: without the signs formulas begin with."""
    return str(text or "").lstrip(FORMULA_STARTS)


class _Filling(Formatter):
    """Fills whole dotted names from a table: nothing else of what it names is ever reached."""

    def __init__(self, template: str) -> None:
        self._template = template

    def get_field(self, field_name: str, _args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if field_name not in kwargs:
            raise LabelTemplateWrong(template=self._template[:200], named=field_name[:60])
        return kwargs[field_name], field_name
