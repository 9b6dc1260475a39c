from datetime import UTC, date, datetime, timedelta, timezone

from endi_ext.kernel.paris import day_of


def test_the_day_is_that_of_paris_wherever_the_clock_stands():
    assert day_of(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert day_of(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)
    assert day_of(datetime(2026, 7, 14, 22, 0, tzinfo=UTC)) == date(2026, 7, 15)
    new_york = timezone(timedelta(hours=-5))
    assert day_of(datetime(2026, 12, 31, 18, 0, tzinfo=new_york)) == date(2027, 1, 1)
