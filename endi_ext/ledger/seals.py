"""The chain: canonical JSON, digests, and documents signed with the cooperative's key."""

import json
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

GENESIS = "0" * 64
CHECKPOINT, CERTIFICATE = "endi_ext checkpoint 1", "endi_ext certificate 2"
# Months closed before certificates held the digest of their journal keep theirs.
CERTIFICATES = ("endi_ext certificate 1", CERTIFICATE)
SALT_BYTES = 16


class NotGenuine(ValueError):
    """A document does not carry the signature it should."""


def canonical(value: Any) -> str:
    """Return `value` as RFC 8785 writes it: for our integers, texts and ASCII keys, sorted and compact."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def instant_text(at: datetime) -> str:
    """Return an instant as the digests hold it: UTC, with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


# Those below are canonical JSON written by hand, keys in order: they run once for each line or entry of
# a bulk posting and of a verification, where sorting dictionaries would take most of the time. A test
# compares them to an RFC 8785 library.


def account_json(number: str, party_id: int) -> str:
    """Return the beginning of a line: the part that repeats, worth keeping."""
    return f"[{quoted(number)},{party_id},"


def content_json(journal: str, effective_on: str, lines: str, reverses: int | None, source: str) -> str:
    """Return what an entry says: {"effective_on", "journal", "lines", "reverses", "source"}.

    `lines` are joined lines, each [number, party, counterparty or null, debit, credit].
    """
    return (
        f'{{"effective_on":"{effective_on}","journal":{quoted(journal)},"lines":[{lines}],'
        f'"reverses":{"null" if reverses is None else reverses},"source":{quoted(source)}}}'
    )


def sealed_json(
    content: str,
    fiscal_year: int,
    number: int,
    previous: str,
    recorded_at: str,
    sequence: int,
    text_digest: str,
    total_cents: int,
) -> str:
    """Return what the seal of an entry covers: its content, its place in the book, the previous digest."""
    return (
        f'{{"content":{content},"fiscal_year":{fiscal_year},"number":{number},"previous":"{previous}",'
        f'"recorded_at":"{recorded_at}","sequence":{sequence},"text_digest":"{text_digest}",'
        f'"total_cents":{total_cents}}}'
    )


def account_key_json(number: str, party_key: str) -> str:
    """Return the part of a journal's line that repeats, as certificates digest it."""
    return f"{quoted(number)},{quoted(party_key)}"


def journal_line_json(
    journal: str, number: int, effective_on: date, account: str, debit_cents: int, credit_cents: int
) -> str:
    """Return a journal's line as certificates digest it; `account` comes from account_key_json."""
    return f'[{quoted(journal)},{number},"{effective_on}",{account},{debit_cents},{credit_cents}]\n'


def text_digest(document: str, salt: str, text: str) -> str:
    """Return the digest of a free text: salted, so that an erased text cannot be guessed back."""
    return digest_of(f'{{"document":{quoted(document)},"salt":"{salt}","text":{quoted(text)}}}')


def salts(count: int) -> list[str]:
    """Return as many fresh salts."""
    drawn = secrets.token_hex(SALT_BYTES * count)
    width = 2 * SALT_BYTES
    return [drawn[start : start + width] for start in range(0, len(drawn), width)]


_key_path: Path | None = None


def keep_key_at(path: str | Path | None) -> None:
    """Say where this installation keeps its signing key; none means that nothing is signed."""
    global _key_path  # noqa: PLW0603 - one installation, one key: set when the application or the command starts
    _key_path = None if path is None else Path(path)


def signing_key() -> Ed25519PrivateKey | None:
    """Return the installation's key, made at first use, or None where keep_key_at was not told."""
    if _key_path is None:
        return None
    if not _key_path.exists():
        _make_key(_key_path)
    key = load_pem_private_key(_key_path.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey), f"{_key_path} holds an Ed25519 key"
    return key


def known_public_key() -> str | None:
    """Return the public half of the installation's key, or None where there is no key yet: reading makes
    none.
    """
    if _key_path is None or not _key_path.exists():
        return None
    key = signing_key()
    return None if key is None else public_hex(key)


def public_hex(key: Ed25519PrivateKey) -> str:
    """Return the public half of `key`, in hexadecimal."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def signed(document: Mapping[str, Any], key: Ed25519PrivateKey | None) -> str:
    """Return `document` as canonical JSON with its public key and its signature, null both without a key."""
    facts = {**document, "public_key": None if key is None else public_hex(key)}
    signature = None if key is None else key.sign(canonical(facts).encode()).hex()
    return canonical({**facts, "signature": signature})


def read_signed(
    text: str, *format_names: str, public_key: str | None = None, may_be_unsigned: bool = False
) -> dict[str, Any]:
    """Return the facts of a signed document of one of these formats.

    Without `public_key` the one inside the document is used: that finds accidents, not a forger.
    Raises NotGenuine when it is of none of `format_names` or its signature does not hold.
    """
    try:
        facts = json.loads(text)
        signature = facts.pop("signature")
        unsigned = may_be_unsigned and public_key is None and signature is None
        if facts["format"] not in format_names or (
            public_key is not None and public_key != facts["public_key"]
        ):
            raise NotGenuine(*format_names)
        if not unsigned:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(facts["public_key"]))
            key.verify(bytes.fromhex(signature), canonical(facts).encode())
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature) as problem:
        raise NotGenuine(*format_names) from problem
    return dict(facts)


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
        os.link(draft, path)  # whole or not at all; of two processes that start together one wins
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
