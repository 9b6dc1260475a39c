"""Documents of the dossier as ODT, to be completed in LibreOffice or Word."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from odf import dc, meta, style, table, text
from odf.opendocument import OpenDocumentText

from .blocks import (
    Block,
    Box,
    Check,
    Document,
    Fact,
    Hint,
    Part,
    Rubric,
    Said,
    Signature,
    Table,
    clean,
    spans,
)

INK, ACCENT, QUIET, WARNING = "#1c2a2d", "#0a4a47", "#4f5f64", "#9c2720"
FONT = "Open Sans"
BLANK = "………………………………………………………………"
PAGE_WIDTH_MM = 174
TICKED, EMPTY = "☒", "☐"


def content(document: Document, author: str) -> bytes:
    """Return the file of a document."""
    file = OpenDocumentText()
    file.text.setAttribute("usesoftpagebreaks", "true")
    styles = _Styles(file)
    _describe(file, document, author)
    _page(file, styles, document)
    file.text.addElement(text.H(outlinelevel=1, stylename=styles.title, text=clean(document.title)))
    if document.subtitle:
        file.text.addElement(_paragraph(styles.subtitle, document.subtitle))
    file.text.addElement(_paragraph(styles.subtitle, document.work))
    file.text.addElement(_paragraph(styles.mention, document.mention))
    for block in document.blocks:
        for element in _Writer(file, styles).elements(block):
            file.text.addElement(element)
    out = BytesIO()
    file.write(out)
    return out.getvalue()


def _describe(file: Any, document: Document, author: str) -> None:
    file.meta.addElement(dc.Title(text=clean(f"{document.title} – {document.work}")))
    file.meta.addElement(dc.Creator(text=clean(author)))
    file.meta.addElement(dc.Language(text="fr-FR"))
    file.meta.addElement(meta.Generator(text="endi_ext"))


def _page(file: Any, styles: "_Styles", document: Document) -> None:
    layout = style.PageLayout(name="page")
    layout.addElement(
        style.PageLayoutProperties(
            pagewidth="210mm", pageheight="297mm", margintop="18mm", marginbottom="16mm",
            marginleft="18mm", marginright="18mm", printorientation="portrait",
        )
    )  # fmt: skip
    layout.addElement(style.FooterStyle())
    file.automaticstyles.addElement(layout)
    master = style.MasterPage(name="Standard", pagelayoutname=layout)
    foot = style.Footer()
    line = text.P(stylename=styles.foot, text=clean(f"{document.mention}   ·   page "))
    line.addElement(text.PageNumber(selectpage="current"))
    line.addText(" / ")
    line.addElement(text.PageCount())
    foot.addElement(line)
    master.addElement(foot)
    file.masterstyles.addElement(master)


def _paragraph(name: Any, said: str) -> Any:
    """Return a paragraph; its line breaks stay line breaks."""
    paragraph = text.P(stylename=name)
    _fill(paragraph, said)
    return paragraph


def _fill(element: Any, said: str) -> None:
    for place, line in enumerate(clean(said).replace("\t", " ").split("\n")):
        if place:
            element.addElement(text.LineBreak())
        element.addText(line)


class _Writer:
    """Blocks turned into elements of one file."""

    tables = 0

    def __init__(self, file: Any, styles: "_Styles") -> None:
        self.file, self.styles = file, styles

    def elements(self, block: Block) -> Iterable[Any]:
        """Return the elements of a block."""
        styles = self.styles
        match block:
            case Rubric(said):
                return [text.H(outlinelevel=2, stylename=styles.rubric, text=clean(said))]
            case Part(said):
                return [text.H(outlinelevel=3, stylename=styles.part, text=clean(said))]
            case Said(said):
                return [_paragraph(styles.body, said)]
            case Hint(said):
                return [_paragraph(styles.hint, said)]
            case Check(said):
                return [_paragraph(styles.check, f"À vérifier : {said}")]
            case Fact():
                return [self._fact(block)]
            case Box():
                return self._box(block)
            case Signature():
                return self._signature(block)
            case Table():
                return self._table(block)

    def _fact(self, fact: Fact) -> Any:
        paragraph = text.P(stylename=self.styles.body)
        paragraph.addElement(text.Span(stylename=self.styles.label, text=clean(f"{fact.label} : ")))
        if "\n" in fact.value:
            paragraph.addElement(text.LineBreak())
        _fill(paragraph, fact.value or BLANK)
        return paragraph

    def _box(self, box: Box) -> list[Any]:
        found = [
            _paragraph(
                self.styles.deep if box.deep else self.styles.box,
                f"{TICKED if box.ticked else EMPTY}  {box.text}",
            )
        ]
        if box.left:
            found.append(_paragraph(self.styles.check, "Case laissée au signataire : c’est une déclaration."))
        return found

    def _signature(self, signature: Signature) -> list[Any]:
        said = signature.who + (f"\n{signature.note}" if signature.note else "")
        return [
            _paragraph(self.styles.signature, said),
            _paragraph(self.styles.body, "À …………………………, le …………………   Signature :"),
            _paragraph(self.styles.body, "\n"),
        ]

    def _table(self, block: Table) -> list[Any]:
        made = table.Table(name=f"tableau{len(self.file.text.childNodes)}", stylename=self.styles.table)
        widths = block.widths or [100 // len(block.head)] * len(block.head)
        for width in widths:
            made.addElement(table.TableColumn(stylename=self.styles.column(self.file, width)))
        head = table.TableHeaderRows()
        head.addElement(self._row(block.head, block, self.styles.head))
        made.addElement(head)
        for row in block.rows:
            made.addElement(self._row(row, block, self.styles.cell_text))
        if block.total:
            made.addElement(self._last_row(block))
        titled = [_paragraph(self.styles.caption, block.title)] if block.title else []
        return [*titled, made, _paragraph(self.styles.hint, "")]

    def _row(self, cells: Iterable[str], block: Table, name: Any) -> Any:
        row = table.TableRow(stylename=self.styles.row)
        for place, cell in enumerate(cells):
            made = table.TableCell(stylename=self.styles.cell, valuetype="string")
            right = place in block.numbers
            made.addElement(_paragraph(self.styles.right[name] if right else name, cell))
            row.addElement(made)
        return row

    def _last_row(self, block: Table) -> Any:
        row = table.TableRow(stylename=self.styles.row)
        for said, place, wide in spans(block.total):
            made = table.TableCell(stylename=self.styles.cell, valuetype="string", numbercolumnsspanned=wide)
            name = self.styles.right[self.styles.head] if place in block.numbers else self.styles.head
            made.addElement(_paragraph(name, said))
            row.addElement(made)
            for _covered in range(wide - 1):
                row.addElement(table.CoveredTableCell())
        return row


class _Styles:
    """The styles of a file, by what they are for."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._columns: dict[int, Any] = {}
        file.styles.addElement(_default())
        self.title = self._named("Title", "16pt", bold=True, after="1mm")
        self.subtitle = self._named("Subtitle", "11pt", color=QUIET, after="1mm")
        self.mention = self._named("Mention", "9.5pt", bold=True, color=WARNING, after="4mm")
        self.rubric = self._named(
            "Rubrique", "11.5pt", bold=True, color=ACCENT, before="5mm", after="1.5mm", kept=True
        )
        self.part = self._named("Partie", "10pt", bold=True, before="3mm", after="1mm", kept=True)
        self.body = self._named("Corps", "9.5pt", after="1.5mm")
        self.box = self._named("Case", "9.5pt", after="1mm", indent="4mm")
        self.deep = self._named("Case intérieure", "9.5pt", after="1mm", indent="12mm")
        self.hint = self._named("Indication", "8.5pt", color=QUIET, after="1.5mm")
        self.check = self._named("À vérifier", "8.5pt", color=WARNING, after="1.5mm", indent="4mm")
        self.caption = self._named("Légende", "9.5pt", bold=True, before="2mm", after="1mm", kept=True)
        self.signature = self._named("Signature", "9.5pt", bold=True, before="3mm", after="1mm", kept=True)
        self.foot = self._named("Pied", "8pt", color=QUIET)
        self.head = self._named("Entête de tableau", "8.5pt", bold=True)
        self.cell_text = self._named("Cellule", "9pt")
        self.right = {
            one: self._named(f"{one.getAttribute('name')} à droite", size, bold=bold, align="end")
            for one, size, bold in ((self.head, "8.5pt", True), (self.cell_text, "9pt", False))
        }
        self.label = self._label()
        self.table, self.row, self.cell = self._tables()

    def _named(
        self, name: str, size: str, *, bold: bool = False, color: str = INK, before: str = "0mm",
        after: str = "0mm", indent: str = "0mm", align: str = "start", kept: bool = False,
    ) -> Any:  # fmt: skip
        made = style.Style(name=_key(name), displayname=name, family="paragraph")
        keep = {"keepwithnext": "always"} if kept else {}
        made.addElement(
            style.ParagraphProperties(
                margintop=before, marginbottom=after, marginleft=indent, textalign=align, **keep
            )
        )
        weight = {"fontweight": "bold"} if bold else {}
        made.addElement(style.TextProperties(fontsize=size, color=color, fontfamily=FONT, **weight))
        self._file.styles.addElement(made)
        return made

    def _label(self) -> Any:
        made = style.Style(name="Libelle", family="text")
        made.addElement(style.TextProperties(color=QUIET))
        self._file.styles.addElement(made)
        return made

    def _tables(self) -> tuple[Any, Any, Any]:
        whole = style.Style(name="Tableau", family="table")
        whole.addElement(style.TableProperties(width=f"{PAGE_WIDTH_MM}mm", align="margins"))
        row = style.Style(name="Ligne", family="table-row")
        row.addElement(style.TableRowProperties(keeptogether="always"))
        cell = style.Style(name="CelluleBord", family="table-cell")
        cell.addElement(style.TableCellProperties(padding="1.2mm", borderbottom="0.4pt solid #c9c5b8"))
        for one in (whole, row, cell):
            self._file.automaticstyles.addElement(one)
        return whole, row, cell

    def column(self, file: Any, width: int) -> Any:
        """Return the style of a column as wide as `width` hundredths of the page."""
        if width not in self._columns:
            made = style.Style(name=f"Colonne{width}", family="table-column")
            made.addElement(style.TableColumnProperties(columnwidth=f"{PAGE_WIDTH_MM * width / 100:.1f}mm"))
            file.automaticstyles.addElement(made)
            self._columns[width] = made
        return self._columns[width]


def _default() -> Any:
    made = style.DefaultStyle(family="paragraph")
    made.addElement(style.TextProperties(fontfamily=FONT, fontsize="9.5pt", language="fr", country="FR"))
    return made


def _key(name: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)
