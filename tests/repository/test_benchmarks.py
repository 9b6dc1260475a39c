"""Every benchmark still runs as `make bench` asks it to, at a tiny size: only errors fail."""

import sys
from importlib import import_module

import pytest

from benchmarks import desk_book, figures, import_exchanges, reading, regression, report, run, single_posting

# They need a served enDI, a year told in full, another framework; tests/hosts/demo opens pages.
SERVED = {"pages", "endi_pages", "hordak_posting"}
SLOW = {"adoption"}  # its smallest world takes a quarter of a minute
SMALL = [part for part in run.PARTS if part.module not in SERVED | SLOW]


@pytest.fixture(autouse=True)
def small_world(monkeypatch):
    monkeypatch.setattr(desk_book, "PARTIES", 10)
    monkeypatch.setattr(single_posting, "BEFORE", 20)
    monkeypatch.setattr(reading, "NEW_ENTRIES", 10)
    monkeypatch.setattr(import_exchanges, "PARTIES", 5)


@pytest.mark.parametrize("part", SMALL, ids=[part.module for part in SMALL])
def test_a_benchmark_runs_as_it_is_asked_to(part, tmp_path, monkeypatch, capsys):
    path = tmp_path / "figures.jsonl"
    asked = [str(one) for one in part.arguments(run.TINY, "")]
    monkeypatch.setattr(sys, "argv", [part.module, *asked, "--json", str(path)])
    import_module(f"benchmarks.{part.module}").main()
    found = list(figures.read(path))
    outcome = report.Outcome(part.module, part.title, capsys.readouterr().out, found, 1)
    last = tmp_path / "last.json"
    regression.keep(last, {"begun": "hier", "commit": "-", "machine": "-"}, found)
    report.write(tmp_path, report.Told({"begun": "ce jour"}, [outcome], regression.read(last)))
    told = (tmp_path / "report.md").read_text("utf-8")
    assert part.title in told
    assert found
    assert "**worse**" not in told


@pytest.mark.parametrize("module", sorted(SERVED))
def test_pages_are_asked_for_as_the_command_understands(module, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", [module, "--help"])
    with pytest.raises(SystemExit):
        import_module(f"benchmarks.{module}").main()
    part = next(one for one in run.PARTS if one.module == module)
    said = capsys.readouterr().out
    assert all(word in said for word in map(str, part.arguments(run.FULL, "")) if word.startswith("--"))
