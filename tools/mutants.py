"""Change the code in small ways, one at a time, and tell which changes no test notices (mutation testing).

    .venv/bin/python tools/mutants.py endi_ext/kernel/money.py endi_ext/kernel/workflow.py
    .venv/bin/python tools/mutants.py 'endi_ext/ledger/*.py' --sample 150 --seed 1
    .venv/bin/python tools/mutants.py endi_ext/kernel/money.py --again

mutmut makes the changes and forks a process for each; this file hands it a copy of the working tree (it never
touches the tree itself), the tests of the modules (tools/mutants.ini), SQLite alone and ready, examples that
are not shrunk. `--sample` tries so many of all the mutants of the modules named, `--again` only those that
survived the last time in the same folder, after a test was strengthened (a module that was changed itself is
tried as a whole again). Exit status 0 when every module
reaches `--least`.
"""

import argparse
import ast
import configparser
import contextlib
import json
import math
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tools" / "mutants.ini"
CONFIGURATION = """[tool.mutmut]
source_paths = ["endi_ext"]
only_mutate = {modules}
also_copy = {beside}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-k", "not mariadb", "-p", "no:cacheprovider", "-p", "no:xdist"]
use_git_change_detection = false
timeout_multiplier = 6.0
timeout_constant = 10.0
"""
# A mutant that hangs is noticed: whoever waits for the page notices too.
NOTICED = ("killed", "timeout", "segfault")
SURE = 1.96  # 95 times out of 100


def main():
    wanted = arguments()
    modules = sorted({str(path.relative_to(ROOT)) for name in wanted.modules for path in ROOT.glob(name)})
    if not modules:
        return "no such module: name files of the package, endi_ext/…"
    folder = wanted.folder.resolve()
    last = told_last(folder, modules) if wanted.again else {}
    names = prepare(folder, modules)
    run(folder, chosen(names, wanted, last))
    found = results(modules)
    found = {module: {**last.get(module, {}), **found.get(module, {})} for module in {**last, **found}}
    (folder / "results.json").write_text(json.dumps(found, indent=1))
    tell(folder, found, whole=len(names))
    return int(any(score(of) < wanted.least for of in found.values()))


def arguments():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    reader.add_argument("modules", nargs="+", help="files of the package, from the root; patterns too")
    reader.add_argument("--sample", type=int, help="try so many mutants instead of all")
    reader.add_argument("--seed", type=int, default=1, help="which sample (1)")
    reader.add_argument(
        "--again", action="store_true", help="only what survived the last time in this folder"
    )
    reader.add_argument(
        "--only", default="*", help="only mutants whose name fits this pattern: '*x_allocate*'"
    )
    reader.add_argument(
        "--folder", type=Path, default=ROOT / "var" / "mutants", help="of the copy (var/mutants)"
    )
    reader.add_argument("--jobs", type=int, default=1, help="how many at once (1)")
    reader.add_argument("--least", type=float, default=90, help="the score to reach, in %% (90)")
    return reader.parse_args()


def tests_of(modules):
    table = configparser.ConfigParser(delimiters="=")
    table.optionxform = str
    table.read(TABLE)
    rows = dict(table["tests"])
    bare = [module for module in modules if not any(fnmatch(module, pattern) for pattern in rows)]
    if bare:
        sys.exit(f"{TABLE.name} names no tests of {', '.join(bare)}")
    fitting = [rows[pattern] for pattern in rows if any(fnmatch(module, pattern) for module in modules)]
    return list(dict.fromkeys(" ".join(fitting).split()))


def prepare(folder, modules):
    """Copy the tree, say what is to be done and return the names of all mutants."""
    tests = tests_of(modules)
    copy = folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # gone since it was listed
            shutil.copy2(ROOT / name, copy / name, follow_symlinks=False)
    for module in modules:
        (copy / module).write_text(undecorated((ROOT / module).read_text()))
    # mutmut copies what a link names, and would not find its way.
    (copy / "endi_ext" / "alembic").unlink()
    shutil.copytree(copy / "alembic", copy / "endi_ext" / "alembic")
    beside = sorted(one.name for one in copy.iterdir() if one.name != "endi_ext")
    text = CONFIGURATION.format(
        modules=json.dumps(modules), beside=json.dumps(beside), tests=json.dumps(tests)
    )
    (copy / "pyproject.toml").write_text(text)
    migrate = "import sys; from endi_ext import migrations; from endi_ext.kernel.engine import make_engine; "
    migrate += "engine = make_engine(sys.argv[1]); migrations.upgrade(engine); engine.dispose()"
    ready(folder).unlink(missing_ok=True)
    subprocess.run([sys.executable, "-c", migrate, f"sqlite:///{ready(folder)}"], cwd=copy, check=True)
    os.chdir(copy)
    return [name for module in modules for name in names_of(module)]


def undecorated(text):
    """Return a module with `name = property(name)` after its properties: mutmut leaves decorators alone."""
    lines = text.splitlines()
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(found, key=lambda one: -one.lineno):
        names = [ast.unparse(one) for one in node.decorator_list]
        if names in (["property"], ["contextmanager"]):
            lines.insert(node.end_lineno, f"{' ' * node.col_offset}{node.name} = {names[0]}({node.name})")
            del lines[node.decorator_list[0].lineno - 1]
    return "\n".join([*lines, ""])


def ready(folder):
    return folder / "ready.sqlite"


def names_of(module):
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    mutated = mutate_file_contents(module, Path(module).read_text())
    return [get_mutant_name(Path(module), name) for name in mutated.mutant_names]


def chosen(names, wanted, last):
    fitting = [name for name in names if fnmatch(name, wanted.only) and is_open(name, last)]
    if not fitting:
        sys.exit("no mutant is left to try")
    if wanted.sample and wanted.sample < len(fitting):
        # Not to keep a secret: the same seed shall draw the same mutants.
        fitting = sorted(random.Random(wanted.seed).sample(fitting, wanted.sample))
    jobs = ["--max-children", str(wanted.jobs)]
    return jobs if len(fitting) == len(names) else [*jobs, *fitting]


def run(folder, choice):
    surroundings = {
        **os.environ,
        "ENDI_EXT_TEST_SQLITE": str(ready(folder)),
        "HYPOTHESIS_PROFILE": "unshrunk",
        "TMPDIR": str(folder),
        "PYTHONPATH": "",
    }
    with (folder / "mutmut.log").open("w") as log:
        command = [str(Path(sys.executable).parent / "mutmut"), "run", *choice]
        done = subprocess.run(command, env=surroundings, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.exit(f"mutmut stopped: see {folder / 'mutmut.log'}")


def results(modules):
    """Return what became of each mutant tried, by module."""
    from mutmut.stats import status_by_exit_code

    found = {}
    for module in modules:
        meta = Path(f"mutants/{module}.meta")
        codes = json.loads(meta.read_text())["exit_code_by_key"] if meta.exists() else {}
        tried = {name: status_by_exit_code[code] for name, code in codes.items() if code is not None}
        if tried:
            found[module] = tried
    return found


def is_open(name, last):
    """Say whether a mutant is to be tried: it survived, or its module was not tried as it is."""
    module = name.rpartition(".")[0].replace(".", "/") + ".py"
    return module not in last or last[module].get(name, "killed") not in NOTICED


def told_last(folder, modules):
    """Return what became of the mutants of those modules that have not changed since."""
    last = json.loads((folder / "results.json").read_text())
    return {
        module: last[module]
        for module in modules
        if module in last
        and (folder / "copy" / module).read_text() == undecorated((ROOT / module).read_text())
    }


def noticed(of):
    return sum(status in NOTICED for status in of.values())


def score(of):
    return 100 * noticed(of) / len(of)


def tell(folder, found, whole):
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    for module, of in found.items():
        for name, status in of.items():
            if status != "killed":  # on a busy machine a mutant that does no harm may be given up too
                changes = get_diff_for_mutant(name, path=module).splitlines()[2:]
                print(f"\n# {name}: {status}", *changes, sep="\n")
    print(
        f"\n{'module':45}{'mutants':>8}{'killed':>8}{'survived':>9}{'timeout':>8}{'no test':>8}{'score':>8}"
    )
    for module, of in found.items():
        tell_row(module, of)
    every = {name: status for of in found.values() for name, status in of.items()}
    tell_row("all", every)
    if len(every) < whole:
        low, high = interval(noticed(every), len(every))
        print(f"\n{len(every)} of {whole} tried: between {low:.1f} % and {high:.1f} % in 95 samples of 100")
    print(f"\nthe copy, mutmut.log and results.json: {folder}")


def tell_row(module, of):
    count = Counter(of.values())
    killed = count["killed"] + count["segfault"]
    left = len(of) - killed - count["timeout"] - count["no tests"]
    print(
        f"{module:45}{len(of):8}{killed:8}{left:9}{count['timeout']:8}{count['no tests']:8}{score(of):7.1f}%"
    )


def interval(hits, tries):
    """Return between which percentages a share lies (Wilson's interval)."""
    share, spread = hits / tries, SURE**2 / tries
    middle = (share + spread / 2) / (1 + spread)
    half = SURE / (1 + spread) * math.sqrt(share * (1 - share) / tries + spread / tries / 4)
    return 100 * (middle - half), 100 * (middle + half)


if __name__ == "__main__":
    sys.exit(main())
