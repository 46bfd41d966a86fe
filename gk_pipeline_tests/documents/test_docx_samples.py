"""Whole reports as Word files: the samples that the project ships, and lawful ones on paper in many layouts."""

from dataclasses import replace
from itertools import count, cycle
from random import Random

import pytest
from tables.lawful import FILLINGS
from tables.layouts import HTML, LAYOUTS
from tables.outcome import outcomes
from ways import RAW, facts_of, gk, samples

from gk_pipeline.documents.read import read_path
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms

from .word import by_python_docx, on_paper, revised

TRUTH = {truth["file"]: truth for truth in samples()}
LABELS = form_labels(shipped_forms())
WRITERS = {"python-docx": by_python_docx, "revised": lambda sheet: revised(sheet, Random(11))}
ON_PAGES = [layout for layout in LAYOUTS if layout.write is HTML]
"""Layouts in which spans are kept: what is true of them as web pages must be true of them as Word files."""


@pytest.fixture(scope="module", params=WRITERS)
def printed(request, tmp_path_factory):
    """What the machine interface says of every sample, written as a Word file."""
    folder = tmp_path_factory.mktemp(request.param)
    paths = {}
    for file in TRUTH:
        paths[file] = folder / f"{file.replace('/', '_')}.docx"
        paths[file].write_bytes(WRITERS[request.param](on_paper(read_path(RAW / file, LABELS).blocks)))
    found = {one["path"]: one for one in gk("extract", *paths.values()).objects}
    return {file: (path, found[str(path)]) for file, path in paths.items()}


@pytest.mark.parametrize("file", TRUTH)
def test_a_sample_says_as_a_word_file_what_it_says(printed, file):
    truth, (_, found) = TRUTH[file], printed[file]
    assert found["error"] is None
    assert found["organization"] == truth["org"]
    assert found["report_year"] == truth["report_year"]
    assert found["published_on"] == truth["published_on"]
    assert set(found["table_forms"].values()) == {truth["form"]}
    facts = facts_of(found)
    wrong = {
        tuple(cell): (reported, value, fact["reported"], fact["value"])
        for *cell, reported, value in truth["facts"]
        for fact in [facts[tuple(cell)]]
        if fact["value"] != value or fact["reported"] != (None if fact["reading"] == "lost" else reported)
    }
    assert wrong == {}


@pytest.mark.parametrize("file", TRUTH)
def test_every_number_stands_where_its_place_says(printed, file):
    path, found = printed[file]
    blocks = read_path(path, LABELS).blocks
    placed = [fact["source"] for fact in found["facts"] if "text" in fact["source"]]
    assert placed
    for source in placed:
        block = blocks[source["block"]]
        if "grid_row" in source:
            place = source["grid_row"], source["grid_column"]
            [text] = [cell.text for cell in block.cells if (cell.row, cell.column) == place]
        else:
            text = block.text
        assert text[source["char_start"] : source["char_end"]] == source["text"]


@pytest.fixture(scope="module")
def outcome():
    """What became of the report of every such layout, judged in one batch as in a stage."""
    in_word = [replace(one, write=revised, suffix=".docx") for one in ON_PAGES]
    turns = zip(in_word, cycle(FILLINGS), count())
    cases = [one.case(one.forms[seed % len(one.forms)], filling, seed) for one, filling, seed in turns]
    return dict(zip((one.name for one in ON_PAGES), outcomes(cases), strict=True))


@pytest.mark.parametrize("layout", ON_PAGES, ids=[layout.name for layout in ON_PAGES])
def test_no_layout_is_read_silently_wrong_from_a_word_file(layout, outcome):
    found = outcome[layout.name]
    assert [cell for cell in found if cell.startswith("silent: ")] == []
    if layout.clean:
        assert (found["flagged"], found["misread"]) == (0, 0)
        assert found["right"] > 180
