"""Letters leave with the commit and not without it."""

from email import message_from_bytes, policy

import pytest
import transaction

from endi_ext.hosts.demo.mailer import FolderMailer


class Request:
    """What the mailer needs of a request."""

    def __init__(self):
        self.tm = transaction.TransactionManager(explicit=True)


@pytest.fixture
def request_with_letter(tmp_path):
    request = Request()
    request.tm.begin()
    mailer = FolderMailer(tmp_path / "mail", "from@passerelles.example")
    mailer.send(request, ["to@passerelles.example"], "Livraison acceptée", "Menuiserie du Lac a accepté.")
    return request


def test_a_letter_is_written_once_the_work_is_kept(request_with_letter, tmp_path):
    assert not (tmp_path / "mail").exists()
    request_with_letter.tm.commit()
    (path,) = (tmp_path / "mail").iterdir()
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (letter["To"], letter["Subject"]) == ("to@passerelles.example", "Livraison acceptée")
    assert "a accepté" in letter.get_content()


def test_no_letter_is_written_when_the_work_is_undone(request_with_letter, tmp_path):
    request_with_letter.tm.abort()
    assert not (tmp_path / "mail").exists()
