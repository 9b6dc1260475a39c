"""Every form: without its token it does nothing, and sent twice it acts once."""

from functools import cache
from types import SimpleNamespace

import pytest
from sqlalchemy import func, literal, select, union_all

from endi_ext.kernel.orm import Base
from endi_ext.kernel.parties import by_host_key
from tests.web.forms_walk import FORMS, Filled
from tests.web.test_every_view import READING, views_of

BY_ROUTE = [pytest.param(form, id=form.route) for form in FORMS]


def test_the_walk_fills_in_the_form_of_every_view_that_writes(demo_app):
    writing = {
        view["route_name"]
        for view, _related in views_of(demo_app.registry, "endi_ext.web")
        if view["request_methods"] is None or set(as_tuple(view["request_methods"])) - READING
    }
    assert {form.route for form in FORMS} == writing


def as_tuple(methods):
    return (methods,) if isinstance(methods, str) else methods


@pytest.mark.parametrize("form", BY_ROUTE)
def test_a_form_does_nothing_without_its_token_and_sent_twice_acts_once(
    as_user, books, dealings, an_act, form
):
    let_leave(books, form.left)
    filled = Filled(as_user, form, known(books, dealings, an_act, form), an_act("odile").today.isoformat())
    untouched = rows(books)
    assert filled.send(without=("csrf_token",)).status_int == 400
    assert rows(books) == untouched
    first = filled.send()
    assert first.status_int in (200, 303), first.text
    after_once = rows(books)
    assert (after_once != untouched) == form.changes
    second = filled.send()
    assert second.status_int in (200, 303, 422), second.text
    assert rows(books) == after_once


def known(books, dealings, an_act, form):
    """The ids of what there is."""
    more = form.made(books, an_act) if form.made else {}
    return SimpleNamespace(**vars(dealings), **more)


def let_leave(books, company_ids):
    for company_id in company_ids:
        by_host_key(books, f"company:{company_id}").active = False
    books.commit()


@cache
def how_many():
    """One question about every table, asked hundreds of times."""
    tables = Base.metadata.sorted_tables
    return union_all(*(select(literal(table.name), func.count()).select_from(table) for table in tables))


def rows(books):
    """How many rows each table of ours holds, and what is chosen, owed and closed."""
    books.rollback()
    counts = dict(books.execute(how_many()).all())
    contents = {
        name: sorted(map(str, books.execute(select(Base.metadata.tables[name]))))
        for name in ("endi_ext_preference", "endi_ext_exchange", "endi_ext_period", "endi_ext_subcontract")
    }
    # Verifying again takes its own time and is remembered anew.
    contents["endi_ext_preference"] = [
        row.split("seconds")[0] if "last_verification" in row else row
        for row in contents["endi_ext_preference"]
    ]
    books.rollback()
    return counts, contents
