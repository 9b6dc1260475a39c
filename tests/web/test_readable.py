"""What no browser sends is answered 400 and changes nothing, on any page of ours."""

import pytest
from webob import Request

from tests.web.conftest import csrf_token

SAID = "Demande illisible"


def test_an_address_that_is_not_utf_8_is_said_to_be_unreadable(as_user):
    odile = as_user("odile")
    assert SAID in odile.get("/exchanges/findings?month=%FF", status=400).text
    asked = Request.blank("/")
    asked.environ["PATH_INFO"] = "/exchanges/month-end/\xff"
    answer = asked.get_response(odile.app)
    assert (answer.status_int, SAID in answer.text) == (400, True)


@pytest.mark.parametrize(
    "address", ["findings/decide", "lettering/letter", "journal/exports", "drafts/decide", "questions/ask"]
)
def test_a_file_where_words_are_expected_is_refused(as_user, address):
    odile = as_user("odile")
    token = csrf_token(odile.get("/exchanges/lettering"))
    fields = [(name, "a.txt", b"a") for name in ("finding", "line", "period", "draft", "text")]
    answer = odile.post(f"/exchanges/{address}", {"csrf_token": token}, upload_files=fields, status=400)
    assert SAID in answer.text


def test_a_form_cut_into_no_parts_is_refused(as_user):
    headers = {"Content-Type": "multipart/form-data"}
    as_user("odile").post("/exchanges/findings/decide", b"a", headers=headers, status=400)
