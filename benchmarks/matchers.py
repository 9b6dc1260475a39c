"""Other ways to match two lists, for benchmarks/reconciliation.py: two libraries and a bare hash join.

Each takes the same documents and returns pairs of ids, one to one. The libraries are wanted for this alone:
`pip install endi_ext[bench]`. They are given what serves them: candidates within one seller and buyer, the
same four facts that our rules read, their likeliest pairs first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec

from endi_ext.reconciliation.documents import Document

Pairs = set[tuple[str, str]]
LIBRARIES = ("splink", "recordlinkage")


def missing(name: str) -> str:
    """Return why a way cannot be measured here, in a sentence; nothing if it can."""
    if name not in LIBRARIES or find_spec(name):
        return ""
    return f"{name} is not installed (`pip install endi_ext[bench]`): not measured."


def imported(name: str) -> None:
    """Import what a way stands on, so that it is not timed."""
    if name in LIBRARIES:
        import_module(name)
        import_module("pandas")


def hash_join(sales: Sequence[Document], purchases: Sequence[Document]) -> Pairs:
    """Match what has the same parties and amount, in the order of days."""
    known: defaultdict[tuple[str, str, int], list[Document]] = defaultdict(list)
    for one in sorted(purchases, key=lambda one: -one.day):
        known[one.seller, one.buyer, one.cents].append(one)
    found = set()
    for one in sorted(sales, key=lambda one: one.day):
        there = known.get((one.seller, one.buyer, one.cents))
        if there:
            found.add((one.id, there.pop().id))
    return found


def recordlinkage(sales: Sequence[Document], purchases: Sequence[Document]) -> Pairs:
    """Match by weighed likeness of amount, day, label and reference, above a threshold."""
    import recordlinkage as library

    here, there = _frame(sales), _frame(purchases)
    index = library.Index()
    index.block(["seller", "buyer"])
    candidates = index.index(here, there)
    compare = library.Compare()
    compare.numeric("cents", "cents", method="gauss", scale=2_000, label="amount")
    compare.numeric("day", "day", method="gauss", offset=4, scale=10, label="day")
    compare.string("label", "label", method="jarowinkler", label="label")
    compare.exact("reference", "reference", label="reference")
    found = compare.compute(candidates, here, there)
    found["score"] = 3 * found["amount"] + 2 * found["day"] + found["label"] + 3 * found["reference"]
    likely = found[found["score"] >= 4].sort_values("score", ascending=False, kind="stable")
    return _one_to_one(likely.index)


def splink(sales: Sequence[Document], purchases: Sequence[Document]) -> Pairs:
    """Match by weights estimated from these very lists (EM), above even odds."""
    import splink as library
    import splink.comparison_library as comparisons
    from splink.internals.duckdb.database_api import DuckDBAPI

    settings = library.SettingsCreator(
        link_type="link_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[library.block_on("seller", "buyer")],
        comparisons=[
            comparisons.ExactMatch("cents").configure(term_frequency_adjustments=False),
            _days(comparisons),
            comparisons.JaroWinklerAtThresholds("label", [0.9]),
            comparisons.ExactMatch("reference"),
        ],
        retain_matching_columns=False,
    )
    database = DuckDBAPI()
    tables = [
        database.register(_frame(some).reset_index(), dataset_display_name=name)
        for name, some in (("sales", sales), ("purchases", purchases))
    ]
    linker = library.Linker(tables, settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match(
        [library.block_on("seller", "buyer", "cents")], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for rule in (library.block_on("seller", "buyer", "cents"), library.block_on("seller", "buyer", "label")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    likely = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    likely = likely.sort_values("match_weight", ascending=False, kind="stable")
    names = zip(likely["id_l"], likely["id_r"], likely["source_dataset_l"], strict=True)
    return _one_to_one((one, other) if name == "sales" else (other, one) for one, other, name in names)


def _days(comparisons):
    levels = [
        {
            "sql_condition": "day_l IS NULL OR day_r IS NULL",
            "label_for_charts": "none",
            "is_null_level": True,
        },
        *(
            {"sql_condition": f"abs(day_l - day_r) <= {days}", "label_for_charts": f"{days} days"}
            for days in (4, 10, 62)
        ),
        {"sql_condition": "ELSE", "label_for_charts": "further"},
    ]
    return comparisons.CustomComparison(output_column_name="day", comparison_levels=levels)


def _frame(documents: Sequence[Document]):
    import pandas as pd

    columns = ("id", "seller", "buyer", "day", "cents", "label", "reference")
    frame = pd.DataFrame({name: [getattr(one, name) for one in documents] for name in columns})
    frame["reference"] = frame["reference"].replace("", None)
    return frame.set_index("id")


def _one_to_one(likely: Iterable[tuple[str, str]]) -> Pairs:
    here, there, found = set(), set(), set()
    for one, other in likely:
        if one not in here and other not in there:
            here.add(one)
            there.add(other)
            found.add((one, other))
    return found
