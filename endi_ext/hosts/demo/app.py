"""The demo application: what stands around the plugin, from settings to pages."""

from pathlib import Path
from typing import Any

import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.events import NewResponse
from pyramid.session import SignedCookieSessionFactory
from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from ...kernel.engine import make_engine, read_only
from ..clock import SystemClock
from . import secret, seeding
from .accounting import DemoAccounting
from .documents import DemoDocuments
from .identity import AUTHENTICATED, DemoHost, DemoSecurityPolicy
from .mailer import FolderMailer
from .models import Base
from .notifier import DemoNotifier
from .receipts import DemoReceipts
from .settings import read
from .shell import DemoShell

HOURS = 3600


def main(global_config: dict[str, str], **settings: Any) -> Any:
    """Return the WSGI application of the demo (paste.app_factory)."""
    settings = read(settings, here=global_config.get("here", "."))
    config = Configurator(settings=settings, root_factory=".resources.Root")
    config.include("pyramid_tm")
    config.include("pyramid_mako")
    config.include("pyramid_layout")
    config.include(_with_database)
    config.include(_with_sessions)
    config.set_security_policy(DemoSecurityPolicy())
    config.set_default_permission(AUTHENTICATED)
    config.include(_with_host)
    config.include(".shell")
    config.include(".notifier")
    config.include(".views")
    config.add_subscriber(_protect, NewResponse)
    for plugin in settings["demo.includes"].split():
        config.include(plugin)
    return config.make_wsgi_app()


def _with_database(config: Configurator) -> None:
    engine = make_engine(config.get_settings()["sqlalchemy.url"])
    create_tables(engine)
    config.registry["engine"] = engine
    config.add_request_method(_session_of, "dbsession", reify=True)


def create_tables(engine: Engine) -> None:
    """Create the demo's own tables; the plugin's come by its migrations."""
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        known = {column["name"] for column in inspect(connection).get_columns("demo_company")}
        for name, length in {"postcode": 20, "city": 190}.items():
            if name not in known:  # a demo made before companies had a place
                definition = f"{name} VARCHAR({length}) DEFAULT '' NOT NULL"
                connection.execute(text(f"ALTER TABLE demo_company ADD COLUMN {definition}"))


def _with_host(config: Configurator) -> None:
    config.registry.endi_ext_host = host_of(config.get_settings())


def host_of(settings: dict[str, str]) -> DemoHost:
    """Return what the demo offers the plugin."""
    return DemoHost(
        name="demo",
        directory=seeding.directory(),
        clock=SystemClock(),
        shell=DemoShell(),
        documents=DemoDocuments(),
        accounting=DemoAccounting(),
        mailer=FolderMailer(Path(settings["demo.mail_folder"]), settings["demo.mail_sender"]),
        receipts=DemoReceipts(),
        notifier=DemoNotifier(),
    )


def _session_of(request: Any) -> Session:
    session = Session(request.registry["engine"], future=True)
    zope.sqlalchemy.register(session, transaction_manager=request.tm)
    # On SQLite a page that only reads must not wait for the one that writes.
    return read_only(session) if request.method in ("GET", "HEAD") else session


# Scripts of ours only, nothing from elsewhere, in nobody's frame, and no page left in a shared browser.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def _protect(event: NewResponse) -> None:
    for name, value in HEADERS.items():
        event.response.headers.setdefault(name, value)  # a file that was sent is guarded more closely
    if event.response.content_type == "text/html":
        event.response.headers["Cache-Control"] = "private, no-store"


def _with_sessions(config: Configurator) -> None:
    settings = config.get_settings()
    factory = SignedCookieSessionFactory(
        secret.kept_in(settings["demo.session_secret_file"]),
        cookie_name="endi_ext_demo",
        httponly=True,
        samesite="Lax",
        secure=settings["demo.cookie_secure"] == "true",
        timeout=12 * HOURS,
        reissue_time=60,
    )
    config.set_session_factory(factory)
