"""What changed from one version to the next."""

from itertools import count
from types import SimpleNamespace

from endi_ext.web.terms_diff import ADDED, CHANGED, REMOVED, SAME, line_changes

keys = count(1)


def a_line(description="Pose", quantity_thousandths=1000, position=1, **facts):
    values = {"unit": "jour", "unit_price_cents": 30_000, "key": next(keys), **facts}
    return SimpleNamespace(
        description=description, quantity_thousandths=quantity_thousandths, position=position, **values
    )


def kinds(before, after):
    return [change.kind for change in line_changes(before, after)]


def test_the_same_lines_are_the_same():
    assert kinds([a_line()], [a_line()]) == [SAME]


def test_a_line_keeps_its_description_and_changes_its_quantity():
    (change,) = line_changes([a_line()], [a_line(quantity_thousandths=2000)])
    assert (change.kind, change.before.quantity_thousandths) == (CHANGED, 1000)


def test_a_line_moved_is_the_same():
    before = [a_line("Pose", position=1), a_line("Dépose", position=2)]
    assert kinds(before, [a_line("Dépose", position=1), a_line("Pose", position=2)]) == [SAME, SAME]


def test_a_reworded_line_is_the_one_that_stood_there():
    (change,) = line_changes([a_line("Pose")], [a_line("Pose et finitions")])
    assert (change.kind, change.before.description) == (CHANGED, "Pose")


def test_a_line_put_where_another_stood_is_another():
    assert kinds([a_line("Coupe")], [a_line("Déplacement", unit_price_cents=6000)]) == [ADDED, REMOVED]


def test_lines_are_added_and_removed():
    before = [a_line("Pose", position=1), a_line("Dépose", position=2)]
    assert kinds(before, [a_line("Pose", position=1)]) == [SAME, REMOVED]
    assert kinds(before[:1], before) == [SAME, ADDED]


def test_twins_are_paired_one_by_one():
    before = [a_line("Pose", position=1), a_line("Pose", position=2)]
    assert kinds(before, [a_line("Pose", position=1)]) == [SAME, REMOVED]


def test_a_line_is_known_by_its_key_whatever_else_changed():
    before = [a_line("Pose", key=1), a_line("Dépose", key=2)]
    after = [a_line("Tout déposer", 3000, key=2, unit="h", position=1), a_line("Pose", key=9, position=2)]
    changes = line_changes(before, after)
    assert [(change.kind, change.before.key) for change in changes] == [(CHANGED, 2), (SAME, 1)]
