"""What a rule makes of the positions a team takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.tenders import ballots, grids
from endi_ext.tenders.ballots import count, verdict

FOR, AGAINST, ABSTAINS, SILENT = "go", "no_go", "abstain", None
STANCES = st.lists(st.sampled_from((FOR, AGAINST, ABSTAINS, SILENT)), min_size=1, max_size=8)

TABLE = [
    # rule, stances, what is settled, and what once the last day is over
    ("majority", [FOR, FOR, SILENT], "go", "go"),
    ("majority", [FOR, SILENT, SILENT], "open", "go"),
    ("majority", [FOR, AGAINST, SILENT], "open", "no_go"),
    ("majority", [FOR, AGAINST], "no_go", "no_go"),
    ("majority", [FOR, AGAINST, ABSTAINS, FOR], "go", "go"),
    ("majority", [AGAINST, AGAINST, SILENT], "no_go", "no_go"),
    ("majority", [ABSTAINS, ABSTAINS], "no_go", "no_go"),
    ("majority", [SILENT, SILENT], "open", "no_go"),
    ("unanimity", [FOR, FOR], "go", "go"),
    ("unanimity", [FOR, ABSTAINS], "go", "go"),
    ("unanimity", [ABSTAINS], "no_go", "no_go"),
    ("unanimity", [FOR, SILENT], "open", "no_go"),
    ("unanimity", [FOR, FOR, SILENT, AGAINST], "no_go", "no_go"),
]


@pytest.mark.parametrize(("rule", "stances", "settled", "over"), TABLE)
def test_a_rule_settles_what_its_words_say(rule, stances, settled, over):
    counted = count(stances)
    assert verdict(rule, counted, lead=stances[0], over=False) == settled
    assert verdict(rule, counted, lead=stances[0], over=True) == over


@pytest.mark.parametrize(
    ("lead", "settled"), [(FOR, "go"), (AGAINST, "no_go"), (ABSTAINS, "open"), (SILENT, "open")]
)
def test_where_the_lead_decides_only_the_lead_does(lead, settled):
    counted = count([lead, AGAINST, AGAINST, FOR])
    assert {verdict("lead", counted, lead=lead, over=over) for over in (False, True)} == {settled}


@given(rule=st.sampled_from((ballots.MAJORITY, ballots.UNANIMITY)), stances=STANCES, data=st.data())
def test_what_is_settled_early_no_missing_voice_can_turn(rule, stances, data):
    settled = verdict(rule, count(stances), lead=None, over=False)
    spoken = [
        data.draw(st.sampled_from((FOR, AGAINST, ABSTAINS))) if one is SILENT else one for one in stances
    ]
    if settled == ballots.GO or (settled == ballots.NO_GO and rule == ballots.UNANIMITY):
        assert verdict(rule, count(spoken), lead=None, over=False) == settled
    if settled == ballots.NO_GO and rule == ballots.MAJORITY:
        assert verdict(rule, count(spoken), lead=None, over=False) != ballots.GO


@given(rule=st.sampled_from((ballots.MAJORITY, ballots.UNANIMITY)), stances=STANCES)
def test_once_all_have_spoken_or_the_last_day_is_over_nothing_stays_open(rule, stances):
    assert verdict(rule, count(stances), lead=None, over=True) != ballots.OPEN
    if SILENT not in stances:
        assert verdict(rule, count(stances), lead=None, over=False) != ballots.OPEN


def test_a_grid_weighs_means_and_leaves_out_what_nobody_scored():
    assert grids.average([3, 4, 4]) == 367
    assert grids.average([]) is None
    assert grids.weighted({1: 3, 2: 1, 3: 10}, {1: [5, 4], 2: [2]}) == 388
    assert grids.weighted({1: 3}, {}) is None


@given(
    st.dictionaries(
        st.integers(1, 9), st.tuples(st.integers(1, 100), st.lists(st.integers(1, 5), max_size=6))
    )
)
def test_a_weighted_mean_lies_between_the_scores(rows):
    mean = grids.weighted(
        {key: row[0] for key, row in rows.items()}, {key: row[1] for key, row in rows.items()}
    )
    every = [score for _weight, scores in rows.values() for score in scores]
    assert (mean is None) == (not every)
    if mean is not None:
        assert 100 * min(every) <= mean <= 100 * max(every)
