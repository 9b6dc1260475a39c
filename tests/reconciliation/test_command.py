"""`endi-ext reconcile` prints what two lists become, or refuses them in French."""

import json

import openpyxl
import pytest
from click.testing import CliRunner

from endi_ext.cli import main

HEAD = "id;seller;buyer;date;amount;label;reference\n"


@pytest.fixture
def run(tmp_path):
    def reconcile(sales, purchases, *options):
        paths = []
        for name, rows in (("ventes.csv", sales), ("achats.csv", purchases)):
            (tmp_path / name).write_text(HEAD + rows, "utf-8")
            paths.append(str(tmp_path / name))
        return CliRunner().invoke(main, ["reconcile", "--sales", paths[0], "--purchases", paths[1], *options])

    return reconcile


def test_matches_and_what_is_left_are_printed_as_json(run):
    sales = "V1;Lac;Trait;2025-11-20;100,00;Plans;F1\nV2;Lac;Trait;20/11/2025;55.5;;\n"
    said = run(sales, "A1;LAC;TRAIT;2025-11-22;100.00;plans;f1\n", "--format", "json")
    assert said.exit_code == 0
    assert json.loads(said.output) == {
        "matches": [
            {
                "sales": ["V1"],
                "purchases": ["A1"],
                "rule": "exact",
                "score": 1.0,
                "difference_cents": 0,
                "day_difference": 2,
                "confirmed": True,
            }
        ],
        "unmatched": [{"side": "sales", "id": "V2", "reason": "missing_other_side"}],
    }


def test_people_read_what_is_confirmed_suggested_and_alone(run):
    said = run(
        "V1;Lac;Trait;2025-11-20;100,00;;\n", "A1;Lac;Trait;2025-11-20;90,00;;\nA2;X;Y;2025-11-20;1;;\n"
    )
    assert said.exit_code == 0
    assert "Confirmés : 0. Proposés : 1. Seuls : 1." in said.output
    assert "-10,00" in said.output
    assert "Achats, rien en face : 1" in said.output


def test_a_wrong_cell_stops_it_with_its_line_and_column(run):
    said = run("V1;Lac;Trait;31/02/2025;100,00;;\n", "")
    assert said.exit_code == 1
    assert "ventes.csv, ligne 2, date" in said.output
    assert "Rien n'a été rapproché" in said.output


def test_every_document_is_a_line_of_the_file_and_none_is_a_formula(run, tmp_path):
    out = tmp_path / "résultat.csv"
    sales = "V1;Lac;Trait;2025-11-20;100,00;=1+1;F1\nV2;Lac;Trait;2025-11-20;-55.5;;\n"
    said = run(sales, "A1;LAC;TRAIT;2025-11-22;100.00;plans;f1\n", "--format", "csv", "--out", str(out))
    assert said.exit_code == 0, said.output
    lines = [line.split(";") for line in out.read_text("utf-8-sig").splitlines()]
    sale = ["Vente", "V1", "Lac", "Trait", "20/11/2025", "100,00", "'=1+1", "F1", ""]
    purchase = ["Achat", "A1", "LAC", "TRAIT", "22/11/2025", "100,00", "plans", "f1", ""]
    alone = ["Vente", "V2", "Lac", "Trait", "20/11/2025", "-55,50", "", "", "Rien en face"]
    assert lines[1:] == [
        ["1", "Sûr", "Même montant, même référence ou même jour", "1,0", "", "2", *sale],
        ["1", "Sûr", "Même montant, même référence ou même jour", "1,0", "", "2", *purchase],
        ["", "Seul", "", "", "", "", *alone],
    ]
    workbook = tmp_path / "résultat.xlsx"
    assert run("V1;Lac;Trait;31/02/2025;1;;\n", "", "--format", "xlsx", "--out", str(workbook)).exit_code == 1
    assert not workbook.exists()
    assert run(sales, "", "--format", "xlsx", "--out", str(workbook)).exit_code == 0
    cells = [cell for row in openpyxl.load_workbook(workbook).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    assert run(sales, "", "--format", "xlsx").exit_code == 2
