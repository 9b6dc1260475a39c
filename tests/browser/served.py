"""The hosts as people meet them: an address served by a process of its own, and the books behind it."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from endi_ext.hosts.demo.seeding import PASSWORD
from endi_ext.kernel.engine import make_engine
from tests.browser import clock
from tests.mariadb import free_port

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 120
BIN = Path(sys.executable).parent
CLOCK = "clock"


@dataclass
class Served:
    """A host that answers at `url`; `engine` reads the database behind it."""

    name: str
    url: str
    engine: Engine
    process: Any = field(repr=False)
    ini: Path
    worker: Any = field(default=None, repr=False)

    def log_in(self, page: Any, login: str) -> None:
        """Log `login` in, as the host's login page asks."""
        page.goto(f"{self.url}/login")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)

    def turn_clock(self, days: int) -> None:
        """Let the host live so many days from now; what is posted keeps its date."""
        (self.ini.parent / CLOCK).write_text(str(days))

    def today(self) -> date:
        """Return the day the host lives in."""
        return clock.TurnedClock(self.ini.parent / CLOCK).today()

    def daily(self) -> None:
        """Do the duties of the day the host lives in, by the command cron gives."""
        self.command("daily")

    def command(self, *arguments: str) -> None:
        """Run one of our commands on this host."""
        environment = {**os.environ, clock.FILE: str(self.ini.parent / CLOCK), "PYTHONPATH": str(ROOT)}
        command = [str(BIN / "endi-ext"), "-c", str(self.ini), *arguments]
        subprocess.run(command, cwd=self.ini.parent, env=environment, check=True)

    def stop(self) -> None:
        """Stop the process that was started here."""
        self.engine.dispose()
        for process in (self.process, self.worker):
            if process is not None:
                process.terminate()
                process.wait(timeout=60)


def serve_demo(folder: Path) -> Served:
    """Serve the demo host on a seeded file of its own, by the command a user gives."""
    ini = folder / "development.ini"
    text = (ROOT / "development.ini").read_text()
    ini.write_text(text.replace("demo.includes = endi_ext", "demo.includes = endi_ext tests.browser.clock"))
    port = free_port()
    process = start([BIN / "endi-ext", "-c", ini, "demo", "--port", str(port)], folder / "demo.log")
    url = f"http://127.0.0.1:{port}"
    wait_for(url, process, folder / "demo.log")
    return Served("demo", url, make_engine(f"sqlite:///{folder}/var/demo.sqlite"), process, ini)


def serve_endi(folder: Path) -> Served:
    """Serve the real enDI whose ini is in ENDI_EXT_ENDI_INI, on a port of its own, with its worker."""
    text, port = Path(os.environ["ENDI_EXT_ENDI_INI"]).read_text(), free_port()
    ini = folder / "endi.ini"
    text = re.sub(r"(?m)^listen = .*$", f"listen = 127.0.0.1:{port}", text)
    text = text.replace("caerp.includes = endi_ext", "caerp.includes = endi_ext tests.browser.clock")
    ini.write_text(text)
    process = start([BIN / "pserve", ini], folder / "endi.log")
    url = f"http://127.0.0.1:{port}"
    wait_for(f"{url}/login", process, folder / "endi.log")
    address = re.search(r"(?m)^sqlalchemy.url = (.*)$", text)
    assert address, "the ini names the database"
    celery = ("-A", "pyramid_celery.celery_app", "worker", "--ini", os.environ["ENDI_EXT_ENDI_WORKER_INI"])
    worker = start([BIN / "celery", *celery, "--concurrency", "1"], folder / "worker.log")
    return Served("endi", url, make_engine(address.group(1)), process, ini, worker)


def start(command: list[Any], log: Path) -> Any:
    environment = {**os.environ, clock.FILE: str(log.parent / CLOCK), "PYTHONPATH": str(ROOT)}
    with log.open("w") as out:
        return subprocess.Popen(
            [str(part) for part in command], cwd=log.parent, stdout=out, stderr=out, env=environment
        )


def wait_for(url: str, process: Any, log: Path) -> None:
    limit = time.monotonic() + PATIENCE_S
    while not answers(url):
        if process.poll() is not None or time.monotonic() > limit:
            process.kill()
            raise RuntimeError(f"{url} does not answer: {log.read_text()[-3000:]}")
        time.sleep(0.3)


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
