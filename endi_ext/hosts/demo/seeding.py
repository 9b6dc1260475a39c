"""The demo's users and trading units made from plain data."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...kernel.history import Act
from ...reconciliation import finding_looks
from ...subcontracts import notices
from ...web import daily
from ..clock import SystemClock
from . import client_story, internal_story, people, story, tender_endings
from .directory import DemoDirectory
from .internal_documents import DemoReading
from .models import Company, Grant, User
from .passwords import hasher

# More than the story has.
MOST_DOCUMENTS = 10_000

PASSWORD = "passerelle"  # noqa: S105 (of people who exist only in the demo)

MAIL_DOMAIN = "passerelles.example"

# Who to try first, and as what.
TO_TRY = {
    "helene": "entrepreneuse, Menuiserie du Lac",
    "karim": "entrepreneur, Atelier Trait Juste",
    "aminata": "entrepreneuse, deux activités",
    "odile": "comptable de la coopérative",
    "marc": "administrateur",
    "sylvie": "accompagnatrice, suit quelques enseignes",
    "fatou": "équipe d’appui, arbitre les différends",
}

RIGHTS_OF_ROLE = {
    people.ENTREPRENEUR: (),
    people.ACCOUNTANT: ("global_accountant",),
    people.ADMIN: ("demo_administrator", "global_config_accounting"),
    people.FOLLOWER: (),
    people.ARBITER: ("endi_ext_arbiter",),
}


def populate(
    session: Session,
    persons: Iterable[people.Person] = people.PEOPLE,
    companies: Iterable[people.Company] = people.COMPANIES,
    *,
    password: str = PASSWORD,
) -> None:
    """Create users and companies; all users get the same password."""
    users = {person.login: _user(person, password) for person in persons}
    session.add_all(users.values())
    session.add_all(_company(company, users) for company in companies)
    session.flush()  # the directory reads these rows next


def tell_story(session: Session) -> None:
    """Fill an empty demo: its people, its trading units and the year they have had."""
    populate(session)
    directory().sync(session)
    story.tell(session, SystemClock().today(), client_story.scenes, tender_endings.scenes)
    notices.take_as_told(session)
    internal_story.tell(session, SystemClock().today())
    look_at_documents(session)


def look_at_documents(session: Session) -> None:
    """Let somebody have looked for what does not agree among the platform's documents."""
    clock = SystemClock()
    act = Act(daily.ACTOR_KEY, daily.ACTOR_NAME, clock.now(), clock.today())
    look = finding_looks.begin(session, act)
    finding_looks.go_on(session, look, DemoReading().pairs(session), act, size=MOST_DOCUMENTS)


def directory() -> DemoDirectory:
    """Return the directory of the demo cooperative."""
    return DemoDirectory(people.COOPERATIVE_NAME, people.COOPERATIVE_CODE)


def is_empty(session: Session) -> bool:
    """Say whether nobody can log in yet."""
    return session.execute(select(User.id).limit(1)).first() is None


def _user(person: people.Person, password: str) -> User:
    return User(
        id=person.id,
        login=person.login,
        name=person.name,
        email=f"{person.login}@{MAIL_DOMAIN}",
        password_hash=hasher.hash(password),
        granted=[Grant(access_right=right) for right in RIGHTS_OF_ROLE[person.role]],
    )


def _company(company: people.Company, users: dict[str, User]) -> Company:
    return Company(
        id=company.id,
        name=company.name,
        analytic_code=company.analytic_code,
        trade=company.trade,
        email=company.email,
        postcode=company.postcode,
        city=company.city,
        contribution_rate_bp=company.rate_bp,
        people=[users[login] for login in company.people],
        follower=users[company.follower] if company.follower else None,
    )
