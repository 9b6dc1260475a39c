"""The rows of a CSV or XLSX file as people keep them: encodings, separators, headers; or why not."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ..kernel.errors import DomainError
from .cells import ERROR, FORMULA, shown, without_accents

MEBIBYTE = 1024 * 1024
MOST_COLUMNS = 50
LAST_LINE_OF_A_WORKBOOK = 1_048_576
MOST_PARTS_OF_A_WORKBOOK = 2_000
# In a row: a sheet formatted down to its end has a million, and reading them takes half a minute.
MOST_BLANK_ROWS = 10_000
SEPARATORS = (";", ",", "\t")
HEAD_LINES = 60

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

# Two bytes that are one accented letter in UTF-8 and nonsense in cp1252 ("Ã©").
UTF8_LETTER = re.compile(rb"[\xc2\xc3][\x80-\xbf]")

# All that openpyxl and what lies under it raise on a damaged or made-up workbook (SyntaxError: its XML).
BROKEN_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, EOFError, OSError,
    KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError,
)  # fmt: skip

ROW = re.compile(rb"<(?:[A-Za-z]+:)?row[\s/>]")

Row = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class Limits:
    """How much is read: beyond that the file is refused, before it costs memory.

    `sheet_rows` is how many rows a sheet of a workbook may have, blank ones too; none is as many as it likes.
    """

    file_bytes: int = 10 * MEBIBYTE
    unpacked_bytes: int = 100 * MEBIBYTE
    rows: int = 200_000
    sheet_rows: int | None = None


@dataclass(frozen=True)
class Sheet:
    """The rows below the header with their line numbers; `places` says in which cell each column is.

    `width` is the number of cells a row may have, nothing where a cell cannot move (in a workbook).
    """

    header_line: int
    width: int | None
    places: Mapping[str, int]
    rows: Iterator[Row]


class FileRefused(DomainError):
    """The file as a whole cannot be read (`code` says why), at a line where there is one."""

    def __init__(self, code: str, *, line: int = 0, column: str = "", **facts: Any) -> None:
        # Its sentence names the column, too.
        super().__init__(**({"column": column} if column else {}), **facts)
        self.code, self.line, self.column = code, line, column


def read(stream: BinaryIO, known: Sequence[str], required: Sequence[str], limits: Limits) -> Sheet:
    """Open a file by what it is, whatever its name, and find its columns. Raises FileRefused.

    Rows are read as they are asked for and may raise FileRefused too.
    """
    is_workbook, rows = open_rows(stream, known, limits)
    line, headers = next(found := _counted(rows, limits), (0, ()))
    places = _places(line, headers, known, required)
    return Sheet(line, None if is_workbook else len(headers), places, found)


def open_rows(stream: BinaryIO, known: Sequence[str], limits: Limits) -> tuple[bool, Iterator[Row]]:
    """Open a file by what it is: is it a workbook, and all its rows, blank ones too. Raises FileRefused.

    `known` are the names of columns that tell which separator a text has.
    """
    content = stream.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise FileRefused("file_too_large", most_mb=max(1, limits.file_bytes // MEBIBYTE))
    if not content.strip():
        raise FileRefused("file_empty")
    is_workbook = content.startswith(ZIP)
    return is_workbook, _workbook_rows(content, limits) if is_workbook else _text_rows(
        _decoded(content), known
    )


def column_name(header: Any) -> str:
    """Return the name of the column a header means: case, accents and what is in parentheses do not count."""
    plain = re.sub(r"\(.*?\)|€", " ", without_accents(str(header or "")).lower())
    # "Montant H.T." and "montant_ht" are one.
    return re.sub("[^a-z0-9]+", "_", plain.replace(".", "")).strip("_")


def _places(
    line: int, headers: Sequence[Any], known: Sequence[str], required: Sequence[str]
) -> dict[str, int]:
    if not headers:
        raise FileRefused("file_empty")
    places: dict[str, int] = {}
    for place, name in enumerate(map(column_name, headers)):
        if name in places:
            raise FileRefused("column_doubled", line=line, column=name)
        if name in known:
            places[name] = place
    for name in required:
        if name not in places:
            found = ", ".join(str(header) for header in headers if header)
            raise FileRefused("column_missing", line=line, column=name, found=shown(found, 200))
    return places


def _counted(rows: Iterator[Row], limits: Limits) -> Iterator[Row]:
    """Leave out blank rows, and refuse what is beyond the limit (the header is not counted).

    Reading does not end at blank rows without a word: what stands below them would be lost.
    """
    count, blank = -1, 0
    for line, cells in rows:
        blank += 1
        if any(map(says_something, cells)):
            count, blank = count + 1, 0
            if count > limits.rows:
                raise FileRefused("too_many_rows", line=line, most=limits.rows)
            yield line, cells
        elif blank > MOST_BLANK_ROWS:
            raise FileRefused("too_many_blank_rows", line=line - MOST_BLANK_ROWS, most=MOST_BLANK_ROWS)


def says_something(cell: Any) -> bool:
    """Say whether a cell is not blank."""
    return not cell.isspace() if isinstance(cell, str) and cell else cell not in ("", None)


def _decoded(content: bytes) -> str:
    if content.startswith(OLD_OFFICE):
        raise FileRefused("file_old_format")
    if content.startswith(WIDE_TEXT):
        raise FileRefused("file_encoding", line=1)
    if CONTROL.search(content):
        raise FileRefused("file_binary")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if UTF8_LETTER.search(content):
            # Neither one nor the other: two files pasted together. Guessing would spoil names without a word.
            raise FileRefused("file_encoding", line=line) from None
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FileRefused("file_encoding", line=content.count(b"\n", 0, error.start) + 1) from None


def _text_rows(text: str, known: Sequence[str]) -> Iterator[Row]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator, skipped = _separator(text, known)
    lines = io.StringIO(text, newline="")
    for _ in range(skipped):
        lines.readline()
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = skipped + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            # A quote opened and never closed, most often: what follows cannot be told apart.
            raise FileRefused("line_unreadable", line=line) from None
        if cells is None:
            return
        yield line, cells
        line = skipped + reader.line_num + 1


def _separator(text: str, known: Sequence[str]) -> tuple[str, int]:
    """Return the separator that gives the header most columns, and how many lines come before (`sep=;`)."""
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"\s*sep=[;,\t]\s*", first):
        return first.strip(" \r\n")[4:5], 1
    # The header may stand below a title.
    head = [first, *rest.split("\n", HEAD_LINES)[:HEAD_LINES]]

    def columns(separator: str) -> int:
        return max(
            len({column_name(cell.strip('"')) for cell in line.split(separator)} & set(known))
            for line in head
        )

    return max(SEPARATORS, key=columns), 0


def _workbook_rows(content: bytes, limits: Limits) -> Iterator[Row]:
    _refuse_dangerous(content, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        if not book.worksheets:
            raise FileRefused("file_empty")
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), book.worksheets[0])
        sheet.reset_dimensions()  # what the file claims of itself may be wrong
        for line, row in enumerate(sheet.iter_rows(), start=1):
            if line > LAST_LINE_OF_A_WORKBOOK:
                # Rows are counted up to the number the last one claims to have.
                raise FileRefused("file_damaged")
            yield line, [_value(cell) for cell in row[:MOST_COLUMNS]]
    except BROKEN_WORKBOOK:
        raise FileRefused("file_damaged") from None


def _refuse_long(sheet: bytes, most_rows: int) -> None:
    # openpyxl walks all rows of a sheet that does not say its size, before it gives the first.
    if len(ROW.findall(sheet)) > most_rows:
        raise FileRefused("sheet_too_long", most=most_rows)


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        return FORMULA
    return ERROR if cell.data_type == "e" else cell.value


def _refuse_dangerous(content: bytes, limits: Limits) -> None:
    """Refuse what would fill the memory, run, or read other files, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "[Content_Types].xml" for part in parts):
                raise FileRefused("file_binary")
            if any("vbaproject" in part.filename.lower() for part in parts):
                raise FileRefused("file_macros")
            unpacked = sum(part.file_size for part in parts)
            if unpacked > limits.unpacked_bytes or len(parts) > MOST_PARTS_OF_A_WORKBOOK:
                raise FileRefused("file_too_large", most_mb=limits.unpacked_bytes // MEBIBYTE)
            for part in parts:
                with archive.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(1024):
                        raise FileRefused("file_damaged")
                if limits.sheet_rows is not None and part.filename.startswith("xl/worksheets/"):
                    _refuse_long(archive.read(part), limits.sheet_rows)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        # RuntimeError is how zipfile says that a part is encrypted.
        raise FileRefused("file_damaged") from None
