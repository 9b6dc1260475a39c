"""People of a load tool log in to the served demo and open its pages; what does not answer is told."""

from contextlib import ExitStack

from benchmarks import opening, pages
from benchmarks.empty_page import PATH

PLACES = [
    {"name": "an empty page", "login": "helene", "path": PATH},
    {"name": "journal", "login": "odile", "path": "/exchanges/journal"},
]
NOT_THERE = {"name": "nothing", "login": "helene", "path": "/companies/1/nothing"}


def test_people_open_the_pages_of_a_served_demo(whole_demo, tmp_path):
    with ExitStack() as stack:
        host = pages.serve(whole_demo(tmp_path), tmp_path / "served", stack)
        plan = {"people": 2, "rounds": 1, "pages": opening.at(host, [*PLACES, NOT_THERE])}
        found = opening.opened(plan)
    answered = {name: len(took) for name, took in found["took_ms"].items()}
    assert answered == {"an empty page": 2, "journal": 2}
    assert [one.partition(":")[0] for one in found["failures"]] == ["nothing"] * 2
