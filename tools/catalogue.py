"""The sentences of the interface, found in the code and the templates, and kept in step with the catalogues.

python tools/catalogue.py        add what is new to each endi_ext.po, drop what is gone, say what waits
"""

import ast
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
WEB = ROOT / "endi_ext" / "web"
CATALOGUES = sorted((WEB / "locale").glob("*/LC_MESSAGES/endi_ext.po"))

# In templates a sentence is one string between quotes: `_('Refuser')`.
CALL = re.compile(r"""\b_\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*[,)]""")


def sentences() -> dict[str, list[str]]:
    """Return each sentence with the files it is in."""
    found: dict[str, list[str]] = {}
    for path in sorted(WEB.rglob("*")):
        if path.suffix in READERS:
            for text in READERS[path.suffix](path.read_text("utf-8")):
                places = found.setdefault(text, [])
                place = str(path.relative_to(ROOT))
                if place not in places:
                    places.append(place)
    return found


def of_python(source: str) -> list[str]:
    """Return the constant strings given to `_`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    marked = [node.args[0] for node in calls if ast.unparse(node.func) == "_" and node.args]
    return [node.value for node in marked if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def of_template(source: str) -> list[str]:
    """Return the strings given to `_`."""
    return [single or double for single, double in CALL.findall(source)]


READERS = {".py": of_python, ".mako": of_template, ".pt": of_template}


def update(path: Path) -> list[str]:
    """Bring one catalogue in step; return the sentences that wait for a translation."""
    with path.open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if message.id}
    catalogue = Catalog(locale=path.parts[-3], project="endi_ext", charset="utf-8", fuzzy=False)
    for text, places in sentences().items():
        catalogue.add(text, known.get(text, ""), locations=[(place, 0) for place in places])
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return [text for text in sentences() if not known.get(text)]


def main() -> None:
    """Update every catalogue and say what waits."""
    waiting = {path: update(path) for path in CATALOGUES}
    for path, texts in waiting.items():
        print(f"{path.relative_to(ROOT)} : {len(texts)} à traduire")
        print("".join(f"  {text}\n" for text in texts), end="")
    sys.exit(any(waiting.values()))


if __name__ == "__main__":
    main()
