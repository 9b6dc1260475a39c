"""What an ini file says of an installation (host, database, settings), without starting the host."""

from collections.abc import Iterator, Mapping
from configparser import ConfigParser, InterpolationError, MissingSectionHeaderError, ParsingError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session

from . import settings
from .kernel.engine import make_engine, read_only
from .kernel.errors import DomainError

APPLICATION_SECTIONS = ("app:main", "app:caerp")
URL = "sqlalchemy.url"


class IniUnreadable(DomainError):
    """The ini file is missing or is none (facts: ini)."""

    code = "ini_unreadable"


class IniWithoutDatabase(DomainError):
    """No section of the ini file says where the database is (facts: ini)."""

    code = "ini_without_database"


@dataclass(frozen=True)
class Installation:
    """An ini file, its section that describes the application, and the address of its broker, if any."""

    ini: Path
    values: Mapping[str, str]
    broker_url: str = ""

    @property
    def url(self) -> str:
        """Where the database is; never to be printed: it holds a password."""
        return self.values[URL]

    @property
    def is_endi(self) -> bool:
        """Say whether the application is enDI, or its worker."""
        return self.values.get("use", "").partition("#")[0] in ("egg:endi", "egg:caerp")

    @property
    def includes_us(self) -> bool:
        """Say whether the application loads the plugin."""
        return (
            "endi_ext" in self.values.get("caerp.includes" if self.is_endi else "demo.includes", "").split()
        )

    @property
    def settings(self) -> dict[str, str]:
        """The plugin's own settings."""
        return settings.read(self.values, here=str(self.ini.parent))

    def engine(self) -> Engine:
        """Return an engine on the database, for one command."""
        return make_engine(self.url, pooled=False)

    def shown_database(self) -> str:
        """Return the address of the database without its password."""
        return str(make_url(self.url).render_as_string(hide_password=True))


def read(ini: str | Path) -> Installation:
    """Read `ini`. Raises IniUnreadable, IniWithoutDatabase."""
    path = Path(ini).absolute()
    parser = ConfigParser(defaults={"here": str(path.parent), "__file__": str(path)}, strict=False)
    try:
        found = parser.read(path, encoding="utf-8")
        values = _application(parser)
    except (OSError, UnicodeDecodeError, MissingSectionHeaderError, ParsingError, InterpolationError):
        raise IniUnreadable(ini=str(ini)) from None
    if not found:
        raise IniUnreadable(ini=str(ini))
    if values is None:
        raise IniWithoutDatabase(ini=str(ini))
    return Installation(path, values, _broker(parser))


@contextmanager
def reading(installation: Installation) -> Iterator[Session]:
    """Lend a session that only reads."""
    engine = installation.engine()
    with Session(engine, future=True) as session:
        yield read_only(session)
    engine.dispose()


@contextmanager
def writing(installation: Installation) -> Iterator[Session]:
    """Lend a session whose transaction is committed at the end, unless something is raised."""
    engine = installation.engine()
    with Session(engine, future=True, expire_on_commit=False) as session, session.begin():
        yield session
    engine.dispose()


def _application(parser: ConfigParser) -> dict[str, str] | None:
    others = [name for name in parser.sections() if name not in APPLICATION_SECTIONS]
    for name in (*APPLICATION_SECTIONS, *others):
        if parser.has_option(name, URL):
            return dict(parser[name])
    return None


def _broker(parser: ConfigParser) -> str:
    # pyramid_celery reads this section without interpolation.
    return parser.get("celery", "broker_url", raw=True, fallback="")
