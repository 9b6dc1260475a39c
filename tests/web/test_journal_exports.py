"""What goes to the accounting software leaves a mark, and goes twice only when asked."""

import io
import zipfile

import pytest
from sqlalchemy import select

from endi_ext.exchanges import sage
from endi_ext.hosts.demo import people
from endi_ext.ledger.export_models import ExportMark
from endi_ext.web.views import journal_files
from tests.ledger.fec_rules import wrongs_of

PAGE = "/exchanges/journal/exports"


@pytest.fixture
def export(as_user, dealings, an_act):
    """Send the form of the page as the accountant."""

    period = str(an_act("odile").today.year)

    def send(shape="sage", *, again=False):
        form = as_user("odile").get(PAGE).forms["journal-export"]
        form["period"], form["format"], form["again"] = period, shape, again
        return form.submit()

    return send


def test_the_files_of_sage_are_one_zip_marked_with_who_when_and_what(export, as_user, books):
    answer = export("sage")
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert set(archive.namelist()) <= set(sage.FILE_NAMES.values())
    sales = archive.read("export_facture.txt").decode("iso-8859-15").split("\r\n")
    assert sales[0].startswith('"Numéro de pièce";"Code Journal";"Date de pièce"')
    mark = books.execute(select(ExportMark)).scalars().one()
    books.expunge(mark)
    books.rollback()
    assert (mark.shape, mark.made_by, mark.repeated_count) == ("sage", "Odile Berthier", 0)
    page = as_user("odile").get(PAGE)
    assert mark.file_name in page.text
    assert mark.file_digest[:12] in page.text


def test_what_was_exported_is_exported_again_only_with_the_tick(export):
    first = export("sage").body
    assert "a déjà été exporté" in export("sage").follow().text
    assert export("sage", again=True).body == first


def test_the_file_of_the_fec_breaks_no_rule(export, an_act):
    answer = export("fec")
    name = f"{people.COOPERATIVE_IDENTITY['siret'][:9]}FEC{an_act('odile').today.year}1231.txt"
    assert f'filename="{name}"' in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "text/plain; charset=iso8859-15"
    assert wrongs_of(answer.body, name) == []


def test_an_empty_period_is_no_file_and_leaves_no_mark(as_user, dealings, books):
    browser = as_user("odile")
    token = browser.get(PAGE).forms["journal-export"]["csrf_token"].value
    asked = {"period": "2001-01", "format": "sage", "csrf_token": token}
    assert "Aucune écriture" in browser.post(PAGE, asked).follow().text
    assert books.execute(select(ExportMark)).first() is None


def test_a_period_too_long_for_a_page_is_left_to_the_command(export, monkeypatch):
    monkeypatch.setattr(journal_files, "MOST_ENTRIES", 1)
    assert "endi-ext export journal --period" in export("sage").follow().text


def test_without_siret_the_page_says_where_to_write_it(export, monkeypatch):
    monkeypatch.setattr(people, "COOPERATIVE_IDENTITY", {})
    assert "écrivez son SIRET" in export("fec").follow().text
