"""Files made to harm are refused with a sentence of their own, in bounded time and memory."""

import io
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from endi_ext.tenders import notices
from endi_ext.tenders.notices import decp, guard
from endi_ext.web.messages import MESSAGES, sentence
from endi_ext.web.speech import Speech
from tests.tenders.notices import hostile
from tests.tenders.notices.hostile import HOSTILE, MEBIBYTE

ROOT = Path(__file__).parents[3]
# The interpreter and its libraries, the largest file (200 MB, made twice over), and what reading may take.
MOST_MEMORY, MOST_SECONDS = 1_400 * MEBIBYTE, 60


def test_hostile_files_are_refused_for_what_they_are_within_limits():
    def limited():
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))

    command = [sys.executable, "-m", "tests.tenders.notices.hostile"]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=limited, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found = dict(line.split("\t") for line in done.stdout.splitlines())
    assert found == {name: code for name, (code, _) in HOSTILE.items()}


def test_no_entity_is_ever_read():
    for name in ("external entity", "entities in UTF-16"):
        with pytest.raises(guard.NoticeWithDoctype) as refusal:
            guard.parse(HOSTILE[name][1]())
        assert "root:" not in str(refusal.value)


def test_every_reason_has_a_sentence_of_its_own():
    sources = "".join(path.read_text("utf-8") for path in Path(notices.__path__[0]).glob("*.py"))
    codes = {*re.findall(r'"(no_notice\w*|notice_(?:is_)?[a-z_]+)"', sources)} - {"notice_id"}
    assert codes >= {code for code, _ in HOSTILE.values()} - {"read"}
    assert not codes - MESSAGES.keys()
    assert len({MESSAGES[code] for code in codes}) == len(codes)


def test_a_refusal_says_how_large_a_file_may_be():
    with pytest.raises(guard.NoticeTooLarge) as refusal:
        guard.check_size(bytes(33 * MEBIBYTE))
    assert "32 Mo au plus" in sentence(refusal.value, Speech("fr"))


def test_a_missing_value_of_python_is_none_in_json():
    assert guard.load_json(b'{"a": NaN, "b": [1.5]}') == {"a": None, "b": [1.5]}


def test_a_record_a_line_is_a_list_of_records():
    assert guard.load_json(b'{"a": 1}\n\n{"a": 2}\n') == [{"a": 1}, {"a": 2}]
    with pytest.raises(guard.NoticeUnreadable):
        guard.load_json(b'{"a": 1}\n{"a": 2}\n{"a"')


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_json_of_other_encodings_is_read_where_it_says_so(encoding):
    assert guard.load_json('{"objet": "école"}'.encode(encoding)) == {"objet": "école"}


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-15", "windows-1252"])
def test_xml_of_other_encodings_is_read_where_it_says_so(encoding):
    written = f'<?xml version="1.0" encoding="{encoding}"?><r>école</r>'
    assert guard.parse(written.encode(encoding)).text == "école"


def test_a_line_before_the_declaration_does_no_harm():
    assert guard.parse(b'\r\n <?xml version="1.0"?><r>a</r>').text == "a"


def test_what_is_named_hostile_would_be_noticed_if_it_were_read():
    assert hostile.outcome(b"<ContractNotice/>") == "read"


@pytest.mark.parametrize(
    "within",
    [
        b"<marche>" + b"<a/>" * 50_001 + b"</marche>",
        hostile.attributes('a%d=""', 2_000).replace(b"<r", b"<marche"),
    ],
    ids=["elements", "attributes"],
)
def test_a_contract_of_very_many_parts_is_refused(within):
    with pytest.raises(guard.NoticeTooLarge):
        list(decp.read(io.BytesIO(b"<marches>" + within + b"</marches>")))
