"""Web pages, complete or in fragments: their blocks, their title and the address they say they have."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gk_pipeline.documents.document import Block
from gk_pipeline.documents.encoding import decode
from gk_pipeline.documents.html_bounds import check_markup
from gk_pipeline.documents.html_flow import Table, flow
from gk_pipeline.documents.html_tree import shown, special
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.spans import MAX_SLOTS, LaidOut, laid_out
from gk_pipeline.quality.finding import Finding

_URL_NAMES = frozenset(("url", "og:url"))


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """A web page in whatever encoding shows the `expected` phrases; its own charset declaration is not believed."""
    decoded = decode(raw, expected)
    reading = page(decoded.text)
    return replace(reading, encoding=decoded.encoding, findings=(*decoded.findings, *reading.findings))


def page(markup: str) -> Reading:
    """The blocks of a page as a browser without scripts, and without fetching anything, shows them."""
    check_markup(markup)
    parser = LexborHTMLParser(markup)
    if parser.root is None:
        return Reading(())
    found = special(parser, markup)
    title, source_url = _title(found), _source_url(found)
    on_page = shown(parser, parser.root, found)
    blocks: list[Block] = []
    findings = [*map(_hidden_table, on_page.hidden_tables), *on_page.unseen.findings("The page")]
    tables = 0
    for part in flow(on_page.markup):
        if isinstance(part, Block):
            blocks.append(part)
            continue
        tables += 1
        grid = laid_out(part.groups)
        if grid is None:
            blocks.extend(_as_lines(part))
            findings.append(_too_large(tables))
        else:
            blocks.append(Block(cells=grid.cells, spans_known=True))
            findings.extend(_span_findings(grid, tables))
    return Reading(tuple(blocks), None, title, source_url, tuple(findings))


def _as_lines(table: Table) -> Iterator[Block]:
    for rows in table.groups:
        for row in rows:
            for cell in row:
                yield from (Block(text=line) for line in cell.text.splitlines())


def _title(nodes: Sequence[LexborNode]) -> str | None:
    titles = (" ".join(node.text_lexbor().split()) for node in nodes if node.tag == "title")
    return next(filter(None, titles), None)


def _source_url(nodes: Sequence[LexborNode]) -> str | None:
    links = [node.attributes for node in nodes if node.tag == "link"]
    metas = [node.attributes for node in nodes if node.tag == "meta"]
    canonical = [link.get("href") for link in links if (link.get("rel") or "").lower() == "canonical"]
    named = [
        meta.get("content")
        for meta in metas
        if (meta.get("name") or meta.get("property") or "").strip().lower() in _URL_NAMES
    ]
    return next((url.strip() for url in (*canonical, *named) if url and url.strip()), None)


def _hidden_table(evidence: str) -> Finding:
    return Finding(
        "note",
        "hidden_table",
        "The page hides an element that holds a table or a part of one; it was left out, as a browser does.",
        "If the figures in it belong to the report, remove the hidden attribute or display:none and read it again.",
        evidence[:80],
    )


def _too_large(table: int) -> Finding:
    return Finding(
        "warning",
        "table_too_large",
        f"Table {table} of the page spans more than {MAX_SLOTS:,} slots; its cells were read as lines of text.",
        "Look at the table: a form has a few hundred cells. Its numbers are not in a grid.",
    )


def _span_findings(grid: LaidOut, table: int) -> Iterator[Finding]:
    advice = "Compare the rows of this table with the page: the cells stand where a browser shows them."
    if grid.past_the_end:
        message = f"Table {table} of the page: {grid.past_the_end} cell(s) span more rows than follow; cut to those."
        yield Finding("note", "spans_clipped", message, advice)
    if grid.too_wide:
        message = f"Table {table} of the page: {grid.too_wide} cell(s) span absurdly many columns; cut to the limit."
        yield Finding("warning", "spans_clipped", message, advice)
    if grid.overlapping:
        message = f"Table {table} of the page: {grid.overlapping} cell(s) lie over a cell that spans down from above."
        yield Finding("warning", "cells_overlap", message, advice)
