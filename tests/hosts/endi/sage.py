"""The host's own exports for Sage, made in its own pages, and ours of the same exchanges."""

import csv
import io
import zipfile

import transaction

from endi_ext.exchanges import sage

PAGES = {
    sage.SALES: "/export/treasury/invoices",
    sage.PURCHASES: "/export/treasury/supplier_invoices",
    sage.RECEIPTS: "/export/treasury/payments",
    sage.PAYMENTS: "/export/treasury/supplier_payments",
}


def configure(**settings):
    """Choose what the host's accounting screens hold."""
    from caerp.models.config import Config

    with transaction.manager:
        for name, value in settings.items():
            Config.set(name, value)


def enable_contribution():
    """Enable the host's contribution module of internal invoices, at 8 % unless a company has its own."""
    from caerp.models.accounting.bookeeping import CustomInvoiceBookEntryModule

    with transaction.manager:
        named = CustomInvoiceBookEntryModule.query().filter_by(name="contribution", doctype="internalinvoice")
        module = named.one()
        module.enabled, module.percentage = True, 8
        module.compte_cg_debit, module.compte_cg_credit = "6223", "7083"


def refund_contribution_on_purchases(wanted):
    """Say whether the host gives the buyer a contribution back on internal purchases."""
    from caerp.models.expense.types import ExpenseType

    with transaction.manager:
        for kind in ExpenseType.query().filter_by(internal=True):
            kind.contribution = wanted


def make_papers(hosted):
    """Make what the worker would, here and now."""
    from endi_ext.hosts.endi import outbox

    while outbox.make_next(hosted.registry) is not None:
        pass


def hosts_files(hosted, starts_on, ends_on, parts=sage.JOURNAL_PARTS):
    """Return the bytes of the host's own exports of internal documents of some days, by part."""
    browser = hosted.browser("odile")
    files = {part: _hosts_file(browser, PAGES[part], starts_on, ends_on) for part in parts}
    return {part: content for part, content in files.items() if content}


def _hosts_file(browser, page, starts_on, ends_on):
    form = browser.get(page).forms["period_form"]
    days = iter((starts_on, ends_on))
    for field in form.fields["date"]:
        field.value = next(days).isoformat()
    (which,) = (name for name in form.fields if name and name.startswith("deformField"))
    form[which] = "internal"
    form["exported"] = True
    answer = form.submit("submit")
    if answer.headers["Content-Type"].startswith("application/csv"):
        return answer.body
    # It shows its page again when it has nothing to export, or when something is missing.
    shown = answer.html.get_text()
    assert "Il n'y a auc" in shown, shown
    return b""


def files_of(body):
    """Return the bytes of the files of our ZIP, by part."""
    parts = {name: part for part, name in sage.FILE_NAMES.items()}
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {parts[name]: archive.read(name) for name in archive.namelist()}


def rows_of(content):
    """Return the rows of a file under its heading, as lists of cells."""
    return list(csv.reader(io.StringIO(content.decode(sage.ENCODING), newline=""), delimiter=";"))


def by_piece(rows, column=0):
    """Return the rows of each piece in their order."""
    told = {}
    for row in rows:
        told.setdefault(row[column], []).append(row)
    return told
