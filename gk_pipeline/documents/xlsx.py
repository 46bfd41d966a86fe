"""Workbooks of Excel 2007 and later (.xlsx, .xlsm, Strict among them): what their sheets show, in the order of tabs.

The XML is read here and not by a library. python-calamine 0.9 is the fastest (1 ms a report), but knows no number
formats, hidden rows or formulas without a result, shows the latter and #REF! as blank, and a file of 5 kB with cells in
A1 and XFD1048576 makes it ask for 550 GB and abort the process. openpyxl 3.1 gives either formulas or results, leaves
out text boxes, and takes several times as long.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.number_format import BUILT_IN
from gk_pipeline.documents.ooxml import Package, Relation
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.refusals import damaged
from gk_pipeline.documents.rich_text import RichText
from gk_pipeline.documents.sheet import Sheet, Style
from gk_pipeline.documents.workbook import Tab, read_tabs
from gk_pipeline.documents.xlsx_drawing import read_drawing
from gk_pipeline.documents.xlsx_sheet import Workbook, is_set, read_sheet, text_of

_SIDES = frozenset(("left", "right", "top", "bottom", "start", "end"))


def read(raw: bytes, expected: Sequence[str]) -> Reading:  # noqa: ARG001
    """The sheets of a workbook; those that are hidden are left out, with a finding where they hold anything."""
    try:
        return read_tabs(_tabs(Package(raw)))
    except ValueError as error:
        raise damaged(error) from error


def _tabs(package: Package) -> Iterator[Tab]:
    roots = (relation.target for relation in package.relations("").values() if relation.kind == "officeDocument")
    main = next(roots, "xl/workbook.xml")
    if main.endswith(".bin"):
        raise Unreadable(
            "no_reader",
            "The file is a binary workbook (.xlsb), for which there is no reader.",
            "Save it as .xlsx and give that file instead.",
        )
    tree, related = package.tree(main), package.relations(main)
    workbook = _workbook(package, tree, related)
    number = 0
    for listed in tree.iterfind("sheets/sheet"):
        is_shown = listed.get("state", "visible") == "visible"
        number += is_shown
        part = related.get(listed.get("id", ""))
        if part is None or part.kind == "worksheet":
            sheet = Sheet(listed.get("name", ""), workbook.since_1904)
            target = part.target if part else ""
            read_sheet(package, target, workbook, sheet)
            read_drawing(package, target, sheet)
            yield Tab(number if is_shown else None, sheet)


def _workbook(package: Package, tree: Element, related: dict[str, Relation]) -> Workbook:
    parts = {relation.kind: relation.target for relation in related.values()}
    properties, calculation = tree.find("workbookPr"), tree.find("calcPr")
    return Workbook(
        texts=_shared_texts(package, parts.get("sharedStrings")),
        styles=_styles(package, parts.get("styles")),
        since_1904=properties is not None and _is_true(properties.get("date1904")),
        is_calculated=calculation is None or not _is_true(calculation.get("fullCalcOnLoad")),
    )


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")


def _shared_texts(package: Package, part: str | None) -> list[RichText]:
    if part is None or part not in package:
        return []
    return [text_of(item) for item in package.tree(part).iterfind("si")]


def _styles(package: Package, part: str | None) -> list[Style]:
    """The styles of cells by number: their number format, and whether they draw a rule at some side."""
    if part is None or part not in package:
        return []
    tree = package.tree(part)
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "General") for one in tree.iterfind("numFmts/numFmt")}
    ruled = [
        any(side.tag in _SIDES and side.get("style", "none") != "none" for side in border)
        for border in tree.iterfind("borders/border")
    ]
    struck = [is_set(font.find("strike")) for font in tree.iterfind("fonts/font")]
    found = []
    for style in tree.iterfind("cellXfs/xf"):
        number, font, border = (int(style.get(key, "0")) for key in ("numFmtId", "fontId", "borderId"))
        code = own.get(number) or BUILT_IN.get(number, "General")
        found.append(Style(code, border < len(ruled) and ruled[border], font < len(struck) and struck[font]))
    return found
