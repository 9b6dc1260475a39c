"""Whatever is refused, in every state and to everybody: the page says what to do instead, nothing changes."""

import pytest
from sqlalchemy import select

from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.kernel.orm import Base
from endi_ext.web.messages import sentence
from endi_ext.web.speech import Speech
from tests.subcontracts.every_state import World, role_of
from tests.web.conftest import csrf_token
from tests.web.filling import words
from tests.web.steps_walk import KINDS

FIRST_PAGES = {
    "helene": "/companies/1/exchanges/notifications",
    "karim": "/companies/2/exchanges/notifications",
    "solene": "/companies/3/exchanges/notifications",
    "odile": "/exchanges/verification",
    "fatou": "/",
    "marc": "/admin/exchanges/rates",
    "sylvie": "/",
}
# A second click on what is undone finds nothing left to undo.
UNDONE = "C’est déjà annulé : il n’y a plus rien à annuler."
STRANGERS = ("solene", "sylvie", "marc", "fatou")


@pytest.fixture
def world(books, party):
    return World(books, party(1), party(2))


@pytest.fixture
def browsers(as_user):
    """Return somebody's browser with the token of their forms, logged in once."""
    opened = {}

    def of(login):
        if login not in opened:
            browser = as_user(login)
            opened[login] = browser, csrf_token(browser.get(FIRST_PAGES[login]))
        return opened[login]

    return of


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.made} of {kind.whose[0][0]}")
def test_each_refused_step_is_answered_on_its_page_and_changes_nothing(browsers, books, world, kind):
    refused = list(refused_steps(kind, made_by(world, kind)))
    before = everything(books)
    assert refused
    wrong = {}
    for login, tried, url, fields, error in refused:
        browser, token = browsers(login)
        for method, page in answers(browser, url, [("csrf_token", token), *fields]):
            if not any(one in words(page) for one in sentences(error)):
                wrong[(*tried, method)] = page.status, words(page)[:600]
    assert wrong == {}
    assert everything(books) == before


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.made} of {kind.whose[0][0]}")
def test_who_has_no_part_in_it_finds_nothing_and_changes_nothing(browsers, books, world, kind):
    state, document = next(iter(made_by(world, kind).items()))
    sent = [
        (kind.url(document, action, company), kind.fields(document, action))
        for action in kind.steps
        for company in {company for _login, company, _side in kind.whose}
    ]
    before = everything(books)
    for login in {*STRANGERS} - {login for login, _company, _side in kind.whose}:
        browser, token = browsers(login)
        for url, fields in sent:
            page = browser.post(url, [("csrf_token", token), *fields], status=(403, 404))
            assert page.html.h1, f"{login} in {state}: {url}"
    assert everything(books) == before


def made_by(world, kind):
    """The documents of a kind, by state."""
    made = getattr(world, kind.made)()
    world.session.commit()
    return made


def refused_steps(kind, made):
    """Each step the workflow refuses: whose, what is tried, where, what is sent, and the refusal."""
    for login, company, side in kind.whose:
        for state, document in made.items():
            role = role_of(document, side)
            for action in kind.steps:
                error = refusal(kind.flow, state, action, role)
                if error is not None:
                    url, fields = kind.url(document, action, company), kind.fields(document, action)
                    yield login, (state, action, role), url, fields, error


def refusal(flow, state, action, role):
    """What the workflow answers, if it refuses."""
    try:
        flow.target(state, action, role, "une raison")
    except (WrongState, WrongRole) as error:
        return error
    return None


def answers(browser, url, fields):
    """What the page answers to who opens it, where it can be opened, and to who sends it."""
    asks = {
        "GET": lambda: browser.get(url, status="*"),
        "POST": lambda: browser.post(url, fields, status="*"),
    }
    for method, ask in asks.items():
        page = ask()
        if page.status_int == 303:
            yield method, page.follow()
        elif method == "POST" or page.html.select("form#endi_ext_form[method=POST]"):
            yield method, page


def sentences(error):
    """What the page may say, in one line: of what is undone already, also that it is."""
    said = [sentence(error, Speech("fr")), *([UNDONE] if "reverse" in error.facts["action"] else [])]
    return [" ".join(text.split()) for text in said]


def everything(books):
    """Every row there is."""
    books.rollback()
    found = {
        table.name: sorted(map(str, books.execute(select(table)))) for table in Base.metadata.sorted_tables
    }
    books.rollback()
    return found
