"""One subcontract from its proposal to its reversal, through the pages, with the books after each step."""

from sqlalchemy import func, select

from endi_ext.kernel.parties import Party
from endi_ext.ledger.audit import verify
from endi_ext.ledger.models import Account, Line
from tests.hosts.browsing import fill, form_to, refill

BUYER, SELLER = "Menuiserie du Lac", "Atelier Trait Juste"
DUE = "2027-06-30"


def tell(hosted):
    """Propose, change, accept, deliver part, contest, deliver again, accept, settle, reverse."""
    helene, karim, odile = hosted.browser("helene"), hosted.browser("karim"), hosted.browser("odile")
    books = Books(hosted)

    # She proposes, he asks for more, she accepts.
    form = helene.get(f"{hosted.home_of(BUYER)}/subcontracts/new").forms["endi_ext_form"]
    fill(form, title="Plans de la bibliothèque", seller=SELLER, due_on=DUE)
    fill(
        form,
        description="Plans d'exécution",
        quantity_thousandths="4",
        unit="plan",
        unit_price_cents="200,00",
    )
    fill(
        form,
        description="Visite du chantier",
        quantity_thousandths="1",
        unit="forfait",
        unit_price_cents="150",
    )
    hers = path_of(form.submit("submit", status=303))
    his = hers.replace(hosted.home_of(BUYER), hosted.home_of(SELLER))
    form = karim.get(f"{his}/counter").forms["endi_ext_form"]
    refill(form, 0, unit_price_cents="212,50")
    fill(form, message="Il faut aussi des coupes.")
    form.submit("submit", status=303)
    form_to(helene.get(hers), f"{hers}/accept").submit(status=303)
    assert books.moved() == {}

    # He delivers half of the plans, she contests; he takes it back and delivers everything, she accepts.
    first = deliver(karim, his, ["2", ""])
    form = helene.get(f"{theirs(hosted, first)}/contest").forms["endi_ext_form"]
    fill(form, reason="Les coupes manquent.")
    form.submit("submit", status=303)
    assert books.moved() == {}
    form_to(karim.get(first), f"{first}/withdraw").submit(status=303)
    second = deliver(karim, his, ["4", "1"])
    accept(helene, theirs(hosted, second))
    accepted = {
        ("604020", BUYER): 100_000,
        ("401900", BUYER): -100_000,
        ("411900", SELLER): 100_000,
        ("704900", SELLER): -100_000,
        ("6223", SELLER): 10_000,
        ("7083", COOPERATIVE): -10_000,
    }
    assert books.moved() == accepted

    # The accountant records a payment of 400 €, then undoes it and the whole exchange.
    exchange = f"/exchanges/{hosted.last_exchange()}"
    form = odile.get(f"{exchange}/settle").forms["endi_ext_form"]
    form["amount_cents"] = "400,00"
    form.submit("submit", status=303)
    paid = {("401900", BUYER): -60_000, ("411900", SELLER): 60_000}
    assert books.moved() == {**accepted, **paid}
    settlement = hosted.last_settlement()
    reverse(odile, f"{exchange}/settlements/{settlement}/reverse", "Saisi deux fois.")
    assert books.moved() == accepted
    reverse(odile, f"{exchange}/reverse", "Le travail est annulé.")
    assert books.moved() == {}
    books.prove()
    for browser, page in ((helene, hers), (karim, his), (odile, exchange), (odile, "/exchanges/journal")):
        assert browser.get(page).status_int == 200


COOPERATIVE = "Coopérative Les Passerelles"


class Books:
    """Balances that have moved since the telling began, in cents, by account and party."""

    def __init__(self, hosted):
        self.hosted = hosted
        self.before = self.balances()

    def moved(self):
        now = self.balances()
        moves = {key: now[key] - self.before.get(key, 0) for key in now}
        return {key: cents for key, cents in moves.items() if cents}

    def balances(self):
        balance = func.sum(Line.debit_cents - Line.credit_cents)
        lines = select(Account.number, Party.name, balance).select_from(Line)
        lines = lines.join(Account, Account.id == Line.account_id).join(Party, Party.id == Account.party_id)
        with self.hosted.session() as session:
            grouped = session.execute(lines.group_by(Account.number, Party.name))
            return {(number, name): int(cents) for number, name, cents in grouped}

    def prove(self):
        with self.hosted.session() as session:
            assert verify(session).sound


def deliver(browser, subcontract, quantities):
    form = browser.get(f"{subcontract}/deliveries/new").forms["endi_ext_form"]
    rows = [name for name in form.fields if name and name.startswith("line")]
    for name, value in zip(rows, quantities, strict=True):
        form[name] = value
    return path_of(form.submit("submit", status=303))


def accept(browser, delivery):
    page = browser.get(f"{delivery}/accept", status="*")
    if page.status_int == 200:
        page.forms["endi_ext_form"].submit("submit", status=303)
    else:
        form_to(browser.get(delivery), f"{delivery}/accept").submit(status=303)


def reverse(browser, address, reason):
    form = browser.get(address).forms["endi_ext_form"]
    fill(form, reason=reason)
    form.submit("submit", status=303)


def theirs(hosted, path):
    """Return the buyer's address of what the seller sees at `path`."""
    return path.replace(hosted.home_of(SELLER), hosted.home_of(BUYER))


def path_of(answer):
    return answer.location.replace("http://localhost", "")
