"""A feed that is killed leaves whole years, and the next one ends with exactly the right rows."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BLANK, UNLAWFUL, write_report

from gk_pipeline.definitions import STEPS
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse.postgres.feed import PostgresWarehouse, feed

SEED, KILLS, KILLS_OF_NEW = 20_261_130, 10, 5
STAGED = "SELECT count(*) FROM pg_tables WHERE schemaname = 'feed_staging'"
FORMS = Path(__file__).parents[2] / "fixtures" / "forms"


@pytest.fixture
def changed(stored_years, raw, forms, tmp_path, store_layer) -> Lake:
    """The lake after both years have changed: one report withdrawn, one corrected, one new."""
    lake = Lake(Path(shutil.copytree(stored_years, tmp_path / "changed")), forms)
    copied = Path(shutil.copytree(raw, tmp_path / "raw"))
    (copied / "2019" / "丁.txt").unlink()
    write_report(copied / "2019", "戊", UNLAWFUL)
    write_report(copied / "2020", "乙", BLANK, 2020)
    for year in (2019, 2020):
        for step in STEPS:
            store_layer(step, lake, year, copied)
    return lake


def feeding(database, lake) -> subprocess.Popen:
    """A feed in a process of its own, which prints a line before every statement."""
    arguments = [database.uri, str(lake.folder), str(FORMS)]
    return subprocess.Popen(
        [sys.executable, "-m", "warehouse.postgres.feeding", *arguments],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def kill_at(process, number) -> bool:
    """Kill the feed when it begins a statement; whether that cut it off."""
    for _ in range(number):
        process.stdout.readline()
    process.kill()
    process.communicate()
    return process.returncode != 0


def kill_after_copies(process, number) -> None:
    """Kill the feed as soon as it begins a COPY; the ones before may be done or not."""
    for line in process.stdout:
        number -= line == b"copy\n"
        if not number:
            break
    process.kill()
    process.communicate()


def of_year(contents, year):
    return {name: digest for (name, of), digest in contents.items() if of == year}


@pytest.mark.starts_first
def test_killed_at_ten_moments_a_feed_leaves_whole_years_and_the_next_one_ends_right(
    postgres, fed_once, changed, database, session
):
    old = database.contents()
    told, _ = feeding(database, changed).communicate()
    statements = told.count(b"\n")
    new = database.contents()
    assert new != old
    assert PostgresWarehouse(session, changed).differences() == []
    moments = random.Random(SEED)
    cut_off = 0
    for _ in range(KILLS):
        victim = postgres(fed_once)
        cut_off += kill_at(feeding(victim, changed), moments.randint(1, statements))
        found = victim.contents()
        for year in (2019, 2020):
            assert of_year(found, year) in (of_year(old, year), of_year(new, year))
        assert feed(victim.server, changed).failed == []
        assert victim.contents() == new
        assert feed(victim.server, changed).n_rows == 0
    assert cut_off >= KILLS // 2


def test_killed_while_new_years_are_loaded_a_feed_leaves_none_of_them_and_the_next_one_drops_what_was_staged(
    postgres, fed_once, lake
):
    told, _ = feeding(complete := postgres(), lake).communicate()
    new = complete.contents()
    assert new == postgres(fed_once).contents()
    moments = random.Random(SEED)
    left = 0
    for _ in range(KILLS_OF_NEW):
        victim = postgres()
        kill_after_copies(feeding(victim, lake), moments.randint(1, told.count(b"copy")))
        left += victim.rows(STAGED)[0][0]
        found = victim.contents()
        for year in (2019, 2020):
            assert of_year(found, year) in ({}, of_year(new, year))
        assert feed(victim.server, lake).failed == []
        assert victim.contents() == new
        assert victim.rows(STAGED) == [(0,)]
    assert left > 0
