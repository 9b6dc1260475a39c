"""Accounts, journals and months as a writer knows them: found, else opened at first use.

None of them changes once it is there: they are looked for without locks, before the head of the book is
taken, and again with locks where some are missing.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from ..kernel import preferences
from . import party_accounts, seals
from .driver import Answer, Driver
from .entries import EntryDraft
from .rows import Frame, fiscal_year_of, unlocked
from .spans import last_day

AccountKey = tuple[str, int]
Place = tuple[str, int, int]


class Chart:
    """What one run of posting knows of the accounts, journals and months of its entries."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self.session, self.driver, self.sql = session, driver, driver.sql
        self.accounts: dict[AccountKey, tuple[int, str]] = {}
        self.journals: dict[str, int] = {}
        self.years: dict[tuple[int, int], int] = {}
        self.frames: dict[Place, Frame] = {}
        self.counters: dict[tuple[int, int], list[int]] = {}
        self.numbers: dict[tuple[int, int], Answer] = {}

    def find(self, drafts: Sequence[EntryDraft]) -> set[AccountKey]:
        """Find what is there of the accounts, journals and months of drafts; return the accounts missing."""
        unknown = {place for place in _places(drafts) if place not in self.frames}
        asked = {
            place: self.driver.ask(self.sql.journal_and_period, place[0], f"{place[1]}-{place[2]:02}-01")
            for place in unknown
        }
        wanted = {(line.number, line.party_id) for draft in drafts for line in draft.lines}
        wanted -= self.accounts.keys()
        self._find_accounts(wanted, locked=False)
        for (journal, *month), answer in asked.items():
            for journal_id, fiscal_year in answer.rows():
                self.journals[journal], self.years[month[0], month[1]] = journal_id, fiscal_year
        return wanted - self.accounts.keys()

    def ask_numbers(self, drafts: Sequence[EntryDraft]) -> None:
        """Ask for the last numbers in journals and years that are known, to be read when they are needed."""
        for journal, *month in _places(drafts):
            year = self.years.get((month[0], month[1]))
            if journal in self.journals and year is not None:
                key = self.journals[journal], year
                if key not in self.counters and key not in self.numbers:
                    self.numbers[key] = self.driver.ask(self.sql.last_number, *key)

    def frame(self, journal: str, on: date) -> Frame:
        """Return what the entries of a journal in the month of `on` share; called with the head taken."""
        known = self.frames.get((journal, on.year, on.month))
        if known is not None:
            return known
        if journal not in self.journals:
            self.journals[journal] = self._journal(journal)
        month = on.year, on.month
        if month not in self.years:
            self.years[month] = self.open_month(on)
        key = self.journals[journal], self.years[month]
        if key not in self.counters:
            answer = self.numbers.get(key) or self.driver.ask(self.sql.last_number, *key)
            self.counters[key] = [int(answer.value() or 0)]
        frame = self.frames[journal, on.year, on.month] = Frame(*key, self.counters[key])
        return frame

    def open_month(self, on: date) -> int:
        """Return the fiscal year of the month of `on`, opened if need be; called with the head taken."""
        starts_on = on.replace(day=1)
        found = self.driver.ask(self.sql.period, starts_on.isoformat()).value()
        if found is not None:
            return int(found)
        first_month = int(preferences.get(self.session, "fiscal_year_first_month"))
        ends_on, fiscal_year = last_day(starts_on), fiscal_year_of(on, first_month)
        self.driver.ask(self.sql.open_period, starts_on.isoformat(), ends_on.isoformat(), fiscal_year)
        self.driver.send()
        return fiscal_year

    def open_accounts(self, wanted: set[AccountKey]) -> None:
        """Find or open accounts; called with the head taken."""
        self._find_accounts(wanted, locked=True)
        missing = wanted - self.accounts.keys()
        if missing:
            self.driver.insert(self.sql.open_account, sorted(missing))
            self._find_accounts(missing, locked=True)
            opened = {key: self.accounts[key][0] for key in missing}
            party_accounts.follow(self.session, self.driver, opened)

    def _find_accounts(self, wanted: set[AccountKey], *, locked: bool) -> None:
        parties = sorted({party_id for _number, party_id in wanted})
        sql = self.sql.accounts if locked else unlocked(self.sql.accounts)
        for answer in self.driver.ask_of(sql, parties):
            for number, party_id, account_id in answer.rows():
                self.accounts[number, party_id] = account_id, seals.account_json(number, party_id)

    def _journal(self, code: str) -> int:
        found = self.driver.ask(self.sql.journal, code).value()
        if found is None:
            self.driver.ask(self.sql.open_journal, code, code)
            found = self.driver.ask(self.sql.journal, code).value()
        return int(found)


def _places(drafts: Sequence[EntryDraft]) -> set[Place]:
    """Return the journals and months of drafts."""
    return {(draft.journal, draft.effective_on.year, draft.effective_on.month) for draft in drafts}
