"""What a person reads of books that were falsified: which entry, line, account, day or amount it is."""

from datetime import date

import pytest

from endi_ext import migrations
from endi_ext.kernel.errors import DomainError
from endi_ext.ledger import audit, certificates, drafts, seals, spans
from endi_ext.ledger import service as ledger
from endi_ext.web.messages import MESSAGES, sentence
from endi_ext.web.speech import Speech
from tests.builders import a_draft, a_party, an_act
from tests.ledger.books import reseal
from tests.ledger.raw import digest, run

OCTOBER, LAST = date(2026, 10, 5), date(2026, 10, 31)
NOVEMBER = date(2026, 11, 16)

REMOVED = "; ".join(
    f"DELETE FROM endi_ext_{table} = {{0}}"
    for table in ("line WHERE entry_id", "entry_text WHERE entry_id", "seal WHERE entry_id", "entry WHERE id")
)
# Of the account 411900 of the seller.
ACCOUNT = "(SELECT id FROM endi_ext_account WHERE number = '411900')"
TOTAL = f"UPDATE endi_ext_day_total SET debit_cents = debit_cents + {{}} WHERE account_id = {ACCOUNT}"
SNAPSHOT = f"UPDATE endi_ext_snapshot SET debit_cents = debit_cents + 1 WHERE account_id = {ACCOUNT}"
DRAFT = "UPDATE endi_ext_draft SET state = 'validated', decided_at = recorded_at WHERE source = 'w'"
CHAIN = f"UPDATE endi_ext_seal SET previous_digest = '{digest(9)}' WHERE entry_id = 3"
POSITION = "UPDATE endi_ext_line SET position = 9 WHERE entry_id = 2 AND position = 4"
OTHER_DAY = "UPDATE endi_ext_line SET effective_on = '2026-01-01' WHERE entry_id = 2 AND position = 2"
NO_ACCOUNT = "UPDATE endi_ext_line SET account_id = 999 WHERE entry_id = 2 AND position = 4"


@pytest.fixture
def books(session, tmp_path):
    """Three entries, two of October, which is closed, its last day among them; and one that waits."""
    seals.keep_key_at(tmp_path / "key.pem")
    buyer, seller = a_party(session, "Duval"), a_party(session, "Lac")
    for place, on in enumerate((OCTOBER, LAST, NOVEMBER), 1):
        ledger.post(
            session, a_draft(buyer.id, seller.id, 100 * place, source=f"s{place}", effective_on=on), an_act()
        )
    ledger.close_period(session, ledger.period_of(session, OCTOBER), an_act())
    drafts.choose_stage(session, "RGI", True, an_act())
    ledger.post(session, a_draft(buyer.id, seller.id, 7, source="w", journal="RGI"), an_act())
    session.flush()
    connection = session.connection()
    run(connection, "PRAGMA defer_foreign_keys = ON")
    for name in migrations.expected_triggers(migrations.head()):
        run(connection, f"DROP TRIGGER {name}")
    yield connection
    seals.keep_key_at(None)


def told(session, **options):
    """The sentence that the pages and the commands make of the first break: all of its facts filled in."""
    verdict = audit.verify(session, **options)
    code, facts = verdict.breaks[0]
    assert code in MESSAGES
    found = DomainError(**facts)
    found.code = code
    return sentence(found, Speech("fr")).replace("\u202f", " ").replace("\xa0", " ")


FALSIFIED = [
    (REMOVED.format(2), "L’écriture de rang 2 manque dans les livres."),
    (REMOVED.format(3), "ils s’arrêtent au rang 2, ils allaient jusqu’au rang 3."),
    ("DELETE FROM endi_ext_seal WHERE entry_id = 2", "L’écriture de rang 2 (s2) n’est pas scellée."),
    (CHAIN, "Le sceau de l’écriture de rang 3 (s3) ne suit pas le précédent."),
    ("UPDATE endi_ext_entry SET source = 'x' WHERE id = 2", "L’écriture de rang 2 (x) a été modifiée."),
    (
        "UPDATE endi_ext_line SET debit_cents = 150 WHERE entry_id = 2 AND debit_cents AND position = 1",
        "L’écriture de rang 2 (s2) n’est plus équilibrée : débit 3,50 €, crédit 4,00 €.",
    ),
    (POSITION, "La ligne 4 de l’écriture de rang 2 (s2) manque."),
    (OTHER_DAY, "La ligne 2 de l’écriture de rang 2 (s2) a été modifiée."),
    (NO_ACCOUNT, "La ligne 4 de l’écriture de rang 2 (s2) a été modifiée."),
    (
        "UPDATE endi_ext_entry_text SET text = 'x' WHERE entry_id = 2",
        "Le libellé de l’écriture de rang 2 (s2) a été modifié.",
    ),
    (
        f"UPDATE endi_ext_book SET last_digest = '{digest(3)}'",
        "La tête du livre ne correspond pas à la dernière écriture (rang 3).",
    ),
    (
        "UPDATE endi_ext_account_total SET credit_cents = 1 WHERE account_id = " + ACCOUNT,
        "Le total du compte 411900 Lac ne correspond pas à ses lignes.",
    ),
    (
        f"{TOTAL.format(1)} AND day = '{LAST}'; {TOTAL.format(-1)} AND day = '{NOVEMBER}'; {SNAPSHOT}",
        "Le total du compte 411900 Lac au 31/10/2026 ne correspond pas à ses lignes.",
    ),
    (SNAPSHOT, "Le solde arrêté du compte 411900 Lac ne correspond pas à ses lignes."),
    (
        f"DELETE FROM endi_ext_snapshot WHERE account_id = {ACCOUNT}",
        "Le solde arrêté du compte 411900 Lac ne correspond pas à ses lignes.",
    ),
    (DRAFT, "« w » est dite validée et n’est pas au livre."),
    (
        "UPDATE endi_ext_draft SET source = 's1' WHERE source = 'w'",
        "« s1 » est à la fois en attente et au livre.",
    ),
    ("UPDATE endi_ext_draft SET total_cents = 8", "L’écriture en attente « w » n’est pas équilibrée."),
    ("DELETE FROM endi_ext_draft_line", "L’écriture en attente « w » n’est pas équilibrée."),
]  # fmt: skip


def test_what_was_falsified_is_named(session, books):
    for done, said in FALSIFIED:
        run(books, "SAVEPOINT whole")
        for statement in done.split(";"):
            run(books, statement)
        assert said in told(session), done
        run(books, "ROLLBACK TO whole")
    assert audit.verify(session).sound


def test_a_checkpoint_and_a_certificate_are_named_by_where_they_stand(session, books):
    document = ledger.sign_checkpoint(session, an_act()).document
    kept = seals.read_signed(document, seals.CHECKPOINT)
    assert (kept["sequence"], kept["entries"], kept["lines"]) == (3, 3, 12)
    assert kept["signed_at"] == "2026-11-16T09:00:00.000000Z"
    october = certificates.of_span(session, spans.span_of(session, "2026-10"))
    said = seals.read_signed(october, seals.CERTIFICATE)
    assert (said["entries"], said["lines"], said["total_cents"]) == (2, 8, 600)  # with those of the last day
    session.flush()
    kept.pop("public_key")
    other = seals.signed({**kept, "digest": digest(1)}, seals.signing_key())
    for options in ({}, {"only_since": True}):
        assert "le point de contrôle du rang 3 :" in told(session, checkpoint=other, **options)
        said = "Ce fichier n’est pas un point de contrôle signé par cette installation."
        assert told(session, checkpoint="{}", **options) == said
    assert audit.verify(session, checkpoint=document, only_since=True).sound
    run(books, f"UPDATE endi_ext_checkpoint SET digest = '{digest(1)}'")
    assert "le point de contrôle du rang 3 :" in told(session)
    run(books, "DELETE FROM endi_ext_checkpoint")
    run(books, "UPDATE endi_ext_period SET starts_on = '2026-09-01' WHERE state = 'closed'")
    session.expire_all()
    said = "Les livres ne contiennent plus ce que certifie la clôture faite au rang 3."
    assert told(session) == said
    run(books, "UPDATE endi_ext_period SET certificate = '' WHERE state = 'closed'")
    assert told(session).startswith("Le certificat d’une période clôturée n’est pas signé")


def test_a_number_that_was_jumped_over_is_named_with_its_journal(session, books):
    run(books, "UPDATE endi_ext_entry SET number = 4 WHERE id = 3")
    reseal(books, 3)
    assert told(session) == "Le journal EI saute un numéro : l’écriture de rang 3 devrait porter le n° 3."
