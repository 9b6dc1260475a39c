"""The languages of the interface: French as written in the code, the others read from their .po at start.

In Python, `_("…")` only marks a sentence for extraction; it is translated where it is shown: `page(...)`,
`flash(...)` and the forms do it. In our templates `_("…", name=value)` translates and fills in.
"""

from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "fr"


def _(text: str) -> str:
    """Mark `text` as a sentence of the interface."""
    return text


def includeme(config: Any) -> None:
    """Read the catalogues now, so that a broken one stops the start and not a page."""
    for language in languages():
        catalogue(language)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages the interface speaks, French first."""
    return (SOURCE_LANGUAGE, *sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/endi_ext.po")))


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the translated sentences of `language`; none for French, which the code speaks."""
    if language == SOURCE_LANGUAGE:
        return {}
    with (LOCALE / language / "LC_MESSAGES" / "endi_ext.po").open("rb") as file:
        return {
            str(message.id): str(message.string) for message in read_po(file) if message.id and message.string
        }


def translate(language: str, text: str, **facts: Any) -> str:
    """Return `text` in `language`, its {named} facts filled in."""
    translated = catalogue(language).get(text, text)
    return translated.format(**facts) if facts else translated


def language_of(request: Any) -> str:
    """Return the language asked for (`?_LOCALE_=en` or its cookie), else the installation's, else French."""
    asked = request.params.get("_LOCALE_") or request.cookies.get("_LOCALE_")
    chosen = asked or request.registry.endi_ext_settings["endi_ext.language"]
    return chosen if chosen in languages() else SOURCE_LANGUAGE
