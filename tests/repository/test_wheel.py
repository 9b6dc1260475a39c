"""What is installed elsewhere is what is here: the wheel holds everything but the tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LEFT_OUT = ("__pycache__", ".pyc", "README.md")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names of the files in a wheel built from a copy, so that nothing is left behind here."""
    folder = tmp_path_factory.mktemp("wheel")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    copied = [name for name in tracked if name and not name.startswith("tests/")]
    archive = subprocess.run(["tar", "-cf", "-", *copied], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-xf", "-"], cwd=folder, check=True, input=archive)
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", "dist"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "."], cwd=folder, check=True)
    (built,) = (folder / "dist").glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_the_migrations(wheel):
    migrations = {
        f"endi_ext/alembic/versions/{path.name}" for path in (ROOT / "alembic/versions").glob("*.py")
    }
    assert migrations
    assert migrations | {"endi_ext/alembic/env.py", "endi_ext/alembic/script.py.mako"} <= wheel


def test_the_wheel_holds_every_file_of_the_package(wheel):
    here = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "endi_ext").rglob("*")
        if path.is_file() and not any(part in str(path) for part in LEFT_OUT)
    }
    assert here - wheel == set()


def test_the_wheel_holds_nothing_else(wheel):
    others = {name.partition("/")[0] for name in wheel}
    assert len(others) == 2, others  # the package and its metadata


def test_no_init_hides_the_alembic_library(wheel):
    assert "endi_ext/alembic/__init__.py" not in wheel
    assert not (ROOT / "alembic" / "__init__.py").exists()
