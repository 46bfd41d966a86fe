"""What lies over the cells of a sheet in an .xlsx: text boxes, pictures, comments."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gk_pipeline.documents.ooxml import Package
from gk_pipeline.documents.sheet import Sheet

_PICTURES = frozenset(("pic", "graphicFrame"))


def read_drawing(package: Package, part: str, sheet: Sheet) -> None:
    """Add the text boxes of a sheet; its pictures and comments are remembered as left out."""
    for relation in package.relations(part).values():
        if relation.target not in package:
            continue
        if relation.kind == "drawing":
            for anchor in package.tree(relation.target):
                _read_anchor(anchor, sheet)
        elif relation.kind == "comments":
            for comment in package.tree(relation.target).iter("comment"):
                text = "".join(one.text or "" for one in comment.iter("t"))
                sheet.odd.setdefault("comment", []).append(f"{comment.get('ref', '')} {' '.join(text.split())}")


def _read_anchor(anchor: Element, sheet: Sheet) -> None:
    start = anchor.find("from/row")
    row = int(start.text) if start is not None and start.text and start.text.isdecimal() else 0
    for element in _shown(anchor):
        if element.tag in _PICTURES:
            sheet.mark("picture", row, 0, "")
        elif element.tag == "txBody":
            lines = ("".join(one.text or "" for one in line.iter("t")) for line in element.iter("p"))
            if (text := "\n".join(lines)).strip():
                sheet.boxes.append((row, text))


def _shown(element: Element) -> Iterator[Element]:
    """The elements below one, without what only older programs show instead."""
    for child in element:
        if child.tag != "Fallback":
            yield child
            yield from _shown(child)
