"""Spreadsheets as people keep them: what is read, what is refused and where, what a second import does."""

import io
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from endi_ext.exchanges import imports
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import OPEN, SETTLED, Exchange
from endi_ext.kernel.parties import EXTERNAL
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Entry
from tests.builders import a_party, an_act
from tests.exchanges.makers import settled

SAMPLE = Path(__file__).parents[1] / "data" / "echanges.csv"
HEADER = "date;vendeur;acheteur;montant_ht;libelle;reference"
GOOD = "02/11/2026;LAC;DUV;1000,00;Pose de la cuisine;F-1"


def take(world, content, *, filename="echanges.csv", **options):
    stream = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    return imports.import_file(world.session, stream, filename, an_act(), **options)


def lines(*rows, header=HEADER):
    return "\n".join((header, *rows)) + "\n"


def row(**cells):
    values = {
        "date": "02/11/2026",
        "vendeur": "LAC",
        "acheteur": "DUV",
        "montant_ht": "1000,00",
        "libelle": "Pose de la cuisine",
        "reference": "F-1",
        **cells,
    }
    return ";".join(values.values())


def recorded(world):
    return world.session.execute(select(Exchange).order_by(Exchange.id)).scalars().all()


def refusals(report):
    return [(refusal.line, refusal.column, refusal.code) for refusal in report.refused]


def nothing_posted(world):
    counts = [
        world.session.execute(select(func.count()).select_from(model)).scalar_one()
        for model in (Exchange, Entry)
    ]
    return counts == [0, 0]


def test_the_sample_file_is_imported(either_world):
    world = either_world
    a_party(world.session, "Œuvre & Pierre")
    report = take(world, SAMPLE.read_bytes())
    assert (report.accepted, report.existing, report.settled, report.refused) == (3, 0, 1, [])
    first, second, third = recorded(world)
    assert (first.seller, first.buyer) == (world.seller, world.buyer)
    assert (first.net_cents, first.accepted_on, first.due_on) == (
        100_000,
        date(2026, 11, 2),
        date(2026, 12, 2),
    )
    assert (first.label, first.reference, first.state) == ("Pose de la cuisine", "FA-2026-041", OPEN)
    assert (second.net_cents, second.contribution_cents, second.state) == (24_550, 2_455, SETTLED)
    assert second.settlements[0].settled_on == date(2026, 11, 20)
    assert third.label == "Découpe d’un plan de travail"
    assert world.broken() == []


@pytest.mark.parametrize(
    "content",
    [
        lines(GOOD),
        "\ufeff" + lines(GOOD),
        lines(GOOD).replace("\n", "\r\n"),
        lines(GOOD).replace("\n", "\r"),
        "sep=;\n" + lines(GOOD),
        "\n\n" + lines("", GOOD, ";;;;;", ""),
        lines(GOOD).replace(";", "\t"),
        lines('"02/11/2026";LAC;DUV;"1 000,00";"Pose de la cuisine";F-1'),
        lines('2026-11-02,LAC,DUV,"1000,00",Pose de la cuisine,F-1', header=HEADER.replace(";", ",")),
        lines("2026-11-02,LAC,DUV,1000.00,Pose de la cuisine,F-1", header=HEADER.replace(";", ",")),
        lines(
            "F-1;Pose de la cuisine;1000;DUV;vu;LAC;2/11/26",
            header="Référence;LIBELLÉ;Montant H.T. (€);Acheteur;notes;Vendeur;Date",
        ),
        lines('02-11-2026;LAC;DUV;"€ 1 000.0";"Pose\nde  la cuisine";F-1'),
        lines("02.11.2026 ;  Menuiserie du Lac; Atelier Duval ;1\u202f000,00\u00a0€;Pose de la cuisine;F-1"),
    ],
)
def test_every_way_of_writing_the_same_row_reads_the_same(world, content):
    report = take(world, content)
    assert report.refused == []
    (exchange,) = recorded(world)
    said = (
        exchange.accepted_on,
        exchange.seller,
        exchange.buyer,
        exchange.net_cents,
        exchange.label,
        exchange.reference,
    )
    assert said == (date(2026, 11, 2), world.seller, world.buyer, 100_000, "Pose de la cuisine", "F-1")


def test_names_with_accents_are_found_in_cp1252_and_in_utf8(world):
    a_party(world.session, "Béton & Façades")
    text = lines(row(acheteur="Béton & Façades"))
    assert take(world, text.encode("cp1252"), dry_run=True).accepted == 1
    assert take(world, text.encode(), dry_run=True).accepted == 1
    decomposed = text.replace("é", "e\u0301").replace("ç", "c\u0327")
    assert take(world, decomposed, dry_run=True).accepted == 1


def test_the_apostrophe_of_word_processors_is_that_of_keyboards(world):
    a_party(world.session, "Lumière d'Aubrac")
    assert take(world, lines(row(acheteur="Lumière d’Aubrac"))).accepted == 1


def test_a_dry_run_says_what_would_be_done_and_does_nothing(world):
    report = take(world, lines(GOOD), dry_run=True)
    assert (report.accepted, report.dry_run, report.sound) == (1, True, True)
    assert nothing_posted(world)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"vendeur": ""}, "vendeur", "cell_missing"),
        ({"vendeur": "Inconnue SARL"}, "vendeur", "party_unknown"),
        ({"vendeur": "Menuiserie du lac"}, "vendeur", "party_misspelt"),
        ({"vendeur": "Twin"}, "vendeur", "party_ambiguous"),
        ({"vendeur": "Outside"}, "vendeur", "party_external"),
        ({"vendeur": "Gone"}, "vendeur", "party_inactive"),
        ({"acheteur": "Gone"}, "acheteur", "party_inactive"),
        ({"acheteur": "LAC"}, "acheteur", "same_party"),
        ({"acheteur": "Menuiserie du Lac"}, "acheteur", "same_party"),
        ({"acheteur": "=LAC"}, "acheteur", "formula"),
        ({"montant_ht": ""}, "montant_ht", "cell_missing"),
        ({"montant_ht": "0"}, "montant_ht", "amount_not_positive"),
        ({"montant_ht": "0,00"}, "montant_ht", "amount_not_positive"),
        ({"montant_ht": "-12,00"}, "montant_ht", "amount_not_positive"),
        ({"montant_ht": "12,345"}, "montant_ht", "three_decimals"),
        ({"montant_ht": "1.234"}, "montant_ht", "three_decimals"),
        ({"montant_ht": "1 2,00"}, "montant_ht", "amount_unreadable"),
        ({"montant_ht": "mille"}, "montant_ht", "amount_unreadable"),
        ({"montant_ht": "1e3"}, "montant_ht", "amount_unreadable"),
        ({"montant_ht": "١٢"}, "montant_ht", "amount_unreadable"),
        ({"montant_ht": "99999999999"}, "montant_ht", "amount_too_long"),
        ({"montant_ht": "9" * 5000}, "montant_ht", "amount_too_long"),
        ({"montant_ht": "=1+1"}, "montant_ht", "formula"),
        ({"date": ""}, "date", "cell_missing"),
        ({"date": "31/02/2026"}, "date", "date_impossible"),
        ({"date": "2026-13-01"}, "date", "date_impossible"),
        ({"date": "02/11"}, "date", "date_unreadable"),
        ({"date": "hier"}, "date", "date_unreadable"),
        ({"date": "02/11/1926"}, "date", "date_out_of_range"),
        ({"date": "=AUJOURDHUI()"}, "date", "formula"),
        ({"date": "15/09/2026"}, "date", "period_closed"),
        ({"libelle": ""}, "libelle", "cell_missing"),
        ({"libelle": "x" * 191}, "libelle", "text_too_long"),
        ({"libelle": "=HYPERLINK(1)"}, "libelle", "formula"),
        ({"libelle": "+33 1 23"}, "libelle", "formula"),
        ({"libelle": "-cmd"}, "libelle", "formula"),
        ({"libelle": " @SUM(A1)"}, "libelle", "formula"),
        ({"libelle": "abc\u202egnp"}, "libelle", "text_unreadable"),
        ({"libelle": "abc\ufffd"}, "libelle", "text_unreadable"),
        ({"reference": " "}, "reference", "cell_missing"),
        ({"reference": "x" * 101}, "reference", "text_too_long"),
        ({"reference": "=1"}, "reference", "formula"),
        ({"reference": "F-1;débord"}, "", "too_many_cells"),
    ],
)
def test_a_wrong_cell_is_refused_at_its_line_and_column_and_nothing_is_posted(world, cells, column, code):
    for _ in range(2):
        a_party(world.session, "Twin")
    a_party(world.session, "Outside", kind=EXTERNAL)
    a_party(world.session, "Gone", active=False)
    ledger.close_period(world.session, ledger.period_of(world.session, date(2026, 9, 1)), an_act())
    content = lines(row(reference="F-0"), row(**cells))
    report = take(world, content)
    assert refusals(report) == [(3, column, code)]
    assert nothing_posted(world)


@pytest.mark.parametrize(
    ("extra", "code"),
    [("31/11/2026", "date_impossible"), ("01/09/2026", "period_closed"), ("=A1", "formula")],
)
def test_a_wrong_settlement_date_is_refused(world, extra, code):
    ledger.close_period(world.session, ledger.period_of(world.session, date(2026, 9, 1)), an_act())
    report = take(world, lines(f"{GOOD};{extra}", header=HEADER + ";regle_le"))
    assert refusals(report) == [(2, "regle_le", code)]


def test_a_code_shared_by_two_activities_is_ambiguous_and_the_name_is_not(world):
    a_party(world.session, "Menuiserie du Lac – cuisines", analytic_code="LAC")
    assert refusals(take(world, lines(row()))) == [(2, "vendeur", "party_ambiguous")]
    assert take(world, lines(row(vendeur="Menuiserie du Lac"))).accepted == 1


def test_a_name_that_begins_like_a_formula_is_still_a_name(world):
    a_party(world.session, "@telier")
    assert take(world, lines(row(acheteur="@telier"))).accepted == 1


def test_every_refused_cell_of_every_row_is_named(world):
    content = lines(row(), row(date="x", montant_ht="y"), "", row(reference="F-2", acheteur="z"), row())
    assert refusals(take(world, content)) == [
        (3, "date", "date_unreadable"),
        (3, "montant_ht", "amount_unreadable"),
        (5, "acheteur", "party_unknown"),
        (6, "reference", "reference_doubled"),
    ]
    assert nothing_posted(world)


def test_a_line_is_counted_as_a_text_editor_does_even_after_a_cell_on_two_lines(world):
    content = lines('02/11/2026;LAC;DUV;1;"Pose\nsur deux lignes";F-1', row(reference="F-2", montant_ht="x"))
    assert refusals(take(world, content)) == [(4, "montant_ht", "amount_unreadable")]


def test_the_first_line_of_a_doubled_reference_is_named_whatever_its_case(world):
    report = take(world, lines(row(reference="Fé-1"), row(reference="fe-1")))
    assert report.refused[0].facts == {"reference": "fe-1", "first": 2}


def test_the_same_reference_of_another_seller_is_another_exchange(world):
    assert take(world, lines(row(), row(vendeur="DUV", acheteur="LAC"))).accepted == 2


def test_importing_twice_posts_nothing_new(either_world):
    content = SAMPLE.read_bytes()
    a_party(either_world.session, "Œuvre & Pierre")
    take(either_world, content)
    report = take(either_world, content)
    assert (report.accepted, report.existing, report.settled, report.refused) == (0, 3, 0, [])
    assert either_world.session.execute(select(func.count()).select_from(Entry)).scalar_one() == 4


def test_a_file_imported_again_after_closing_is_known_all_the_same(world):
    take(world, lines(GOOD))
    ledger.close_period(world.session, ledger.period_of(world.session, date(2026, 11, 2)), an_act())
    world.buyer.active = False
    assert (take(world, lines(GOOD)).existing, take(world, lines(GOOD)).refused) == (1, [])


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"montant_ht": "1000,01"}, "montant_ht"),
        ({"date": "03/11/2026"}, "date"),
        ({"acheteur": "Third"}, "acheteur"),
        ({"libelle": "Autre"}, "libelle"),
    ],
)
def test_the_same_reference_with_something_else_is_refused(either_world, changed, column):
    a_party(either_world.session, "Third")
    take(either_world, lines(row()))
    report = take(either_world, lines(row(reference="F-0"), row(**changed)))
    assert refusals(report) == [(3, column, "reference_changed")]
    assert len(recorded(either_world)) == 1


def test_a_known_exchange_now_said_to_be_settled_is_settled_once(either_world):
    world, later = either_world, lines(f"{GOOD};20/11/2026", header=HEADER + ";regle_le")
    take(world, lines(GOOD))
    settled(world, recorded(world)[0], 30_000)
    report = take(world, later)
    assert (report.accepted, report.existing, report.settled) == (0, 1, 1)
    assert recorded(world)[0].state == SETTLED
    assert take(world, later).settled == 0
    assert world.broken() == []


def test_a_settlement_that_changes_its_date_is_refused_and_a_reversed_one_stays_reversed(world):
    header = HEADER + ";regle_le"
    take(world, lines(f"{GOOD};20/11/2026", header=header))
    assert refusals(take(world, lines(f"{GOOD};21/11/2026", header=header))) == [
        (2, "regle_le", "reference_changed")
    ]
    (settlement,) = recorded(world)[0].settlements
    undo = {"reason": "Erreur", "on": date(2026, 11, 22), "act": an_act()}
    exchanges.reverse_settlement(world.session, settlement, **undo)
    assert take(world, lines(f"{GOOD};20/11/2026", header=header)).settled == 0
    assert recorded(world)[0].state == OPEN


def test_progress_is_told_up_to_the_end(world):
    told = []
    take(world, lines(GOOD), progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 1), (1, 1)]
