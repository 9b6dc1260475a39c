#!/usr/bin/env python3
"""Verify the certificate of a closed month, alone or with the journal of that month exported as CSV, offline.

Stands alone: copy it where you like; it needs Python and the cryptography library, nothing of endi_ext.
It exits with 0 only if the document was signed, by the key you name, nothing in it was changed since, its
trial balance balances, and the journal (`endi-ext export journal --format csv`) is the one that was closed.
"""

import argparse
import csv
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TEXTS = ("closed_at", "closed_by", "digest", "ends_on", "format", "public_key", "starts_on")
NUMBERS = ("entries", "fiscal_year", "lines", "sequence", "total_cents")
FIRST = dict.fromkeys(TEXTS, str) | dict.fromkeys(NUMBERS, int) | {"trial_balance": list}
SECOND = FIRST | {"journal_digest": str, "movements": list}
KINDS = {"endi_ext certificate 1": FIRST, "endi_ext certificate 2": SECOND}
EXPORT = "`endi-ext export journal --format csv`"
ROW, COLUMNS = [str, str, int, int], 12  # the export's last column is the party's key
NUMBER = re.compile(r"\d{1,18}", re.ASCII)
DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
AMOUNT = re.compile(r"(\d{1,18}),(\d\d)", re.ASCII)
DISARMED = re.compile(r"'(?=[=+\-@\t\r\n])")  # what keeps a spreadsheet from running a cell


class Wrong(Exception):
    """What is wrong, in one sentence."""


def read(text: str) -> tuple[dict[str, Any], bytes]:
    """Return the facts of a certificate and its signature."""
    try:
        facts = json.loads(text)
        signature = bytes.fromhex(facts.pop("signature"))
        rows = [*facts["trial_balance"], *facts.get("movements", [])]
        known = {name: type(value) for name, value in facts.items()} == KINDS[facts["format"]]
        known = known and all(list(map(type, row)) == ROW for row in rows)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        known = False
    if not known:
        raise Wrong("this is not a signed certificate of a kind this script knows")
    return facts, signature


def check_signature(facts: dict[str, Any], signature: bytes, expected_key: str | None) -> None:
    """Check that `facts` are what was signed."""
    if expected_key is not None and facts["public_key"] != expected_key.strip().lower():
        raise Wrong("it was signed by another key than the one you gave")
    # RFC 8785: for these integers, texts and ASCII keys, sorting is all it takes.
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(facts["public_key"]))
        key.verify(signature, canonical.encode())
    except (ValueError, InvalidSignature):
        raise Wrong("the signature does not hold: something was changed since") from None


def check_balance(facts: dict[str, Any], name: str) -> int:
    """Check that the rows of `name` balance, each account once; return what each side sums to."""
    debit, credit = (sum(row[side] for row in facts[name]) for side in (2, 3))
    if debit != credit:
        raise Wrong(f"its {name.replace('_', ' ')} does not balance: {debit} and {credit} cents")
    if len({(row[0], row[1]) for row in facts[name]}) != len(facts[name]):
        raise Wrong(f"an account appears twice in its {name.replace('_', ' ')}")
    return debit


def cells_of(row: list[str], place: int) -> list[Any]:
    """Return [journal, number, day, account, party's key, debit, credit] of a row of the export."""
    day = DAY.fullmatch(row[2]) if len(row) == COLUMNS else None
    sides = [AMOUNT.fullmatch(cell or "0,00") for cell in row[9:11]]
    if day is None or None in sides or NUMBER.fullmatch(row[1]) is None:
        raise Wrong(f"line {place} of the journal is not a line of {EXPORT}")
    code, account, party = (DISARMED.sub("", row[column], count=1) for column in (0, 4, 11))
    amounts = [int(side[1] + side[2]) for side in sides if side is not None]
    return [code, int(row[1]), f"{day[3]}-{day[2]}-{day[1]}", account, party, *amounts]


def check_journal(facts: dict[str, Any], path: Path) -> None:
    """Check, line by line, that an exported journal is the one that was closed."""
    if "journal_digest" not in facts:
        raise Wrong("it is of the first kind, without a digest of the journal: only itself can be verified")
    digest, moved, lines, entries, last = hashlib.sha256(), {}, 0, 0, None
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";", strict=True)
        if len(next(rows, [])) != COLUMNS:
            raise Wrong(f"the journal has not the {COLUMNS} columns of {EXPORT}")
        for row in rows:
            lines += 1
            cells = cells_of(row, lines + 1)
            if not facts["starts_on"] <= cells[2] <= facts["ends_on"]:
                raise Wrong(f"line {lines + 1} of the journal is of {cells[2]}, another period")
            entries, last = entries + (cells[:2] != last), cells[:2]
            sums = moved.setdefault((cells[3], cells[4]), [0, 0])
            sums[0], sums[1] = sums[0] + cells[5], sums[1] + cells[6]
            digest.update(json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    expected = {(row[0], row[1]): row[2:] for row in facts["movements"]}
    for name, found in (("entries", entries), ("lines", lines)):
        if found != facts[name]:
            raise Wrong(f"the journal has {found} {name}, the certificate {facts[name]}")
    for key in sorted(moved.keys() | expected.keys()):
        here, there = moved.get(key, [0, 0]), expected.get(key, [0, 0])
        if here != there:
            said = f"{here} cents in the journal, {there} in the certificate"
            raise Wrong(f"account {key[0]} of {key[1]}: {said}")
    if digest.hexdigest() != facts["journal_digest"]:
        raise Wrong("the journal was changed or its lines moved: its digest is not the certificate's")


def verify(certificate: Path, journal: Path | None, key: str | None) -> dict[str, Any]:
    """Return the facts of a certificate that holds. Raises Wrong."""
    facts, signature = read(certificate.read_text("utf-8"))
    check_signature(facts, signature, key)
    check_balance(facts, "trial_balance")
    if "movements" in facts and check_balance(facts, "movements") != facts["total_cents"]:
        raise Wrong("its movements are not its total")
    if journal is not None:
        check_journal(facts, journal)
    return facts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("certificate", type=Path)
    parser.add_argument("--journal", type=Path, help="the month's journal, exported as CSV")
    parser.add_argument("--key", help="the public key you know, in hexadecimal")
    asked = parser.parse_args()
    try:
        facts = verify(asked.certificate, asked.journal, asked.key)
    except (OSError, UnicodeError, csv.Error, Wrong) as problem:
        print(f"Not valid: {problem}", file=sys.stderr)
        return 1
    closed = f"closed {facts['closed_at']} by {facts['closed_by']}"
    print(f"Valid: {facts['starts_on']} to {facts['ends_on']}, {closed}.")
    print(f"{facts['entries']} entries, {facts['lines']} lines, {facts['total_cents'] / 100:.2f} posted.")
    print(f"Trial balance of {len(facts['trial_balance'])} accounts, as much on each side.")
    print(f"Book at entry {facts['sequence']}, digest {facts['digest']}.")
    print("The journal is the one that was closed." if asked.journal else "No journal was compared with it.")
    known = "the key you gave" if asked.key else "compare it with the key you know"
    print(f"Signed by {facts['public_key']} ({known}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
