"""The documentation names what exists: every setting, every command, every folder, every link."""

import re
from pathlib import Path

import pytest

from endi_ext import settings
from endi_ext.cli import main
from endi_ext.hosts.demo import settings as demo_settings

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)[^)]*\)")


def page(name):
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("key", sorted(settings.DEFAULTS))
def test_every_setting_is_documented_with_its_default(key):
    (row,) = [line for line in page("docs/fr/settings.md").splitlines() if line.startswith(f"| `{key}` |")]
    assert f"`{settings.DEFAULTS[key]}`" in row


def test_no_setting_is_documented_that_does_not_exist():
    row = re.compile(r"^\| `((?:endi_ext|demo)\.\w+)` \|", re.MULTILINE)
    documented = set(row.findall(page("docs/fr/settings.md")))
    known = {*settings.DEFAULTS, *demo_settings.DEFAULTS}
    assert documented <= known


@pytest.mark.parametrize("key", sorted(key for key in demo_settings.DEFAULTS if key.startswith("demo.")))
def test_every_setting_of_the_demo_is_documented(key):
    assert f"| `{key}` |" in page("docs/fr/settings.md")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_documented(command):
    assert f"`endi-ext {command}" in page("docs/fr/commands.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    targets = [target for target in LINK.findall(path.read_text("utf-8")) if "://" not in target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_module_has_its_sentence_in_the_architecture():
    known = page("docs/architecture.md")
    modules = [path for path in (ROOT / "endi_ext").rglob("*.py") if path.name != "__init__.py"]
    of_ours = [str(path.relative_to(ROOT / "endi_ext")) for path in modules if "alembic" not in path.parts]
    folders = ("web/views/", "web/forms/", "web/panels/", "web/refusals/", "hosts/demo/", "hosts/endi/")
    missing = [name for name in of_ours if not name.startswith(folders) and f"`{name}`" not in known]
    assert missing == []
