"""Habits that matter and that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "endi_ext"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "alembic" not in path.parts)
BELOW_WEB = [
    path
    for path in SOURCES
    if path.relative_to(PACKAGE).parts[0] not in ("web", "hosts", "cli.py", "terminal.py")
]
LONGEST_FILE = 300
PLAIN_DATA = {"endi_ext/hosts/demo/plots.py"}  # a story is as long as it is
LONGEST_VIEW = 25


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_module_opens_with_a_sentence_and_stays_short(path):
    text = path.read_text("utf-8")
    assert (ast.get_docstring(ast.parse(text)) or "").strip(), "a module says what it is"
    assert len(text.splitlines()) <= LONGEST_FILE or named(path) in PLAIN_DATA


@pytest.mark.parametrize("path", sorted((PACKAGE / "web" / "views").glob("*.py")), ids=named)
def test_views_are_short(path):
    functions = [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_VIEW} == {}


@pytest.mark.parametrize("path", BELOW_WEB, ids=named)
def test_below_web_nobody_looks_at_the_clock(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\b(datetime|date)\.(now|today|utcnow)\(|\btime\.time\(", text)


# Older Mako, such as enDI's, ends an expression in an attribute of a tag at its first brace.
BRACE_IN_TAG = re.compile(r"<%\w+:[^>]*\$\{[^}\"]*\{")


def test_no_expression_in_a_tag_holds_a_brace():
    templates = {path: path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.mako"))}
    assert len(templates) > 50
    assert [named(path) for path, text in templates.items() if BRACE_IN_TAG.search(text)] == []


# What is done apart from the rest, one thing after the other: a mistake in one must not stop the others.
# Who tidies up and raises again catches nothing.
CATCHES_EVERYTHING = PACKAGE / "web" / "apart.py"


@pytest.mark.parametrize("path", [one for one in SOURCES if one != CATCHES_EVERYTHING], ids=named)
def test_nobody_catches_everything(path):
    handlers = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler) and not isinstance(node.body[-1], ast.Raise)
    ]
    caught = [ast.unparse(node.type) if node.type else "everything" for node in handlers]
    assert not {"everything", "Exception", "BaseException"} & set(caught)


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_only_the_ledger_writes_entries(path):
    if path.relative_to(PACKAGE).parts[0] == "ledger":
        return
    text = path.read_text("utf-8")
    imports_rows = re.search(r"ledger(\.models)? import [^\n]*\b(Entry|Line|Seal|models)\b", text)
    assert not (imports_rows and re.search(r"\b(insert\((Entry|Line|Seal)\b|(Entry|Line|Seal)\()", text))


def test_the_example_of_a_clock_would_be_found():
    assert re.search(r"\b(datetime|date)\.(now|today|utcnow)\(", "on = date.today()")


def test_migrations_import_nothing_of_ours():
    for path in (ROOT / "alembic" / "versions").glob("*.py"):
        assert not re.search(r"^\s*(from|import) endi_ext", path.read_text("utf-8"), re.MULTILINE), path.name


def test_no_compiled_catalogue_is_kept_under_version_control():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert not [name for name in tracked.splitlines() if name.endswith(".mo")]


# Closing any other way would go around what must be settled first; a simulation has books of its own.
CLOSES = {
    "endi_ext/ledger/service.py",
    "endi_ext/reconciliation/month_end.py",
    "endi_ext/simulation/run.py",
}


def test_a_month_is_closed_through_its_checks_alone():
    found = {named(path) for path in SOURCES if re.search(r"\bclose_period\(", path.read_text("utf-8"))}
    assert found == CLOSES
    doors = {named(path) for path in SOURCES if "month_end.close(" in path.read_text("utf-8")}
    assert doors == {"endi_ext/web/month_desk.py"}
