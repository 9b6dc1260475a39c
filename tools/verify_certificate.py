#!/usr/bin/env python3
"""Check the certificate of a closed month, offline: python check_certificate.py FILE [PUBLIC_KEY_IN_HEX].

Stands alone: copy it where you like; it needs Python and the cryptography library, nothing of endi_ext. It
checks that the document was signed, by the key you were given if you name it, that nothing in it was changed
since, and that its trial balance balances. It exits with 0 only if all of that holds.
"""

import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "endi_ext certificate 1"
FACTS = {
    "closed_at": str,
    "closed_by": str,
    "digest": str,
    "ends_on": str,
    "entries": int,
    "fiscal_year": int,
    "format": str,
    "lines": int,
    "public_key": str,
    "sequence": int,
    "starts_on": str,
    "total_cents": int,
    "trial_balance": list,
}


class Wrong(Exception):
    """What is wrong with the certificate, in one sentence."""


def read(text: str) -> tuple[dict[str, Any], bytes]:
    """Return the facts of a certificate and its signature."""
    try:
        facts = json.loads(text)
        signature = bytes.fromhex(facts.pop("signature"))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Wrong("this is not a signed certificate") from None
    if {name: type(value) for name, value in facts.items()} != FACTS or facts["format"] != FORMAT:
        raise Wrong("this is not a certificate of the kind this script knows")
    return facts, signature


def check_signature(facts: dict[str, Any], signature: bytes, expected_key: str | None) -> None:
    """Check that `facts` are what was signed."""
    if expected_key is not None and facts["public_key"] != expected_key.lower():
        raise Wrong("it was signed by another key than the one you gave")
    # RFC 8785: for these integers, texts and ASCII keys, sorting is all it takes.
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(facts["public_key"]))
        key.verify(signature, canonical.encode())
    except (ValueError, InvalidSignature):
        raise Wrong("the signature does not hold: something was changed since") from None


def check_balance(facts: dict[str, Any]) -> int:
    """Check that the trial balance balances and return what each side sums to."""
    debit = sum(row[2] for row in facts["trial_balance"])
    credit = sum(row[3] for row in facts["trial_balance"])
    if debit != credit:
        raise Wrong(f"the trial balance does not balance: {debit} and {credit} cents")
    accounts = [(row[0], row[1]) for row in facts["trial_balance"]]
    if len(set(accounts)) != len(accounts):
        raise Wrong("an account appears twice in the trial balance")
    return debit


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        facts, signature = read(Path(arguments[0]).read_text("utf-8"))
        check_signature(facts, signature, arguments[1] if len(arguments) == 2 else None)
        total = check_balance(facts)
    except (OSError, UnicodeDecodeError, Wrong) as problem:
        print(f"Not valid: {problem}", file=sys.stderr)
        return 1
    closed = f"closed {facts['closed_at']} by {facts['closed_by']}"
    print(f"Valid: {facts['starts_on']} to {facts['ends_on']}, {closed}.")
    print(f"{facts['entries']} entries, {facts['lines']} lines, {facts['total_cents'] / 100:.2f} posted.")
    print(f"Trial balance of {len(facts['trial_balance'])} accounts, {total / 100:.2f} on each side.")
    print(f"Book at entry {facts['sequence']}, digest {facts['digest']}.")
    print(
        f"Signed by {facts['public_key']}"
        + ("" if len(arguments) == 2 else " (compare it with the key you know).")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
