"""The rules of the statutory file, checked on its bytes: what is refused and what passes in silence."""

import re
from collections import defaultdict
from datetime import datetime

COLUMNS = [
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
    "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
    "ValidDate", "Montantdevise", "Idevise",
]  # fmt: skip
NEVER_EMPTY = [
    "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "EcritureLib", "JournalCode", "JournalLib",
    "PieceRef", "PieceDate", "ValidDate",
]  # fmt: skip
NAME = re.compile(r"\d{9}FEC20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\.txt")
AMOUNT = re.compile(r"\d+,\d\d")


def rows_of(content):
    """Return the rows of a file as dicts, without judging them."""
    heading, *lines = content.decode("iso8859-15").split("\r\n")[:-1]
    return [dict(zip(heading.split("\t"), line.split("\t"), strict=True)) for line in lines]


def wrongs_of(content, name, *, whole_year=True):
    """Return every rule that the file breaks, as words."""
    wrongs = ["name"] if NAME.fullmatch(name) is None else []
    wrongs += shape(content)
    if wrongs:
        return wrongs
    rows = rows_of(content)
    for row in rows:
        wrongs += [f"{column} is empty" for column in NEVER_EMPTY if not row[column].strip(" \xa0")]
        wrongs += [f"{column} is not trimmed" for column in COLUMNS if row[column] != row[column].strip()]
        wrongs += dates(row) + amounts(row)
        wrongs += ["account"] if re.match(r"\d{3}", row["CompteNum"]) is None else []
        for one, other in (("CompAuxNum", "CompAuxLib"), ("EcritureLet", "DateLet")):
            wrongs += [f"half of {one}"] if bool(row[one]) != bool(row[other]) else []
        wrongs += ["currency"] if row["Montantdevise"] or row["Idevise"] else []
    return wrongs or entries(rows, whole_year)


def shape(content):
    """Return what is wrong with the file as a text: encoding, ends of line, separators, columns."""
    text = content.decode("iso8859-15")
    if not text.endswith("\r\n"):
        return ["no end of line"]
    lines = text.removesuffix("\r\n").split("\r\n")
    wrongs = ["mixed ends of line"] if re.search(r"[\r\n]", "".join(lines)) else []
    wrongs += ["a control"] if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "".join(lines)) else []
    wrongs += ["a blank line"] if not all(line.strip() for line in lines) else []
    wrongs += ["header only"] if len(lines) < 2 else []
    wrongs += ["columns"] if lines[0].split("\t") != COLUMNS else []
    wrongs += ["header twice"] if lines[0] in lines[1:] else []
    wrongs += ["field count"] if {line.count("\t") for line in lines} != {17} else []
    return wrongs


def dates(row):
    """Return what is wrong with the dates of a row: shape, days that do not exist, odd centuries."""
    wrongs = []
    for column in ("EcritureDate", "PieceDate", "ValidDate"):
        try:
            found = datetime.strptime(row[column], "%Y%m%d")
        except ValueError:
            found = None
        if found is None or not re.fullmatch(r"(19|20)\d{6}", row[column]):
            wrongs.append(f"{column} is no date")
    return wrongs


def amounts(row):
    """Return what is wrong with the amounts: the decimal comma, both sides or neither."""
    if not (AMOUNT.fullmatch(row["Debit"]) and AMOUNT.fullmatch(row["Credit"])):
        return ["amount"]
    return ["both sides or neither"] if (row["Debit"] == "0,00") == (row["Credit"] == "0,00") else []


def cents(amount):
    return int(amount.replace(",", ""))


def entries(rows, whole_year):
    """Return what nobody else checks: balance, numbers that follow one another, order, one head an entry."""
    balances, heads, last, wrongs = defaultdict(int), {}, defaultdict(int), []
    for row in rows:
        code, number = row["JournalCode"], row["EcritureNum"]
        balances[code, number] += cents(row["Debit"]) - cents(row["Credit"])
        shared = ("JournalLib", "EcritureDate", "PieceRef", "PieceDate", "EcritureLib", "ValidDate")
        head = tuple(row[column] for column in shared)
        if heads.setdefault((code, number), head) != head:
            wrongs.append(f"{code} {number} is two entries")
        if int(number) != last[code]:
            follows = int(number) == last[code] + 1 if whole_year else int(number) > last[code]
            wrongs += [] if follows else [f"{code} {number} after {last[code]}"]
            last[code] = int(number)
    wrongs += [f"{code} {number} is unbalanced" for (code, number), left in balances.items() if left]
    days = [row["ValidDate"] for row in rows]
    return wrongs if days == sorted(days) else [*wrongs, "order of ValidDate"]
