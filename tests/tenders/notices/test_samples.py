"""Every sample of the Publications Office is read field by field, or refused for what it is."""

import json
from pathlib import Path

import pytest
from lxml import etree

from endi_ext.tenders.notices import reading
from endi_ext.tenders.notices.model import from_plain, plain

FOLDER = Path(__file__).parents[2] / "data" / "notices" / "eforms"
READ = sorted(path.stem for path in FOLDER.glob("*.json"))
REFUSED = {
    "can_24_FRA_comments": "notice_is_result",
    "can_24_minimal": "notice_is_result",
    "E4_minimal": "notice_is_result",
    "pin-only_81_FRA": "notice_is_planning",
}
TEXTS = ("title", "description", "buyer_name", "group_form", "documents_url", "submission_url")


def sample(name):
    return (FOLDER / f"{name}.xml").read_bytes()


def test_every_sample_is_spoken_for():
    assert {path.stem for path in FOLDER.glob("*.xml")} == {*READ, *REFUSED}


@pytest.mark.parametrize("name", READ)
def test_a_sample_is_read_field_by_field(name):
    expected = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    (found,) = reading.read(sample(name))
    said = plain(found.notice)
    assert list(said) == list(expected)
    for field, value in expected.items():
        assert said[field] == value, field


@pytest.mark.parametrize("name", READ)
def test_what_is_expected_stands_in_the_file(name):
    expected = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    written = "\n".join(etree.fromstring(sample(name)).itertext())
    texts = [one[field] for one in (expected, *expected["lots"]) for field in TEXTS if one.get(field)]
    texts += [one["name"] for lot in expected["lots"] for one in lot["criteria"]]
    assert all(text in written for text in texts)


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_a_notice_one_cannot_answer_is_refused_for_what_it_is(name, code):
    with pytest.raises(reading.NoticeRefused) as refusal:
        reading.read(sample(name))
    assert refusal.value.code == code


@pytest.mark.parametrize("name", READ)
def test_a_notice_written_as_json_is_read_again_as_it_was(name):
    (found,) = reading.read(sample(name))
    assert plain(from_plain(json.loads(json.dumps(plain(found.notice))))) == plain(found.notice)


def test_a_change_notice_names_what_it_changes_and_says_why():
    (found,) = reading.read(sample("change-cn_24_open_dates"))
    assert found.changes == "c4c415ee-ac08-4465-8fa6-57568cf69462-01"
    assert found.said.startswith("Time limit for receipt of tenders or requests to participate\nConditions")
    assert not found.partial


def test_the_staff_of_a_buyer_is_not_kept():
    said = json.dumps([plain(one.notice) for name in READ for one in reading.read(sample(name))])
    assert "@" not in said
    assert "33 235156161" not in said


def test_a_sample_of_boamp_namespaces_is_the_same_notice():
    (ours,) = reading.read(sample("cn_24_FRA_comments"))
    (theirs,) = reading.read(sample("cn_24_FRA_comments").replace(b"urn:oasis:", b"urn:boamp:"))
    assert theirs.notice.source == "boamp_eforms"
    assert plain(theirs.notice) == {**plain(ours.notice), "source": "boamp_eforms"}
