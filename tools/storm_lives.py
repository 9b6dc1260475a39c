"""What the people of tools/storm.py live through, each step with the key the books must know it by."""

import random
import time
import urllib.parse

from storm_people import Refused

PAIRS = (
    ("helene", "Menuiserie du Lac", "karim", "Atelier Trait Juste"),
    ("solene", "Studio Écume", "julien", "Lumière d'Aubrac"),
    ("aminata", "Diallo Rédaction", "mathieu", "Maraîchage de la Vézère"),
    ("ines", "La Table d'Inès", "thomas", "Keller Enduits et Chaux"),
)
THINKING_S = (2, 8)
DESK_PAGES = (
    "/exchanges",
    "/exchanges/journal",
    "/exchanges/trial-balance",
    "/exchanges/statement",
    "/exchanges/month-end",
    "/exchanges/month-end/2026-01",
    "/exchanges/periods",
    "/exchanges/documents",
    "/exchanges/documents/compare",
    "/exchanges/aged-balance",
    "/exchanges/lettering",
    "/exchanges/deliveries",
    "/exchanges/verification",
    "/exchanges/journal/exports",
)
PARTY_PAGES = ("", "/all", "/due", "/statement", "/subcontracts", "/jobs", "/tenders")
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 11))


def work(person, number, seed, mark, over):
    """Live one job after the other until it is over."""
    rng, count = random.Random(f"{seed}:{number}"), 0
    while not over.is_set():
        count += 1
        attempted(person, live, PAIRS[number % len(PAIRS)], f"{mark} {number}-{count}.", rng)
        # The worker needs seconds for the papers of each: it must be able to follow.
        time.sleep(rng.uniform(*THINKING_S))


def keep_the_books(person, seed, mark, over):
    """Be the accountant until it is over: read, bring the past in from a file, close month after month."""
    rng, count = random.Random(f"{seed}:desk"), 0
    while not over.is_set():
        attempted(person, read_the_desk, rng)
        month = MONTHS[min(count // 2, len(MONTHS) - 1)]
        if count < 2 * len(MONTHS):
            attempted(person, bring_in, month, f"{mark} b{count}.", rng)
            if count % 2:
                attempted(person, close, month)
        count += 1
        time.sleep(rng.uniform(20, 50))


def attempted(person, act, *facts):
    """Do something; what a page refused, and who lost patience, is noted."""
    try:
        act(person, *facts)
    except Refused as refused:
        person.diary.refused.append(refused.args)
        print(f"refused: {refused.args}", flush=True)
    except (TimeoutError, StopIteration) as trouble:
        person.diary.refused.append((type(trouble).__name__, str(trouble), "", True))
        print(f"given up: {trouble!r}", flush=True)


def live(person, pair, title, rng):
    """Propose, talk, counter, sign, deliver in two parts, contest one or not, accept, settle in parts."""
    buyer, _name, seller, _other = pair
    hers = propose(person, pair, title, rng)
    his = hers.replace(home_of(person, buyer), home_of(person, seller))
    answer = person.submit(buyer, hers, f"{hers}/comment", text=f"{title} remarque")
    person.note("commented", (title, f"{title} remarque"), answer)
    price_cents = negotiate(person, pair, title, hers, his, rng)
    if rng.random() < 0.3:
        answer_a_tender(person, pair, title, rng)
    read_about(person, pair, hers, rng)
    for part in (1, 2):
        facts = (title, f"{title} livraison {part}", 2 * price_cents)
        answer = deliver(person, seller, his, facts[1])
        person.note("delivered", facts, answer)
        accept(person, pair, facts, answer.path, rng)
    read_about(person, pair, hers, rng)
    settle(person, pair, title, rng)


def propose(person, pair, title, rng):
    buyer, _name, _seller, seller_name = pair
    price_cents = rng.randint(1_000, 90_000)
    answer = person.submit(
        buyer,
        f"{home_of(person, buyer)}/subcontracts/new",
        title=title,
        seller=seller_name,
        due_on="2027-06-30",
        description="Ouvrage",
        quantity_thousandths="4",
        unit="h",
        unit_price_cents=euros(price_cents),
    )
    person.note("proposed", (title, 1, 4 * price_cents), answer)
    return answer.path


def negotiate(person, pair, title, hers, his, rng):
    """Have the seller answer with another price, and the buyer sign it; return the price of a unit."""
    buyer, _name, seller, _other = pair
    price_cents = rng.randint(1_000, 90_000)
    answer = person.submit(seller, f"{his}/counter", unit_price_cents=euros(price_cents), message="Plutôt")
    person.note("countered", (title, 2, 4 * price_cents), answer)
    person.note("signed", (title, 2), person.submit(buyer, hers, f"{hers}/accept"))
    return price_cents


def deliver(person, seller, his, note):
    """Declare half of what was agreed."""
    page = person.read(seller, f"{his}/deliveries/new")
    rows = [name for form in page.forms for name, _value in form.form_values() if name.startswith("line_")]
    return person.submit(seller, f"{his}/deliveries/new", note=note, **dict.fromkeys(rows, "2"))


def accept(person, pair, facts, place, rng):
    """Accept a delivery, or contest it and come to terms."""
    buyer, _name, seller, _other = pair
    title, note, net_cents = facts
    theirs = place.replace(home_of(person, seller), home_of(person, buyer))
    if rng.random() < 0.7:
        person.note("accepted", facts, person.submit(buyer, theirs, f"{theirs}/accept"))
        return
    answer = person.submit(buyer, f"{theirs}/contest", reason=f"{note} contestée")
    person.note("contested", (title, note, f"{note} contestée"), answer)
    hers = next(path for path in links(answer.page) if "/disputes/" in path)
    his = hers.replace(home_of(person, buyer), home_of(person, seller))
    answer = person.submit(seller, his, files={"upload": ("releve.txt", note.encode())}, text=f"{note} dit")
    person.note("said", (title, f"{note} dit"), answer)
    if rng.random() < 0.5:
        person.note("accepted", facts, person.submit(buyer, hers, f"{hers}/give-way"))
        return
    half = {"accepted": "1", "refusal": "La moitié", "text": f"{note} partageons"}
    answer = person.submit(seller, f"{his}/propose", **half)
    person.note("said", (title, f"{note} partageons"), answer)
    answer = person.submit(buyer, hers, f"{hers}/agree")
    person.note("accepted", (title, note, net_cents // 2), answer)


def settle(person, pair, title, rng):
    """Have the accountant settle what was accepted: one exchange in two parts, the others at once."""
    for place, number in enumerate(exchanges_of(person, pair[0], title)):
        form = person.read("odile", f"/exchanges/{number}/settle").xpath("//input[@name='amount_cents']")
        due_cents = int("".join(sign for sign in form[0].value if sign.isdigit()))
        for cents in (due_cents // 3, due_cents - due_cents // 3) if place == 0 else (due_cents,):
            answer = person.submit("odile", f"/exchanges/{number}/settle", amount_cents=euros(cents))
            person.note("settled", (title, number, cents), answer)
        if rng.random() < 0.3:
            person.fetch("odile", f"/exchanges/{number}/voucher.pdf")


def exchanges_of(person, buyer, title):
    """Return the numbers of the exchanges of a job, as its buyer finds them in her list."""
    rows = person.read(buyer, f"{home_of(person, buyer)}/all").xpath("//tr")
    found = [path.rpartition("/")[2] for row in rows if title in row.text_content() for path in links(row)]
    return sorted({int(number) for number in found if number.isdigit()})


def answer_a_tender(person, pair, title, rng):
    """Begin a tender and price two lines of it."""
    login = pair[0]
    answer = person.submit(login, f"{home_of(person, login)}/tenders/new", title=f"{title} préau")
    person.note("tendered", (f"{title} préau",), answer)
    for number in (1, 2):
        typed = {"quantity_thousandths": "2", "unit": "h", "unit_price_cents": euros(rng.randint(100, 9_000))}
        line = f"{title} ligne {number}"
        done = person.submit(login, f"{answer.path}/prices/new", description=line, **typed)
        person.note("priced", (f"{title} préau", line), done)


def read_about(person, pair, hers, rng):
    """Read the agreement as a paper, and pages on both sides."""
    if rng.random() < 0.3:
        person.fetch(pair[0], f"{hers}/paper.pdf")
    for login in (pair[0], pair[2]):
        person.read(login, home_of(person, login) + rng.choice(PARTY_PAGES))


def read_the_desk(person, rng):
    """Read what an accountant reads, a file of it now and then."""
    for path in rng.sample(DESK_PAGES, 4):
        person.read("odile", path)
    if rng.random() < 0.3:
        person.fetch("odile", "/exchanges/journal/file?period=2026-11&format=csv")


def bring_in(person, month, mark, rng):
    """Import a file of exchanges of a month."""
    rows = [(f"{mark}{number}", rng.randint(100, 90_000)) for number in range(5)]
    lines = [
        f"{month}-15;TRAITJ;MENLAC;{euros(cents)};{mark};{mark}{at}" for at, (_, cents) in enumerate(rows)
    ]
    head = "date;vendeur;acheteur;montant_ht;libelle;reference\n"
    sheet = (head + "\n".join(lines) + "\n").encode()
    page = person.shown("odile", "/exchanges/import", files={"file": ("passe.csv", sheet)})
    answer = person.press("odile", page, "/exchanges/import/confirm")
    for reference, cents in rows:
        person.note("imported", (reference, cents), answer)


def close(person, month):
    """Close a month, whatever its checks say."""
    answer = person.submit("odile", f"/exchanges/month-end/{month}/close", reason="Tempête")
    person.note("closed", (month,), answer)


def euros(cents):
    """Return cents as people type them."""
    return f"{cents // 100},{cents % 100:02}"


def links(page):
    return [urllib.parse.urlparse(link).path for link in page.xpath(".//a/@href")]


def home_of(person, login):
    """Return the address of a party's pages, from the menu of who works there."""
    known = person.__dict__.setdefault("homes", {})
    if login not in known:
        found = sorted((path for path in links(person.read(login, "/")) if "/exchanges" in path), key=len)
        known[login] = next(path for path in found if path.endswith("/exchanges"))
    return known[login]
