import json
import stat
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.ledger import seals

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
cents = st.integers(0, 2**53 - 1)
ids = st.integers(1, 2**31)
lines = st.tuples(texts, ids, st.none() | ids, cents, cents)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="ascii"), max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_sorted_compact_json_is_what_rfc_8785_says(value):
    assert seals.canonical(value).encode() == rfc8785.dumps(value)


@given(st.lists(lines, max_size=4), texts, st.dates(), st.none() | ids, texts)
def test_the_content_of_an_entry_is_canonical_json(some, journal, on, reverses, source):
    joined = ",".join(
        f"{seals.account_json(number, party)}{'null' if other is None else other},{debit},{credit}]"
        for number, party, other, debit, credit in some
    )
    said = seals.content_json(journal, on.isoformat(), joined, reverses, source)
    meant = {
        "effective_on": on.isoformat(),
        "journal": journal,
        "lines": [list(line) for line in some],
        "reverses": reverses,
        "source": source,
    }
    assert said.encode() == rfc8785.dumps(meant)


@given(texts, ids, st.dates(), texts, texts, cents, cents)
def test_a_line_that_certificates_digest_is_canonical_json(
    journal, number, on, account, party, debit, credit
):
    said = seals.journal_line_json(journal, number, on, seals.account_key_json(account, party), debit, credit)
    meant = [journal, number, on.isoformat(), account, party, debit, credit]
    assert said.encode() == rfc8785.dumps(meant) + b"\n"


@given(values, ids, ids, ids, cents)
def test_what_a_seal_covers_is_canonical_json(content, year, number, sequence, total):
    said = seals.sealed_json(
        seals.canonical(content),
        year,
        number,
        "0" * 64,
        "2026-11-16T09:00:00.000000Z",
        sequence,
        "f" * 64,
        total,
    )
    meant = {
        "content": content,
        "fiscal_year": year,
        "number": number,
        "previous": "0" * 64,
        "recorded_at": "2026-11-16T09:00:00.000000Z",
        "sequence": sequence,
        "text_digest": "f" * 64,
        "total_cents": total,
    }
    assert said.encode() == rfc8785.dumps(meant)


@given(texts, texts)
def test_the_digest_of_a_text_covers_its_salt_and_document(document, text):
    meant = {"document": document, "salt": "a1", "text": text}
    assert seals.text_digest(document, "a1", text) == seals.digest_of(rfc8785.dumps(meant).decode())


def test_salts_are_drawn_one_by_one():
    drawn = seals.salts(50)
    assert len(set(drawn)) == 50
    assert {len(salt) for salt in drawn} == {32}


def test_an_instant_is_written_in_utc_with_microseconds():
    paris = timezone(timedelta(hours=1))
    assert seals.instant_text(datetime(2026, 11, 16, 10, tzinfo=paris)) == "2026-11-16T09:00:00.000000Z"
    assert seals.instant_text(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == "2026-01-02T03:04:05.000006Z"


@pytest.fixture
def key_path(tmp_path):
    path = tmp_path / "var" / "key.pem"
    seals.keep_key_at(path)
    yield path
    seals.keep_key_at(None)


def test_the_key_is_made_at_first_use_and_is_its_owners_alone(key_path):
    assert seals.known_public_key() is None
    key = seals.signing_key()
    assert stat.S_IMODE(key_path.stat().st_mode) == 0o600
    assert seals.public_hex(seals.signing_key()) == seals.public_hex(key) == seals.known_public_key()
    assert [path.name for path in key_path.parent.iterdir()] == ["key.pem"]


def test_without_a_place_for_the_key_nothing_is_signed():
    seals.keep_key_at(None)
    document = seals.signed({"format": "f"}, seals.signing_key())
    assert json.loads(document)["signature"] is None
    with pytest.raises(seals.NotGenuine):
        seals.read_signed(document, "f")
    assert seals.read_signed(document, "f", may_be_unsigned=True)["format"] == "f"


def test_a_signed_document_is_read_back(key_path):
    document = seals.signed({"format": "f", "sequence": 3}, seals.signing_key())
    assert seals.read_signed(document, "f")["sequence"] == 3
    assert seals.read_signed(document, "f", public_key=seals.known_public_key())["sequence"] == 3


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "3", "{}", '{"format": "f", "signature": 5, "public_key": 5}']
)
def test_what_is_not_a_signed_document_is_not_genuine(text):
    with pytest.raises(seals.NotGenuine):
        seals.read_signed(text, "f")


def test_a_document_of_another_kind_changed_or_of_another_key_is_not_genuine(key_path):
    document = seals.signed({"format": "f", "sequence": 3}, seals.signing_key())
    for text, name, public_key in (
        (document, "g", None),
        (document.replace('"sequence":3', '"sequence":4'), "f", None),
        (document, "f", "00" * 32),
    ):
        with pytest.raises(seals.NotGenuine):
            seals.read_signed(text, name, public_key=public_key)
