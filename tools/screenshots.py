"""Photograph the pages of the demo, from a fresh one, into docs/screenshots/.

python tools/screenshots.py               every page, desk and phone
python tools/screenshots.py --readme      only the few of README.md, small, into docs/images/
"""

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "passerelle"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
README_COLOURS = 64


@dataclass(frozen=True)
class Shot:
    """A page as somebody sees it; `follow` is part of the text of a link to follow from `path`.

    `top` is what a picture of one screen begins with, when it is not the top of the page.
    """

    name: str
    login: str | None
    path: str
    follow: str | None = None
    top: str | None = None


HELENE = "/companies/1/exchanges"

SHOTS = (
    Shot("connexion", None, "/login"),
    Shot("a-traiter", "helene", HELENE),
    Shot("sous-traitances", "helene", f"{HELENE}/subcontracts"),
    Shot("sous-traitance", "helene", f"{HELENE}/subcontracts", "Plans d'une mezzanine"),
    Shot("proposer", "helene", f"{HELENE}/subcontracts/new"),
    Shot("mes-echanges", "helene", f"{HELENE}/all"),
    Shot("mon-releve", "helene", f"{HELENE}/statement"),
    Shot("mon-releve-partenaire", "helene", f"{HELENE}/statement", "Coutures de Rosa"),
    Shot("deux-activites", "aminata", "/"),
    Shot("suivi", "sylvie", "/"),
    Shot("comptabilite", "odile", "/exchanges"),
    Shot("journal", "odile", "/exchanges/journal", top="main .table_container"),
    Shot("balance", "odile", "/exchanges/trial-balance"),
    Shot("releves", "odile", "/exchanges/statement"),
    Shot("import", "odile", "/exchanges/import"),
    Shot("clotures", "odile", "/exchanges/periods"),
    Shot("verification", "odile", "/exchanges/verification"),
    Shot("reglages", "marc", "/admin/exchanges"),
    Shot("schema", "marc", "/admin/exchanges/scheme"),
    Shot("taux", "marc", "/admin/exchanges/rates"),
    Shot("droits", "marc", "/admin/exchanges/rights"),
    Shot("utilisateurs", "marc", "/admin/users"),
    Shot("enseignes", "marc", "/admin/companies"),
)
README = ("a-traiter", "sous-traitance", "journal")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readme", action="store_true", help="only those of README.md, small")
    parser.add_argument("--out", type=Path, help="folder for the pictures")
    chosen = parser.parse_args()
    out = chosen.out or ROOT / "docs" / ("images" if chosen.readme else "screenshots")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _demo(Path(folder)) as url, _chromium() as chromium:
        if chosen.readme:
            _photograph(chromium, url, out, DESK, README, whole=False)
            for name in README:
                _make_small(out / f"{name}.png")
        else:
            names = tuple(shot.name for shot in SHOTS)
            _photograph(chromium, url, out, DESK, names)
            _photograph(chromium, url, out, PHONE, names, suffix="-mobile")
    print(f"Images dans {out}")
    return 0


def _photograph(
    chromium: Any,
    url: str,
    out: Path,
    size: dict[str, int],
    names: tuple[str, ...],
    *,
    suffix: str = "",
    whole: bool = True,
) -> None:
    windows: dict[str | None, Any] = {}
    for shot in SHOTS:
        if shot.name not in names:
            continue
        if shot.login not in windows:
            windows[shot.login] = _window(chromium, url, shot.login, size)
        page = windows[shot.login]
        page.goto(url + shot.path)
        if shot.follow:
            page.locator("main a", has_text=shot.follow).first.click()
            page.wait_for_load_state()
        if shot.top and not whole:
            page.locator(shot.top).first.evaluate("part => scrollTo(0, part.offsetTop - 8)")
        page.screenshot(path=str(out / f"{shot.name}{suffix}.png"), full_page=whole)
    for page in windows.values():
        page.context.close()


def _window(chromium: Any, url: str, login: str | None, size: dict[str, int]) -> Any:
    page = chromium.new_context(viewport=size, locale="fr-FR").new_page()
    if login:
        page.goto(f"{url}/login")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(lambda address: "/login" not in address)
    return page


def _make_small(path: Path) -> None:
    """Reduce a picture to its most frequent colours: a repository keeps every version of it."""
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    counted = sorted(whole.getcolors(whole.width * whole.height), reverse=True)[:README_COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _count, colour in counted for part in colour])
    whole.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


@contextmanager
def _demo(folder: Path) -> Iterator[str]:
    """Serve a fresh demo on a free port, in a folder of its own."""
    shutil.copy(ROOT / "development.ini", folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        Path(sys.executable).parent / "endi-ext",
        "-c",
        folder / "development.ini",
        "demo",
        "--port",
        port,
    ]
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/login", process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str, process: Any) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        if _answers(address):
            return
        time.sleep(0.2)
    raise SystemExit("La démonstration ne s'est pas lancée.")


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except (urllib.error.URLError, ConnectionError):
        return False
    return True


@contextmanager
def _chromium() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("Il manque Chromium : apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
