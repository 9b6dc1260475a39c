"""Every sample of the BOAMP is read field by field, or refused for what it is."""

import json
from pathlib import Path

import pytest

from endi_ext.tenders.notices import reading
from endi_ext.tenders.notices.model import from_plain, plain

FOLDER = Path(__file__).parents[2] / "data" / "notices" / "boamp"
EXPECTED = {path.stem: path for path in (FOLDER / "expected").glob("*.json")}
REFUSED = {"boamp_xml_legacy_test-attribution-3": "notice_is_result"}
SAMPLES = {path.stem: path for path in FOLDER.glob("*.*")}


def read(name):
    (found,) = reading.read(SAMPLES[name].read_bytes())
    return found


def test_every_sample_is_spoken_for():
    assert set(SAMPLES) == {*EXPECTED, *REFUSED}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_is_read_field_by_field(name):
    expected = json.loads(EXPECTED[name].read_text("utf-8"))
    said = plain(read(name).notice)
    assert list(said) == list(expected)
    for field, value in expected.items():
        assert said[field] == value, field


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_read_as_json_is_written_back_as_it_was(name):
    notice = read(name).notice
    assert plain(from_plain(json.loads(json.dumps(plain(notice))))) == plain(notice)


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_a_result_is_refused_for_what_it_is(name, code):
    with pytest.raises(reading.NoticeRefused) as refusal:
        reading.read(SAMPLES[name].read_bytes())
    assert refusal.value.code == code


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_one_who_works_for_a_buyer_is_kept(name):
    said = json.dumps(plain(read(name).notice), ensure_ascii=False)
    assert "CAVIARD" not in said.upper()
    assert "@" not in said


def test_first_publications_change_nothing():
    assert {read(name).changes for name in EXPECTED} == {None}
