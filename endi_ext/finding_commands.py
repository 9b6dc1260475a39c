"""The command `endi-ext reconcile` without lists: the host's own documents held against each other."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .terminal import act, host_reading, progress, require_tables, table

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from .installation import Installation
    from .reconciliation.found import Found


def print_findings(
    installation: "Installation", named: str | None, shape: str, out: Path | None = None
) -> int:
    """Print what does not agree between the documents of a span, or of all time; return how much that is.

    With `out` it is written there, as CSV or XLSX. Nothing is written in the books or in the host. Raises
    what spans.span_of raises, and OSError.
    """
    from .installation import reading

    require_tables(installation)
    with reading(installation) as session:
        founds, looked_at = _look(installation, session, named)
        names = _names(session)
    if out is not None:
        _write(founds, names, shape, out)
    elif shape == "json":
        _print_json(founds, names, looked_at)
    else:
        _print_text(founds, names, looked_at)
    return len(founds)


def _look(installation: "Installation", session: "Session", named: str | None) -> tuple[list["Found"], int]:
    from .ledger import spans
    from .reconciliation import finding_codes
    from .reconciliation.findings import findings_of

    span = spans.span_of(session, named) if named else None
    host, now = host_reading(installation), act().at
    founds, looked_at = [], 0
    with progress("Documents internes") as bar:
        expected = host.how_many(session)
        for pair in host.pairs(session):
            if span is None or span.starts_on <= pair.on <= span.ends_on:
                looked_at += 1
                founds += findings_of(pair, now=now)
            bar(looked_at, max(expected, looked_at))
    order = finding_codes.CODES
    return sorted(founds, key=lambda one: (order.index(one.code), one.on, one.key)), looked_at


def _names(session: "Session") -> dict[str | None, str]:
    from sqlalchemy import select

    from .kernel.parties import Party

    return {party.host_key: party.name for party in session.execute(select(Party)).scalars()}


def _write(founds: list["Found"], names: dict[str | None, str], shape: str, out: Path) -> None:
    from .export_commands import new_file
    from .web import finding_files
    from .web.speech import Speech

    with new_file(out) as file:
        finding_files.write(founds, names, shape, file, Speech().text)
    click.echo(f"{out} : {len(founds)} écart(s).")


def _print_json(founds: list["Found"], names: dict[str | None, str], looked_at: int) -> None:
    from .web.finding_words import WORDS

    shown = [
        {
            **asdict(one),
            "facts": dict(one.facts),
            "title": WORDS[one.code].title,
            "seller": names.get(one.seller_key, one.seller_key),
            "buyer": names.get(one.buyer_key, one.buyer_key),
        }
        for one in founds
    ]
    counts = Counter(one.code for one in founds)
    said = {"looked_at": looked_at, "counts": counts, "findings": shown}
    # As bytes: a terminal that is not in UTF-8 must not stop it.
    click.echo(json.dumps(said, ensure_ascii=False, default=_as_text).encode())


def _as_text(value: Any) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def _print_text(founds: list["Found"], names: dict[str | None, str], looked_at: int) -> None:
    from .reconciliation.finding_codes import ABOUT
    from .web.finding_page import SEVERITIES
    from .web.finding_words import WORDS
    from .web.formatting import money

    click.echo(f"Documents internes regardés : {looked_at}. Écarts : {len(founds)}.")
    if not founds:
        return
    headings = ("N°", "Date", "Vendeur", "Acheteur", "Enjeu (€)")
    for code, count in Counter(one.code for one in founds).items():
        words = WORDS[code]
        click.echo(f"\n{words.title} ({code}, {SEVERITIES[ABOUT[code][0]].label.lower()}) : {count}")
        click.echo(f"{words.explanation} {words.to_do}")
        rows = [
            (
                one.facts.get("number") or one.key,
                f"{one.on:%d/%m/%Y}",
                names.get(one.seller_key, one.seller_key),
                names.get(one.buyer_key, one.buyer_key),
                money(one.amount_cents),
            )
            for one in founds
            if one.code == code
        ]
        table(headings, rows)
