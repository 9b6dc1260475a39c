"""Statements and trial balances as tables to hand out: the numbers of their pages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ..ledger import lettering_queries, openings, queries, running
from .i18n import _
from .tables import CENTS, CODE, DAY, Column, Table

ROWS_AT_ONCE = 500
SLUG = re.compile(r"[\w-]+", re.ASCII)
LINES = (
    Column(_("Date"), DAY),
    Column(_("Écriture"), CODE),
    Column(_("Pièce")),
    Column(_("Compte"), CODE),
    Column(_("Tiers")),
    Column(_("Libellé")),
    Column(_("Lettre"), CODE),
    Column(_("Débit"), CENTS),
    Column(_("Crédit"), CENTS),
)
BALANCE = Column(_("Solde"), CENTS)
PARTNERS = (
    Column(_("Partenaire")),
    Column(_("Vous doit"), CENTS),
    Column(_("Vous lui devez"), CENTS),
    Column(_("Solde"), CENTS),
)
ACCOUNTS = (
    Column(_("Compte")),
    Column(_("Intitulé")),
    Column(_("Débit"), CENTS),
    Column(_("Crédit"), CENTS),
    Column(_("Solde débiteur"), CENTS),
    Column(_("Solde créditeur"), CENTS),
)
DETAILED = (*ACCOUNTS[:2], Column(_("Analytique")), Column(_("Enseigne")), *ACCOUNTS[2:])


def of_party(request: Any, party: Any, partner: Any, wanted: dict[str, Any]) -> Table:
    """Return the lines of a party, or with one partner, newest first, with the balance after each.

    `wanted` narrows it as queries.statement_page does; over all accounts of a party a balance means nothing.
    """
    text, with_balance = request.endi_ext.text, wanted["numbers"] is not None
    name = f"{party.name} – {partner.name}" if partner else party.name
    which = text(_("Comptes de tiers internes") if with_balance else _("Tous les comptes"))
    return Table(
        name="-".join(["releve", *(_slug(one) for one in (party, partner) if one), *_year(wanted)]),
        title=text(_("Relevé : {name}"), name=name),
        columns=(*LINES, BALANCE) if with_balance else LINES,
        rows=_lines(request.dbsession, party.id, wanted, with_balance=with_balance),
        facts=[
            *_of_parties(request, party, partner),
            (text(_("Comptes")), which),
            _period(request, _today(request), wanted.get("span")),
        ],
        oldest_first=True,
    )


def of_partners(request: Any, party: Any, balances: Sequence[Any]) -> Table:
    """Return what stands between a party and each of its partners."""
    rows = [
        (one.partner.name, one.owed_to_us_cents, one.owed_by_us_cents, one.balance_cents) for one in balances
    ]
    total = (request.endi_ext.text(_("Total")), *(sum(row[place] for row in rows) for place in (1, 2, 3)))
    return Table(
        name=f"releve-{_slug(party)}",
        title=request.endi_ext.text(_("Relevé : {name}"), name=party.name),
        columns=PARTNERS,
        rows=rows,
        facts=[*_of_parties(request, party, None), _as_of(request, _today(request))],
        total=total if rows else None,
    )


def of_accounts(
    request: Any, rows: Sequence[Any], *, as_of: date | None, party: Any, titles: Any, codes: Any = None
) -> Table:
    """Return a trial balance; `codes` are analytic codes by party, where it tells the parties apart."""
    text = request.endi_ext.text

    def told(row: Any) -> Sequence[Any]:
        label = row.label or text(titles.get(row.number, ""))
        owner = () if codes is None else (codes.get(row.party_id, ""), row.party_name)
        sides = (max(row.balance_cents, 0) or None, max(-row.balance_cents, 0) or None)
        return (row.number, label, *owner, row.debit_cents, row.credit_cents, *sides)

    shown = [told(row) for row in rows]
    sums = tuple(sum(row[place] or 0 for row in shown) for place in (-4, -3, -2, -1))
    facts = _of_parties(request, party, None) if party else [(text(_("Enseignes")), text(_("Toutes")))]
    return Table(
        name="balance-generale",
        title=text(_("Balance générale des échanges internes")),
        columns=ACCOUNTS if codes is None else DETAILED,
        rows=shown,
        facts=[*facts, _as_of(request, as_of or _today(request))],
        total=(text(_("Totaux")), "", *(() if codes is None else ("", "")), *sums),
    )


def _lines(
    session: Any, party_id: int, wanted: dict[str, Any], *, with_balance: bool
) -> Iterator[Sequence[Any]]:
    cursor = None
    while True:
        found = queries.statement_page(session, party_id, **wanted, cursor=cursor, size=ROWS_AT_ONCE)
        after = running.balance_after(session, found.rows[0], **wanted) if with_balance and found.rows else 0
        balances = running.running_balances(found.rows, after)
        letters = lettering_queries.of_lines(session, [line.id for line in found.rows])
        for line, balance in zip(found.rows, balances, strict=True):
            cells = _line(line, letters.get(line.id))
            yield (*cells, balance) if with_balance else cells
        cursor = found.next_cursor
        if cursor is None:
            break
    if with_balance and wanted.get("span") is not None:
        yield _opening(session, party_id, wanted)


def _opening(session: Any, party_id: int, wanted: dict[str, Any]) -> Sequence[Any]:
    """Return what a year begins with: the oldest row of its statement."""
    cents = running.opening(session, party_id, **wanted)
    on = wanted["span"].starts_on
    return (on, openings.JOURNAL, "", "", "", openings.NAME, "", *([None] * 2), cents)


def _year(wanted: dict[str, Any]) -> list[str]:
    span = wanted.get("span")
    return [] if span is None else [span.name]


def _line(line: Any, letter: Any) -> Sequence[Any]:
    entry = line.entry
    return (
        line.effective_on,
        f"{entry.journal.code} {entry.number}",
        entry.entry_text.document,
        line.account.number,
        line.counterparty.name if line.counterparty else "",
        entry.entry_text.text,
        letter.text if letter else "",
        line.debit_cents or None,
        line.credit_cents or None,
    )


def _of_parties(request: Any, party: Any, partner: Any) -> list[tuple[str, str]]:
    text = request.endi_ext.text
    told = [(text(_("Enseigne")), _named(party))]
    return [*told, (text(_("Avec")), _named(partner))] if partner else told


def _named(party: Any) -> str:
    return f"{party.name} ({party.analytic_code})" if party.analytic_code else str(party.name)


def _period(request: Any, today: date, span: Any = None) -> tuple[str, str]:
    text = request.endi_ext.text
    if span is not None:
        days = {"first": request.endi_ext.day(span.starts_on), "last": request.endi_ext.day(span.ends_on)}
        return text(_("Période")), text(_("Exercice du {first} au {last}."), **days)
    return text(_("Période")), text(
        _("Tous les mouvements enregistrés au {on}"), on=request.endi_ext.day(today)
    )


def _as_of(request: Any, on: date) -> tuple[str, str]:
    return request.endi_ext.text(_("Arrêté au")), request.endi_ext.day(on)


def _today(request: Any) -> date:
    today: date = request.registry.endi_ext_host.clock.today()
    return today


def _slug(party: Any) -> str:
    return str(party.analytic_code) if SLUG.fullmatch(party.analytic_code) else str(party.id)
