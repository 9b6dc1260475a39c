"""Deform widgets whose templates are ours (web/templates/deform): they look right in every host."""

import re
from typing import Any

import colander
from deform.widget import CheckboxChoiceWidget, MappingWidget, SequenceWidget, Widget

ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
ISO_HOUR = re.compile(r"^\d{2}:\d{2}$")


class _OneInput(Widget):
    """One input whose text is kept exactly as typed until it is right."""

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        shown = "" if cstruct in (colander.null, None) else cstruct
        return field.renderer(self.template, **self.get_template_values(field, shown, kw))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        if pstruct is colander.null or not isinstance(pstruct, str) or not pstruct.strip():
            return colander.null
        return pstruct.strip()


class NumberWidget(_OneInput):
    """A number typed as French people type it, with its unit behind."""

    template = "number"
    suffix = ""


class DayWidget(_OneInput):
    """The browser's calendar; a plain field again when what was typed is no date, so that it is not lost."""

    template = "day"

    def kind(self, cstruct: str) -> str:
        return "date" if not cstruct or ISO_DAY.match(cstruct) else "text"


class HourWidget(_OneInput):
    """The browser's clock; a plain field again when what was typed is no time, so that it is not lost."""

    template = "hour"

    def kind(self, cstruct: str) -> str:
        return "time" if not cstruct or ISO_HOUR.match(cstruct) else "text"


class PartyWidget(_OneInput):
    """A field that proposes names as one types (datalist: no script; keyboard and screen reader work)."""

    template = "party"


class ChoiceWidget(_OneInput):
    """A drop-down list."""

    template = "choice"
    values = ()


class TicksWidget(CheckboxChoiceWidget):
    """Boxes to tick, one for each of `values`: any number of them."""

    template = "ticks"
    category = "structural"


class UploadWidget(Widget):
    """A file."""

    template = "upload"
    accept = ""

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        return field.renderer(self.template, **self.get_template_values(field, "", kw))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        return pstruct if getattr(pstruct, "filename", "") else colander.null


class UploadsWidget(Widget):
    """Several files chosen together."""

    template = "uploads"
    accept = ""

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        return field.renderer(self.template, **self.get_template_values(field, "", kw))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        chosen = pstruct if isinstance(pstruct, list) else []
        return [one for one in chosen if getattr(one, "filename", "")] or colander.null


class LinesWidget(SequenceWidget):
    """A table of repeated lines: some blank rows without JavaScript, add and remove with it.

    A row left entirely blank is no row, whatever its hidden `key` says. `blank_rows` are shown beyond those
    that are filled in.
    """

    template = "lines"
    category = "structural"
    blank_rows = 3

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        filled = list(getattr(field, "sequence_fields", ())) or self._rows(field, cstruct)
        blank = [field.children[0].clone() for _row in range(self.blank_rows)]
        values = self.get_template_values(field, cstruct, kw)
        columns = [column for column in field.children[0].children if not column.widget.hidden]
        return field.renderer(self.template, rows=filled + blank, columns=columns, **values)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        rows = pstruct if isinstance(pstruct, list) else []
        return super().deserialize(field, [row for row in rows if _is_filled(row)])

    def _rows(self, field: Any, cstruct: Any) -> list[Any]:
        rows = []
        for value in cstruct if isinstance(cstruct, list | tuple) else ():
            row = field.children[0].clone()
            row.cstruct = value
            rows.append(row)
        return rows


class RowsWidget(LinesWidget):
    """A table of repeated rows without prices to add up; the child of its sequence is named `row`."""

    template = "rows"


class TableRowsWidget(MappingWidget):
    """A mapping shown as a table, one row per field; `facts` by field name say what is agreed and remains.

    With `percent` each field asks how far the line is, else how much of it is delivered this time.
    """

    template = "table_rows"
    facts: Any = None
    percent = False


class OrderWidget(MappingWidget):
    """The lines of a frame agreement as a table: each row asks how much of it is ordered."""

    template = "order"
    facts: Any = None


class SharesWidget(MappingWidget):
    """Parts of a delivery as a table: each row asks how much is accepted, and why less than was claimed."""

    template = "shares"
    facts: Any = None


class DetailsWidget(MappingWidget):
    """Fields folded under a summary, open when one of them says something unusual or is wrong.

    A field of which the schema node has `when` ("payment_kind:days,end_of_month") is shown by a script for
    these values only; without a script it is always there.
    """

    template = "details"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        for child in field.children:
            if isinstance(cstruct, dict) and child.name in cstruct:
                child.cstruct = cstruct[child.name]
        opened = bool(field.error) or any(_says_something(child) for child in field.children)
        return field.renderer(self.template, opened=opened, **self.get_template_values(field, cstruct, kw))


def _says_something(field: Any) -> bool:
    choices = getattr(field.widget, "values", ())
    usual = choices[0][0] if choices else "0,00"
    return field.error is not None or field.cstruct not in (colander.null, None, "", usual)


def _is_filled(row: Any) -> bool:
    if not isinstance(row, dict):
        return False
    typed = (value for name, value in row.items() if name != "key")
    return any(isinstance(value, str) and value.strip() for value in typed)


class ShareWidget(_OneInput):
    """A share of a line: an amount, a percentage or parts, typed as one text."""

    template = "share"


class ShareGridWidget(MappingWidget):
    """Lines of a price schedule as a table: a row for each, a share for each of the `team`.

    `facts` by row name say what the line is and what it is worth.
    """

    template = "share_grid"
    facts: Any = None
    team: Any = ()


class PlainRowsWidget(LinesWidget):
    """Repeated rows that sum to nothing: some blank ones, more by a button."""

    template = "plain_rows"
