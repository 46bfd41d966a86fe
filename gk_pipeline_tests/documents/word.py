"""Word files for tests: from XML written by hand, or from a report on paper in the ways of several programs."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document as PythonDocx
from tables.paper import NOTHING, Box, Grid, Page, matrix

from gk_pipeline.documents.document import Block

OFFICE = shutil.which("soffice") or ""
"""LibreOffice; empty where it is not installed."""
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARK = re.compile(r"([一二三四五六七八九十]{1,2})、|（([一二三四五六七八九十]{1,2})）|(\d{1,2})\.(?=\D)")
_CHANGE = 'w:id="1" w:author="某" w:date="2022-01-01T00:00:00Z"'


def package(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of parts by name."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(targets: Iterable[tuple[str, str]], kind: str = _KIND) -> str:
    """The part that says what another one refers to, by kind and target."""
    each = (f'<Relationship Id="r{n}" Type="{kind}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(targets))
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(each)}</Relationships>'


def parts_of(body: str, **others: str) -> dict[str, str | bytes]:
    """The parts of a Word file: what stands in its body, and in `styles`, `numbering`, `footnotes`, `endnotes`."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{MAIN}.part+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/></Types>',
        "_rels/.rels": relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": relations((name, f"{name}.xml") for name in others),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>'
        f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    for name, content in others.items():
        parts[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{content}</w:{name}>"
    return parts


def word(body: str, **others: str) -> bytes:
    """A Word file of these parts."""
    return package(parts_of(body, **others))


def r(text: str, properties: str = "") -> str:
    """A run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; one that is no markup becomes a run."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def tc(*content: str, properties: str = "") -> str:
    """A cell; content that is no markup becomes a paragraph."""
    inside = "".join(part if part.startswith("<") else p(part) for part in content) or p()
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; cells that are no markup become one."""
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def deleted(*runs: str) -> str:
    """Runs that a tracked change deletes."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:del {_CHANGE}>{inside.replace('<w:t', '<w:delText').replace('</w:t>', '</w:delText>')}</w:del>"


def inserted(*runs: str) -> str:
    """Runs that a tracked change inserts."""
    return f"<w:ins {_CHANGE}>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:ins>"


def on_paper(blocks: Sequence[Block]) -> Page:
    """A document that was read, as a page; empty cells that may be ghosts of spans are no cells on it."""
    sheet: Page = []
    for block in blocks:
        if block.text is not None:
            sheet.append(block.text.strip())
            continue
        rows: Grid = [[] for _ in range(1 + max(cell.row for cell in block.cells))]
        for cell in block.cells:
            if cell.text or block.spans_known:
                rows[cell.row].append(Box(cell.text, cell.column_span, cell.row_span))
        sheet.append([row for row in rows if row])
    return sheet


def by_python_docx(sheet: Page) -> bytes:
    """The page as python-docx writes it, cells merged by its own means."""
    document = PythonDocx()
    for part in sheet:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        places = matrix(part)
        table = document.add_table(len(places), len(places[0]))
        cells = [row.cells for row in table.rows]
        for row, boxes in enumerate(places):
            for column, (box, begins) in enumerate(boxes):
                if box is NOTHING:
                    cells[row][column]._tc.getparent().remove(cells[row][column]._tc)
                elif begins:
                    cell = cells[row][column]
                    if box.rows > 1 or box.columns > 1:
                        cell = cell.merge(cells[row + box.rows - 1][column + box.columns - 1])
                    cell.text = box.text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def by_office(raw: bytes, suffix: str, kind: str, folder: Path) -> bytes:
    """A Word file saved anew by LibreOffice, as another kind of file."""
    given, made = folder / "given.docx", folder / "made"
    given.write_bytes(raw)
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(made), str(given)], check=True, capture_output=True, timeout=120)
    return (made / f"given.{suffix}").read_bytes()


def revised(sheet: Page, random: Random) -> bytes:
    """The page after a revision that nobody has accepted, with the numbers before paragraphs made by Word itself.

    Every text was typed otherwise before; there are deleted paragraphs and rows, and moved sentences.
    """
    lists = _Lists()
    body: list[str] = []
    for part in sheet:
        if isinstance(part, str):
            body += [_revised_paragraph(part, random, lists)]
            if random.random() < 0.3:
                body += [p(deleted("删去的一段说收到申请99件。"), properties=f"<w:rPr><w:del {_CHANGE}/></w:rPr>")]
                body += [p(f"<w:moveFrom {_CHANGE}>{r('移走了88件')}</w:moveFrom>")]
        else:
            body += [_revised_table(part, random, lists), p()]
    return word("".join(body), numbering=lists.part())


class _Lists:
    """Lists that begin with a number each, as a clerk's lists do after some copying."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._kinds: list[str] = []
        self._lists: list[str] = []

    def item(self, mark: re.Match[str]) -> str:
        """The properties of a paragraph that Word numbers so."""
        chinese, bracketed, digits = mark.groups()
        number, text = str(_CHINESE.index(chinese or bracketed) + 1) if digits is None else digits, "%1."
        text = text if digits else "%1、" if chinese else "（%1）"
        name = next(self._ids)
        self._kinds.append(
            f'<w:abstractNum w:abstractNumId="{name}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{"decimal" if digits else "chineseCountingThousand"}"/><w:lvlText w:val="{text}"/>'
            f"</w:lvl></w:abstractNum>"
        )
        self._lists.append(
            f'<w:num w:numId="{name}"><w:abstractNumId w:val="{name}"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="{number}"/></w:lvlOverride></w:num>'
        )
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{name}"/></w:numPr>'

    def part(self) -> str:
        """What the part `numbering` says of them."""
        return "".join(self._kinds + self._lists)


_CHINESE = [*"一二三四五六七八九", "十", *(f"十{digit}" for digit in "一二三四五六七八九"), "二十"]


def _revised_paragraph(text: str, random: Random, lists: _Lists) -> str:
    mark = _MARK.match(text)
    properties = lists.item(mark) if mark else ""
    return p(*_revised_runs(text[mark.end() :] if mark else text, random), properties=properties)


def _revised_runs(text: str, random: Random) -> Iterator[str]:
    at = random.randint(0, len(text))
    yield r(text[:at])
    yield deleted(str(random.randint(0, 999)))
    yield inserted(text[at:])
    yield deleted(r("7"), r("误"))


def _revised_table(grid: Grid, random: Random, lists: _Lists) -> str:
    rows: list[str] = []
    for places in matrix(grid):
        cells: list[str] = []
        for column, (box, begins) in enumerate(places):
            left = column and places[column - 1][0] is box
            if left or box is NOTHING:
                continue
            merge = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
            if box.rows > 1:
                merge += '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
            lines = box.text.split("\n") if begins else [""]
            cells.append(tc(*(_revised_paragraph(line, random, lists) for line in lines), properties=merge))
        if random.random() < 0.2:
            rows.append(tr(*(tc(deleted("5")) for _ in places), properties=f"<w:del {_CHANGE}/>"))
        rows.append(tr(*cells))
    return tbl(*rows)
