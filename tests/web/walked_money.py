"""The forms of what is held back and of final accounts, and the job they need."""

from endi_ext.kernel.parties import by_host_key
from endi_ext.subcontracts import final_accounts, retentions, service
from endi_ext.subcontracts.models import Subcontract
from tests.subcontracts.builders import a_delivery, a_line
from tests.subcontracts.money import UNTIL_ACCEPTANCE, a_job
from tests.web.walked import REASON, button, on

JOB = "/companies/1/exchanges/subcontracts/{job}"
THEIR_JOB = "/companies/2/exchanges/subcontracts/{job}"
HELD = JOB + "/deliveries/{held}/retention"
ACCOUNT = JOB + "/final-accounts/{account}"
THEIR_ACCOUNT = THEIR_JOB + "/final-accounts/{account}"


def a_finished_job(books, an_act):
    """A job of 1 000 € delivered and accepted, 5 % held until the acceptance of the whole; commits."""
    buyer, seller = by_host_key(books, "company:1"), by_host_key(books, "company:2")
    helene, karim = an_act("helene"), an_act("karim")
    facts = {"buyer": buyer, "seller": seller, "title": "Bibliothèque secrète", "act": helene}
    job = a_job(books, a_line("Pose", 10_000, "h", 10_000), conditions=UNTIL_ACCEPTANCE, **facts)
    delivery = a_delivery(books, job, delivered_on=karim.today, act=karim)
    service.accept_delivery(books, delivery, party=buyer, accepted_on=helene.today, act=helene)
    ids = {"job": job.id, "held": delivery.id, "held_exchange": delivery.exchange_id}
    books.commit()
    return ids


def an_opposed_job(books, an_act):
    """The same, its release opposed; commits."""
    ids = a_finished_job(books, an_act)
    (held,) = retentions.of_subcontract(books, job_of(books, ids))
    buyer = by_host_key(books, "company:1")
    retentions.contest(books, held.delivery, party=buyer, reason="Une porte frotte", act=an_act("helene"))
    books.commit()
    return ids


def a_drawn_up_job(books, an_act):
    """The same, its final account drawn up by the one who worked; commits."""
    ids = a_finished_job(books, an_act)
    facts = {"party": by_host_key(books, "company:2"), "message": "", "request_key": "walked-account"}
    account = final_accounts.draw_up(books, job_of(books, ids), act=an_act("karim"), **facts)
    made = {**ids, "account": account.id}
    books.commit()
    return made


def job_of(books, ids):
    return books.get(Subcontract, ids["job"])


MONEY = (
    on(
        "endi_ext.retention.release",
        "helene",
        HELD + "/release",
        {"amount_cents": "20,00"},
        made=a_finished_job,
    ),
    on("endi_ext.retention.contest", "helene", HELD + "/contest", REASON, made=a_finished_job),
    button("endi_ext.retention.lift", "helene", JOB, HELD + "/lift", made=an_opposed_job),
    on("endi_ext.subcontract.pronounce", "helene", JOB + "/pronounce", made=a_finished_job),
    on(
        "endi_ext.retention.release_any",
        "odile",
        "/exchanges/{held_exchange}/retention/release",
        REASON,
        made=a_finished_job,
    ),
    on(
        "endi_ext.final_account.new",
        "karim",
        THEIR_JOB + "/final-accounts/new",
        {"message": "Merci"},
        made=a_finished_job,
    ),
    button("endi_ext.final_account.sign", "helene", ACCOUNT, ACCOUNT + "/sign", made=a_drawn_up_job),
    on("endi_ext.final_account.refuse", "helene", ACCOUNT + "/refuse", REASON, made=a_drawn_up_job),
    button(
        "endi_ext.final_account.withdraw",
        "karim",
        THEIR_ACCOUNT,
        THEIR_ACCOUNT + "/withdraw",
        made=a_drawn_up_job,
    ),
)
