"""Every benchmark still runs as `make bench` asks it to, at a tiny size: only errors fail."""

import sys
from importlib import import_module

import pytest

from benchmarks import desk_book, figures, import_exchanges, reading, regression, report, run, single_posting
from endi_ext.ledger import seals

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
    seals.keep_key_at(None)  # a benchmark is a process of its own, which knows no installation's key


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


@pytest.mark.parametrize(
    ("figure", "samples", "worse"),
    [
        ({}, [1.0, 1.3, 1.5], False),  # its best is no worse than the worst of then
        ({}, [1.25, 1.3, 1.5], True),
        ({}, [0.5, 0.6, 0.7], False),
        ({"measure": "throughput"}, [0.5, 0.6, 0.7], True),
        ({"measure": "throughput"}, [1.25, 1.3, 1.5], False),
        ({"goal": "8"}, [0.5, 0.6, 0.7], True),  # of goals each says which way is good
        ({"goal": "1"}, [1.25, 1.3, 1.5], True),
        ({"size": 20}, [9.0], None),  # nothing of the kind was kept
    ],
)
def test_a_figure_is_worse_when_its_best_is_worse_than_the_worst_kept(tmp_path, figure, samples, worse):
    facts = {"operation": "posting", "measure": "time", "unit": "", **figure}
    kept = figures.Figure(**{**facts, "size": 0, "samples": [0.8, 1.0, 1.2]})
    regression.keep(tmp_path / "last.json", {}, [kept])
    found = regression.changes(
        [figures.Figure(**facts, samples=samples)], regression.read(tmp_path / "last.json")
    )
    assert [one.worse for one in found] == ([] if worse is None else [worse])


def test_a_figure_hardly_worse_is_not_named_however_narrow_the_spread():
    then = (1.0, 1.0, 1.0)
    now = [figures.Figure("posting", "time", "s", [value]) for value in (1.09, 1.11)]
    assert [regression.Change(one, then).worse for one in now] == [False, True]


def test_a_ratio_is_that_of_each_pair_that_alternated():
    ours, other = (figures.Figure("posting", "time", "s", some) for some in ([1, 4, 9], [1, 2, 3]))
    assert figures.ratio(ours, other).samples == [1, 2, 3]
    assert figures.ratio(ours, figures.Figure("posting", "time", "s", [2, 2])).samples == [2]
