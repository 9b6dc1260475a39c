"""XML that was brought to JSON, made a tree again: eForms are read from trees only. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from . import guard
from .refusals import NoticeTooLarge

NAME = re.compile(r"(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
# What no XML may hold.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tree_of(name: str, value: Any) -> Any:
    """Return an element by its local name; what has no name fit for XML is left out.

    Raises NoticeTooLarge.
    """
    found = NAME.fullmatch(name)
    element = etree.Element(found.group(1) if found and name.isascii() else "unnamed")
    if not isinstance(value, Mapping):
        element.text = _text(value)
        return element
    if sum(key.startswith("@") for key in value) > guard.MOST_ATTRIBUTES:
        raise NoticeTooLarge(most_mb=guard.NOTICE.file_bytes // guard.MEBIBYTE)
    for key, one in value.items():
        if key == "#text":
            element.text = _text(one)
        elif key.startswith("@"):
            _set(element, key[1:], one)
        else:
            element.extend(tree_of(key, item) for item in (one if isinstance(one, list) else [one]))
    return element


def _set(element: Any, key: str, value: Any) -> None:
    found = NAME.fullmatch(key)
    if found and key.isascii() and not key.startswith("xmlns"):
        element.set(found.group(1), _text(value) or "")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, list | Mapping):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return UNFIT.sub("", str(value))
