"""A private MariaDB for the tests, on the loopback, gone with them."""

import itertools
import os
import secrets
import socket
import subprocess
import time

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

START_TIMEOUT_S = 60

# Nothing waits for the disk, and a table is no file of its own: databases are made by the hundred.
FORGETFUL = ["--innodb-flush-log-at-trx-commit=0", "--debug-no-sync", "--skip-innodb-file-per-table"]


class Server:
    """A MariaDB server where each caller gets a database of its own."""

    def __init__(self, url, process=None):
        self.url = url
        self.process = process
        self.made = []
        self.prefix = f"endi_ext_test_{secrets.token_hex(4)}"
        self.numbers = itertools.count(1)

    @classmethod
    def at(cls, url):
        """Return the server that runs at `url`."""
        return cls(url.rstrip("/"))

    @classmethod
    def start(cls, folder, *options, durable=False):
        """Start a server whose data live in `folder`, and wait until it answers.

        `durable` makes a commit wait for the disk, as a server in use does; tests do without.
        """
        port, password = free_port(), secrets.token_hex(16)
        run_as = ["--user=root"] if os.geteuid() == 0 else []
        install = ["mariadb-install-db", "--no-defaults", *run_as, f"--datadir={folder}/data"]
        subprocess.run(
            [*install, "--auth-root-authentication-method=normal"], check=True, capture_output=True
        )
        first = folder / "first.sql"
        first.write_text(  # one statement a line
            f"CREATE USER tests@'127.0.0.1' IDENTIFIED BY '{password}';\n"
            f"GRANT ALL ON *.* TO tests@'127.0.0.1' WITH GRANT OPTION;\n"
        )
        where = [f"--datadir={folder}/data", f"--socket={folder}/s", f"--pid-file={folder}/pid"]
        listen = [f"--port={port}", "--bind-address=127.0.0.1", f"--init-file={first}"]
        common = ["--innodb-buffer-pool-size=128M", "--skip-name-resolve"]
        command = ["mariadbd", "--no-defaults", *run_as, *where, *listen, *common, *options]
        command += [] if durable else FORGETFUL
        log = (folder / "log").open("w")
        process = subprocess.Popen(command, stdout=log, stderr=log)
        server = cls(f"mysql://tests:{password}@127.0.0.1:{port}", process)
        server.wait(folder / "log")
        return server

    def wait(self, log):
        limit = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                self.execute("SELECT 1")
                return
            except OperationalError:
                if self.process.poll() is not None or time.monotonic() > limit:
                    self.stop()
                    raise RuntimeError(f"mariadbd did not start: {log.read_text()[-2000:]}") from None
                time.sleep(0.1)

    def new_database(self):
        """Create a database and return its URL."""
        name = f"{self.prefix}_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
        self.made.append(name)
        return f"{self.url}/{name}?charset=utf8mb4"

    def execute(self, statement):
        engine = create_engine(f"{self.url}/?charset=utf8mb4", future=True)
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def stop(self):
        if self.process is None:
            for name in self.made:
                self.execute(f"DROP DATABASE IF EXISTS {name}")
            return
        self.process.kill()  # the directory goes away with the tests: nothing to flush
        self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
