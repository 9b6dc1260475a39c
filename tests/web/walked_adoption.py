"""The forms of the adoption of the host's documents."""

from datetime import UTC, datetime

from endi_ext.hosts.demo.internal_documents import DemoReading
from endi_ext.kernel.history import Act
from endi_ext.reconciliation import adoption_runs
from tests.web.walked import button

ALL = "/exchanges/adoption"
RUN = ALL + "/{adoption}"


def a_look(books, an_act, *, over=False):
    """A look at documents that the test database has none of."""
    act = an_act("odile")
    run = adoption_runs.begin(books, DemoReading(), dry_run=True, request_key="walked", act=act)
    books.flush()
    if over:
        adoption_runs.go_on(books, run, DemoReading(), act)
    made = {"adoption": run.id}
    books.commit()
    return made


def a_look_that_is_over(books, an_act):
    return a_look(books, an_act, over=True)


def adopted_once(books, an_act):
    """A reading that came to its end: from then on it can be done each night."""
    act = Act("cli", "Commande", datetime.now(UTC), an_act("odile").today)
    run = adoption_runs.begin(books, DemoReading(), dry_run=False, request_key="walked", act=act)
    books.flush()
    adoption_runs.go_on(books, run, DemoReading(), act)
    books.commit()
    return {}


ADOPTION = (
    button("endi_ext.adoption.look", "odile", ALL, ALL + "/look"),
    button("endi_ext.adoption.go_on", "odile", RUN, RUN + "/go-on", changes=False, made=a_look),
    button("endi_ext.adoption.stop", "odile", RUN, RUN + "/stop", changes=False, made=a_look),
    button("endi_ext.adoption.adopt", "odile", RUN, RUN + "/adopt", made=a_look_that_is_over),
    button("endi_ext.adoption.nightly", "odile", ALL, ALL + "/nightly", made=adopted_once),
)
