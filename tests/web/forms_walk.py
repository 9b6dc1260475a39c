"""Every form of the plugin, filled in as the people who use it would."""

from pathlib import Path

from webtest import Upload

from tests.web.walked import REASON, button, on
from tests.web.walked_adoption import ADOPTION
from tests.web.walked_agreements import AGREEMENTS
from tests.web.walked_documents import DOCUMENTS
from tests.web.walked_drafts import OF_DRAFTS
from tests.web.walked_exports import EXPORTS
from tests.web.walked_findings import FINDINGS
from tests.web.walked_lettering import LETTERING
from tests.web.walked_matching import MATCHING
from tests.web.walked_money import MONEY
from tests.web.walked_month_end import MONTH_END
from tests.web.walked_tenders_core import CORE
from tests.web.walked_tenders_dossier import OF_DOSSIERS
from tests.web.walked_tenders_outcome import OUTCOMES
from tests.web.walked_tenders_papers import PAPERS
from tests.web.walked_tenders_prices import TENDER_PRICES
from tests.web.walked_tenders_team import TEAM

TODAY = "{today}"
NOTICES = Path(__file__).parent.parent / "data" / "notices" / "eforms"
CSV = "date;vendeur;acheteur;montant_ht;libelle;reference\n{today};TRAITJ;MENLAC;120,00;Dépannage;W-1\n"


PARTY = "/companies/{id}/exchanges"
PROPOSAL = "/companies/2/exchanges/subcontracts/{proposal}"
MINE = "/companies/1/exchanges/subcontracts/{proposal}"
DELIVERY = "/companies/1/exchanges/subcontracts/{subcontract}/deliveries/{declared}"
THEIR_DELIVERY = "/companies/2/exchanges/subcontracts/{subcontract}/deliveries/{declared}"
ANY_DELIVERY = "/exchanges/deliveries/{declared}"
# The first dispute of a book that has none.
DISPUTE = "/companies/1/exchanges/subcontracts/{subcontract}/disputes/1"
THEIR_DISPUTE = "/companies/2/exchanges/subcontracts/{subcontract}/disputes/1"
ARBITRATION = "/exchanges/disputes/1"


CLOSE = on("endi_ext.period.close", "odile", "/exchanges/periods/{period}/close", REASON)
CONTEST = on("endi_ext.delivery.contest", "helene", DELIVERY + "/contest", REASON)
PROPOSE = on(
    "endi_ext.dispute.propose",
    "karim",
    THEIR_DISPUTE + "/propose",
    {"accepted": "0,5", "refusal": "Une demi-heure", "text": "Partageons"},
    before=(CONTEST,),
)
ASK = on(
    "endi_ext.dispute.arbitration",
    "karim",
    THEIR_DISPUTE + "/arbitration",
    {"text": "Qui a raison ?"},
    before=(CONTEST,),
)
TAKE = button("endi_ext.arbitration.take", "fatou", ARBITRATION, ARBITRATION + "/take", before=(ASK,))
DISPUTES = (
    on(
        "endi_ext.dispute",
        "karim",
        THEIR_DISPUTE,
        {"text": "Voici le relevé", "upload": "%PDF-1.7"},
        before=(CONTEST,),
    ),
    PROPOSE,
    button("endi_ext.dispute.agree", "helene", DISPUTE, DISPUTE + "/agree", before=(PROPOSE,)),
    button("endi_ext.dispute.give_way", "helene", DISPUTE, DISPUTE + "/give-way", before=(CONTEST,)),
    ASK,
    TAKE,
    on(
        "endi_ext.arbitration",
        "fatou",
        ARBITRATION,
        {"text": "Avez-vous un relevé ?"},
        before=(TAKE,),
    ),
    on(
        "endi_ext.arbitration.decide",
        "fatou",
        ARBITRATION + "/decide",
        {"accepted": "0,5", "refusal": "Une demi-heure", "text": "Le relevé le montre"},
        before=(TAKE,),
    ),
)
IMPORT = on("endi_ext.import", "odile", "/exchanges/import", {"file": CSV}, changes=False)

FORMS = (
    on(
        "endi_ext.subcontract.new",
        "helene",
        "/companies/1/exchanges/subcontracts/new",
        {
            "title": "Une étagère",
            "seller": "Atelier Trait Juste",
            "due_on": "2027-01-15",
            "description": "Plans",
            "quantity_thousandths": "2",
            "unit": "h",
            "unit_price_cents": "45,00",
        },
    ),
    *ADOPTION,
    *AGREEMENTS,
    *LETTERING,
    *MATCHING,
    *MONEY,
    *MONTH_END,
    *DOCUMENTS,
    *OF_DRAFTS,
    *EXPORTS,
    *CORE,
    on("endi_ext.notifications", "karim", "/companies/2/exchanges/notifications", {"letters": "daily"}),
    on("endi_ext.subcontract.counter", "karim", PROPOSAL + "/counter", {"message": "Plus tard"}),
    button("endi_ext.subcontract.accept", "karim", PROPOSAL, PROPOSAL + "/accept"),
    on("endi_ext.subcontract.decline", "karim", PROPOSAL + "/decline", REASON),
    on("endi_ext.subcontract.withdraw", "helene", MINE + "/withdraw", REASON),
    on(
        "endi_ext.delivery.new",
        "karim",
        "/companies/2/exchanges/subcontracts/{subcontract}/deliveries/new",
        {"delivered_on": TODAY},
    ),
    button("endi_ext.delivery.accept", "helene", DELIVERY, DELIVERY + "/accept"),
    on(
        "endi_ext.delivery.accept_in_part",
        "helene",
        DELIVERY + "/accept-in-part",
        {"accepted": "0,5", "refusal": "Une demi-heure"},
    ),
    CONTEST,
    *DISPUTES,
    button("endi_ext.delivery.withdraw", "karim", THEIR_DELIVERY, THEIR_DELIVERY + "/withdraw"),
    on("endi_ext.delivery_any.accept", "odile", ANY_DELIVERY + "/accept", REASON, left=(1,)),
    on("endi_ext.delivery_any.withdraw", "odile", ANY_DELIVERY + "/withdraw", REASON, left=(2,)),
    on("endi_ext.settlement", "odile", "/exchanges/{open_exchange}/settle", {"amount_cents": "100,00"}),
    button(
        "endi_ext.settle_many", "odile", "/exchanges", "/exchanges/settle", {"exchange": "{open_exchange}"}
    ),
    on("endi_ext.exchange_any.reverse", "odile", "/exchanges/{exchange}/reverse", REASON),
    on(
        "endi_ext.settlement.reverse",
        "odile",
        "/exchanges/{exchange}/settlements/{settlement}/reverse",
        REASON,
    ),
    IMPORT,
    button(
        "endi_ext.import.confirm", "odile", "/exchanges/import", "/exchanges/import/confirm", before=(IMPORT,)
    ),
    button("endi_ext.verification", "odile", "/exchanges/verification", "/exchanges/verification"),
    button("endi_ext.checkpoint", "odile", "/exchanges/verification", "/exchanges/verification/checkpoint"),
    CLOSE,
    on("endi_ext.period.reopen", "odile", "/exchanges/periods/{period}/reopen", REASON, before=(CLOSE,)),
    on("endi_ext.admin.scheme", "marc", "/admin/exchanges/scheme", {"scheme": "181/186/187"}),
    on("endi_ext.admin.accounts", "marc", "/admin/exchanges/accounts", {"expense": "604999"}),
    on("endi_ext.admin.rates", "marc", "/admin/exchanges/rates", {"payment_days": "45"}),
)


CLIENT = "/companies/1/exchanges/subcontracts/{subcontract}/client"
INVOICES = "/companies/1/invoices"
INVOICE = {"client": "Mairie", "label": "Escalier", "net": "1000"}
# The demo's own forms: a client's invoice, a draft, and a payment.
OF_THE_CLIENT = on("demo", "helene", INVOICES, INVOICE)
DRAFT = on("demo", "helene", INVOICES, {**INVOICE, "draft": "1"})
PAID = button("demo", "helene", INVOICES + "/1", INVOICES + "/1/receive", before=(OF_THE_CLIENT,))

CHOOSE = on("endi_ext.client.deal", "helene", CLIENT + "/deal", {"deal": "deal:1"}, before=(OF_THE_CLIENT,))
NAME = on("endi_ext.client.invoice", "helene", CLIENT + "/invoice", {"invoice": "invoice:1"}, before=(PAID,))
MARGIN = on("endi_ext.client.margin", "helene", CLIENT + "/margin", {"kind": "percent", "rate_bp": "10"})
# What becomes of a line is no new row: tests/web/test_client_pages.py counts them.
OF_CLIENTS = (
    CHOOSE,
    NAME,
    MARGIN,
    button("endi_ext.client.forget", "helene", CLIENT, CLIENT + "/forget", before=(NAME,)),
    on("endi_ext.client.lift", "helene", CLIENT + "/lift", REASON),
    on(
        "endi_ext.client.divide",
        "helene",
        CLIENT + "/receipts/invoice:1/receipt:1",
        changes=False,
        before=(NAME,),
    ),
    button(
        "endi_ext.client.lines",
        "helene",
        CLIENT,
        CLIENT + "/lines",
        changes=False,
        before=(CHOOSE, MARGIN, DRAFT),
    ),
    button("endi_ext.client.line", "helene", CLIENT, CLIENT + "/line", changes=False, before=(MARGIN,)),
)

FORMS += OF_CLIENTS
FORMS += FINDINGS
FORMS += TEAM
FORMS += OF_DOSSIERS
FORMS += OUTCOMES
FORMS += PAPERS
FORMS += TENDER_PRICES


class Filled:
    """A form opened and filled in, ready to be sent as often as one clicks."""

    def __init__(self, as_user, walked, dealings, today):
        self.words = {**vars(dealings), "today": today, "month": today[:7], "year": today[:4]}
        self.action = walked.action.format(**self.words)
        self.browser = as_user(walked.login)
        page = self._open(walked, as_user)
        form = next(form for form in page.forms.values() if form.action.endswith(self.action))
        for name, value in walked.typed.items():
            self._type(form, name, value.format(**self.words))
        pressed = "decision" if walked.decision else "submit"
        pressed = pressed if pressed in form.fields else None
        self.fields = form.submit_fields(pressed, submit_value=walked.decision)

    def send(self, without=()):
        """Send what was filled in; the page that answers."""
        fields = [(name, value) for name, value in self.fields if name not in without]
        return self.browser.post(self.action, fields, status="*")

    def _open(self, walked, as_user):
        def same_browser(login):
            return self.browser if login == walked.login else as_user(login)

        page = None
        for one in walked.before:
            first = Filled(same_browser, one, _Words(self.words), self.words["today"])
            page = first.send()
        if page is not None and page.status_int == 200:
            return page
        return self.browser.get(walked.page.format(**self.words))

    def _type(self, form, name, value):
        if value.startswith("date;"):
            form[name] = Upload("échanges.csv", value.encode())
            return
        if value.startswith("notice:"):
            path = NOTICES / value.removeprefix("notice:")
            form[name] = Upload(path.name, path.read_bytes())
            return
        if value.startswith("%PDF"):
            one = Upload("relevé.pdf", value.encode())
            form[name] = one if name == "file" else [one]  # the others take several
            return
        known = form.fields[name]
        if hasattr(known[0], "checked"):
            next(box for box in known if box._value == value).checked = True
            return
        form.set(name, value, index=0)


class _Words:
    """The same ids again, for a form that comes first."""

    def __init__(self, words):
        self.__dict__.update(words)
