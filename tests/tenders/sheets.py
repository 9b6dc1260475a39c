"""Files of prices as buyers send them, made here: no workbook is kept in the tests."""

import io

import openpyxl

HEADER = ("N° de prix", "Désignation des ouvrages", "U", "Quantité", "P.U. H.T. (€)", "Montant H.T.")


def text(*rows, header=HEADER, separator=";", encoding="utf-8"):
    """A CSV file."""
    lines = [separator.join(map(str, row)) for row in (header, *rows)]
    return io.BytesIO("\n".join(lines).encode(encoding))


def workbook(*rows, header=HEADER, title=()):
    """A workbook, with rows of a title above its header."""
    book = openpyxl.Workbook()
    for row in (*title, header, *rows):
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    kept.seek(0)
    return kept


def forty_lines(*, priced=True):
    """A DPGF of two lots: four chapters of ten lines, titles, subtotals that are formulas, and a total."""
    rows = [("DPGF", "École Jean-Moulin"), ()]
    rows.append(("Lot", "N°", "Désignation", "Unité", "Quantité", "Prix unitaire HT", "Montant HT"))
    for chapter in range(1, 5):
        lot = "LOT-0001" if chapter < 3 else "LOT-0002"
        rows.append((None, f"{chapter}", f"CHAPITRE {chapter}"))
        for place in range(1, 11):
            number, price = chapter * 10 + place, (chapter * 100 + place * 7.25 if priced else None)
            line = (lot, f"{chapter}.{place}", f"Ouvrage n° {number}", "u", place, price)
            rows.append((*line, f"=E{len(rows) + 1}*F{len(rows) + 1}"))
        rows.append((None, None, f"Sous-total chapitre {chapter}", None, None, None, "=SUM(G1:G9)"))
        rows.append(())
    rows.append((None, None, "TOTAL GÉNÉRAL HT", None, None, None, "=SUM(G1:G99)"))
    return workbook(*rows[3:], header=rows[2], title=rows[:2])
