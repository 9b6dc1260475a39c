"""Letters in the statutory file: both columns or none, and the same letter for what settles."""

from collections import defaultdict

from endi_ext.exchanges import titles
from endi_ext.ledger import exports, fec, spans
from tests.exchanges.conftest import World
from tests.exchanges.makers import an_exchange, settled
from tests.ledger.fec_rules import wrongs_of


def test_lines_that_settle_each_other_carry_their_letter_and_its_day(session):
    world = World(session)
    settled(world, an_exchange(world, net_cents=70_000))
    settled(world, an_exchange(world, net_cents=50_000), 20_000)
    an_exchange(world, net_cents=30_000)
    span = spans.span_of(session, "2026-11")
    rows = exports.recorded_lines(session, span)
    content = fec.heading() + b"".join(fec.lines(rows, titles.names(session)))
    assert wrongs_of(content, "000543215FEC20261130.txt") == []
    lines = [line.split("\t") for line in content.decode(fec.ENCODING).splitlines()[1:]]
    lettered = defaultdict(list)
    for line in lines:
        assert (line[13] == "") == (line[14] == "")
        if line[13]:
            lettered[line[4], line[6], line[13], line[14]].append((line[11], line[12]))
    # Only the exchange that is settled in whole: what is matched in part is still open.
    assert dict(lettered) == {
        ("401900", "DUV", "AA", "20261116"): [("0,00", "700,00"), ("700,00", "0,00")],
        ("411900", "LAC", "AA", "20261116"): [("700,00", "0,00"), ("0,00", "700,00")],
    }
