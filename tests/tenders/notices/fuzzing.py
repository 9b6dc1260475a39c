"""Files made of the samples by changes nobody would make, and what must hold whatever is read.

`files()` is a strategy: a sample, then some changes of its bytes, of its elements or of its values.
"""

import copy
import io
import json
import re
import signal
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

from endi_ext.tenders.notices import decp, facts, reading
from endi_ext.tenders.notices.model import Notice, NoticeLot, from_plain, plain
from endi_ext.web.messages import MESSAGES
from tests.tenders.notices.boamp_records import FORMS, record

DATA = Path(__file__).parents[2] / "data"
# What is expected of a sample stands beside it, under its name.
SAMPLES = sorted(
    path
    for path in DATA.rglob("*")
    if path.suffix in (".xml", ".json") and not (path.suffix == ".json" and path.with_suffix(".xml").exists())
)
# The forms of BOAMP of which no sample is at hand, as a file of their own and in a record of the API.
SEEDS = [
    *(path.read_bytes() for path in SAMPLES),
    *(json.dumps({name: form}).encode() for name, form in FORMS.items()),
    *(json.dumps([record(name)]).encode() for name in FORMS),
]
MOST_SECONDS = 10  # of computing, for a file of some kilobytes that takes some milliseconds

TEXTS = (
    "", " ", "\n", "0", "-1", "1e9", "0.000", "9" * 400, "12,5", "١٢", "NaN", "true", "unpublished",
    "é" * 300,
    "\u00a0", "\u2028", "\ufeff", "%s%n{0}", "javascript:alert(1)", "http://[::1", "www.", "=1+1", "<b>",
    "&amp;#039;", "2026-02-30", "2026-12-11", "0001-01-01+14:00", "9999-12-31", "24:00:00", "23:59:60",
    "12:00:00+99:99", "2026-12-11T12:00:00.000000000Z", "16", "E4", "cancel", "restricted", "LOT-0000",
    "77310000-6", "FRK28", "20007158700014", "per-exa", "100%", "Prix : 60 %, Délai : 40 %", "1 : Lot " * 50,
    "(" * 200, " " * 5000 + "x",
)  # fmt: skip
OTHERS = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    [],
    {},
    [[]],
    [None],
    [{}],
    {"#text": "x"},
    {"@a": []},
    {"": ""},
)

texts = st.sampled_from(TEXTS) | st.text(max_size=30)
values = texts | st.sampled_from(OTHERS)
places = st.integers(0, 100_000)


@contextmanager
def within_seconds(seconds=MOST_SECONDS):
    """Stop what computes for longer than that (time of the processor: a busy machine stops nothing)."""

    def stop(_signal, _frame):
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check(content):
    """Read a file both as notices and as awarded contracts, and demand of each what must always hold."""
    with within_seconds():
        said = [check_notices(content), check_awards(content)]
    return said


def check_notices(content):
    """Return the code of the refusal of a file, or "read". Raises whatever a reader must not raise."""
    try:
        found = reading.read_all(content)
    except reading.NoticeRefused as refusal:
        return told(refusal)
    assert all(told(refusal) for refusal in found.refused)
    for one in found.notices:
        _check_notice(one.notice)
        assert one.changes is None or isinstance(one.changes, str)
    return "read"


def told(refusal):
    """Return the code of a refusal, which must have its sentence."""
    assert refusal.code in MESSAGES
    return refusal.code


def check_awards(content):
    """Read awarded contracts; whatever is refused is refused with a code."""
    try:
        count = sum(1 for _ in decp.read(io.BytesIO(content)))
    except reading.NoticeRefused as refusal:
        return told(refusal)
    return "read" if count else "empty"


def _check_notice(notice: Notice):
    written = json.dumps(plain(notice), ensure_ascii=False).encode("utf-8")
    assert plain(from_plain(json.loads(written))) == plain(notice)
    assert facts.of(notice).lots
    for one in (notice, *notice.lots):
        _check_either(one)
    texts = (notice.title, notice.description, notice.buyer_name, notice.group_form, notice.notice_id)
    assert all(text is None or (isinstance(text, str) and text.strip()) for text in texts)
    assert all(isinstance(code, str) and 2 <= len(code) <= 5 for code in notice.places)
    assert notice.buyer_siret is None or len(notice.buyer_siret) == 14
    assert notice.variants_allowed in (None, True, False)
    addresses = (notice.documents_url, notice.submission_url)
    assert not any(re.match("(javascript|data|mailto|file):", url or "", re.IGNORECASE) for url in addresses)


def _check_either(one: Notice | NoticeLot):
    cents = one.estimated_value_cents
    assert cents is None or (type(cents) is int and 0 < cents < 2**63)
    assert one.deadline is None or (
        isinstance(one.deadline, datetime) and one.deadline.utcoffset() is not None
    )
    assert all(len(code) == 8 and code.isdigit() for code in one.cpv)
    assert all(crit.name and (crit.weight is None or 0 <= crit.weight < 1e6) for crit in one.criteria)


@st.composite
def files(draw):
    """A sample with one to five changes, each of what the last one left."""
    content = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 5))):
        change = draw(st.sampled_from((of_structure,) * 7 + (of_bytes,)))
        content = change(draw, content)
    return content


def of_bytes(draw, content):
    start, length = draw(places) % (len(content) + 1), draw(st.integers(0, 200))
    end = min(len(content), start + length)
    inserted = draw(
        st.sampled_from([b"", b"<", b">", b"\0", b"&", b'"', b"\xff", b"{", b"]", content[start:end] * 2])
        | st.binary(max_size=8)
    )
    return content[:start] if draw(places) % 20 == 0 else content[:start] + inserted + content[end:]


def of_structure(draw, content):
    try:
        if content.lstrip()[:1] in (b"{", b"["):
            return json.dumps(of_json(draw, json.loads(content))).encode()
        return etree.tostring(of_xml(draw, etree.fromstring(content)))
    except (ValueError, etree.LxmlError, RecursionError):
        return of_bytes(draw, content)


def of_xml(draw, root):
    """Change one element: its text, an attribute, its name, or where it stands and how often."""
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    one, other = (elements[draw(places) % len(elements)] for _ in range(2))
    change = draw(st.integers(0, 6))
    if change == 0:
        one.text = draw(texts)
    elif change == 1:
        one.tag = other.tag
    elif change == 2 and one.attrib:
        name = sorted(one.attrib)[draw(places) % len(one.attrib)]
        one.set(name, draw(texts))
    elif change == 3 and one.getparent() is not None:
        one.getparent().remove(one)
    elif change == 4:
        other.append(copy.deepcopy(one))
    elif change == 5:
        del one[:]
    else:
        one.text = other.text
    return root


def of_json(draw, value):
    """Change one value: another in its place, alone or in a list, left out, or named otherwise."""
    holders = list(_holders(value))
    if not holders:
        return draw(values)
    holder, key = holders[draw(places) % len(holders)]
    change = draw(st.integers(0, 5))
    if change <= 1:
        holder[key] = draw(values)
    elif change == 2:
        holder[key] = [holder[key], copy.deepcopy(holder[key])]
    elif change == 3:
        other, at = holders[draw(places) % len(holders)]
        holder[key] = copy.deepcopy(other[at])
    elif change == 4 and isinstance(holder, dict):
        holder[draw(texts)] = holder.pop(key)
    elif isinstance(holder, dict):
        _within_a_string(draw, holder, key)
    return value


def _within_a_string(draw, holder, key):
    # `donnees` and `gestion` of the API are JSON in a string.
    if isinstance(holder[key], str) and holder[key].startswith("{"):
        holder[key] = json.dumps(of_json(draw, json.loads(holder[key])))
    else:
        del holder[key]


def _holders(value):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _holders(inner)
