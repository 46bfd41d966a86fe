"""Drawing verified cells and judging what people ticked."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from gk_pipeline.auditing import BadTicks, Draw, SavedTicks, draw_sample, read_ticks, ticks_of
from gk_pipeline.cli.app import app

DRAW = Draw((2019, 2020), 12, 7)


def test_the_same_draw_gives_the_same_verified_cells_and_another_seed_others(lake):
    sample = draw_sample(lake, DRAW)
    assert draw_sample(lake, DRAW) == sample
    assert len(sample.cells) == 12
    assert {cell.name for cell in draw_sample(lake, replace(DRAW, seed=8)).cells} != {
        cell.name for cell in sample.cells
    }


def test_every_verified_cell_can_be_drawn_and_no_other(lake):
    sample = draw_sample(lake, replace(DRAW, size=10_000))
    assert len(sample.cells) == sample.population == len({cell.name for cell in sample.cells})
    assert sample.population > 30
    assert not any(
        cell.path == "2019/乙.txt" and cell.item == "enquiries" and cell.measure == "total" for cell in sample.cells
    )


def test_a_cell_is_shown_with_what_is_printed_around_it_and_where(lake):
    cells = draw_sample(lake, replace(DRAW, size=10_000)).cells
    [cell] = [one for one in cells if (one.path, one.item, one.measure) == ("2019/甲.txt", "complaints", "in_groups")]
    assert cell.printed == "5"
    assert str(int(cell.value)) == "5"
    assert cell.organization == "甲县人民政府"
    assert "4" in cell.before
    assert "9" in cell.behind
    assert cell.place.line == 7


def saved(path, draw, ticks, digest=""):
    told = {"years": draw.years, "sample": draw.size, "seed": draw.seed, "cells": digest, "ticks": ticks}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_cells_that_nobody_ticked_are_unclear(lake, tmp_path):
    sample = draw_sample(lake, DRAW)
    some = {sample.cells[0].name: "wrong", sample.cells[3].name: "right"}
    read = read_ticks(saved(tmp_path / "ticks.json", DRAW, some, sample.digest))
    assert read == SavedTicks(DRAW, sample.digest, some)
    found = ticks_of(draw_sample(lake, read.draw), read)
    assert (found[0], found[3], found.count("unclear")) == ("wrong", "right", 10)


def test_ticks_of_other_facts_are_refused(lake, tmp_path):
    sample = draw_sample(lake, DRAW)
    name = sample.cells[0].name
    other = name[: name.index("=")] + "=999"
    read = read_ticks(saved(tmp_path / "ticks.json", DRAW, {other: "right"}, sample.digest))
    with pytest.raises(BadTicks, match="ticks are of other facts"):
        ticks_of(draw_sample(lake, read.draw), read)


def test_ticks_of_a_sample_with_other_cells_are_refused_even_where_no_other_one_is_ticked(lake, tmp_path):
    sample = draw_sample(lake, DRAW)
    other = draw_sample(lake, replace(DRAW, seed=8)).digest
    read = read_ticks(saved(tmp_path / "ticks.json", DRAW, {sample.cells[0].name: "right"}, other))
    with pytest.raises(BadTicks, match="ticks are of other facts"):
        ticks_of(sample, read)


@pytest.mark.parametrize(
    "content",
    [
        *("", "[]", '{"years": [2019]}', "{", "[" * 100_000),
        *(
            f'{{"years": [{year}], "sample": {size}, "seed": {seed}, "cells": "", "ticks": {{}}}}'
            for year, size, seed in [
                ('"x"', 1, 1),
                (2019, -5, 1),
                (2019, 0, 1),
                (2019, "true", 1),
                (2019, 1, "1e999"),
                (2019, 1.5, 1),
            ]
        ),
    ],
)
def test_a_file_that_holds_no_ticks_is_told(tmp_path, content):
    path = tmp_path / "ticks.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadTicks, match="is no file of ticks"):
        read_ticks(path)


def test_a_tick_that_is_none_is_told(tmp_path):
    with pytest.raises(BadTicks, match="'perhaps' is no tick"):
        read_ticks(saved(tmp_path / "ticks.json", DRAW, {"a": "perhaps"}))


@pytest.fixture
def audit(lake, tmp_path, monkeypatch):
    """`gk audit` of ticks over the lake, with more words."""
    monkeypatch.setenv("GK_DATA", str(lake.folder.parent))
    monkeypatch.setattr("gk_pipeline.cli.lake.shipped_forms", lambda: lake.forms)
    sample = draw_sample(lake, DRAW)
    ticks = saved(tmp_path / "ticks.json", DRAW, {cell.name: "right" for cell in sample.cells}, sample.digest)
    return lambda *words: CliRunner().invoke(app, ["audit", "--ticks", str(ticks), *map(str, words)])


def test_ticks_are_judged_by_the_draw_that_they_name(audit):
    judged = audit()
    assert judged.exit_code == 0
    assert "12 cells drawn with seed 7" in judged.stdout


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--seed", 99, "--years", "2020"), "--years, --seed"),
        (("--seed", 1), "--seed"),
        (("--sample", 50), "--sample"),
        (("--out", "other.html"), "--out"),
    ],
)
def test_options_of_another_draw_are_refused_beside_ticks(audit, words, named):
    refused = audit(*words)
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert f"so {named} cannot be given with it" in refused.stderr
