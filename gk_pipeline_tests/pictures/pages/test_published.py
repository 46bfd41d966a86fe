"""A folder is written whole by one at a time, heals after whoever was killed, and takes no other's place."""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from gk_pipeline.pictures.pages.published import MARKER, NotOurFolder, written_whole
from gk_pipeline.pictures.pages.rendering import beside, page

OURS = page("index.html", beside(""), kinds=(), years=[], up="")
N_PAGES = 200


def write(folder: Path, word: str) -> None:
    with written_whole(folder) as staged:
        (staged / "reports").mkdir()
        for number in range(N_PAGES):
            (staged / "reports" / f"{number}.html").write_text(word, encoding="utf-8")


def killed_while(folder: Path, step: str) -> None:
    """Write and die by a signal nobody can catch: while writing, or once the old site is moved away."""
    with written_whole(folder) as staged:
        (staged / "half.html").write_text("half", encoding="utf-8")
        if step == "moved":
            folder.rename(staged.parent / "old")
        os.kill(os.getpid(), signal.SIGKILL)


def in_processes(*calls: tuple[Callable[..., None], tuple[object, ...]]) -> list[int | None]:
    """Run the calls at once, each in a process; how they ended."""
    children = [get_context("fork").Process(target=function, args=arguments) for function, arguments in calls]
    for child in children:
        child.start()
    for child in children:
        child.join()
    return [child.exitcode for child in children]


def words(folder: Path) -> set[str]:
    pages = list((folder / "reports").iterdir())
    assert len(pages) == N_PAGES
    return {page.read_text(encoding="utf-8") for page in pages}


def test_of_several_writers_at_once_each_leaves_a_whole_site(tmp_path):
    folder = tmp_path / "pages"
    ended = in_processes(*((write, (folder, word)) for word in "abcd"))
    assert ended == [0] * 4
    assert len(words(folder)) == 1
    assert (folder / MARKER).is_file()
    assert list(tmp_path.iterdir()) == [folder]
    write(folder, "e")
    assert words(folder) == {"e"}


@pytest.mark.parametrize("step", ["writing", "moved"])
def test_after_a_killed_writer_the_next_one_leaves_nothing_behind(tmp_path, step):
    folder = tmp_path / "pages"
    write(folder, "before")
    assert in_processes((killed_while, (folder, step))) == [-signal.SIGKILL]
    assert len(list(tmp_path.iterdir())) == (2 if step == "writing" else 1)
    write(folder, "after")
    assert words(folder) == {"after"}
    assert list(tmp_path.iterdir()) == [folder]


def test_a_site_that_a_killed_writer_moved_away_comes_back_where_the_next_one_fails(tmp_path):
    folder = tmp_path / "pages"
    write(folder, "before")
    in_processes((killed_while, (folder, "moved")))
    with pytest.raises(ZeroDivisionError), written_whole(folder):
        raise ZeroDivisionError
    assert words(folder) == {"before"}


def test_a_broken_site_without_its_marker_is_known_by_its_pages(tmp_path):
    folder = tmp_path / "pages"
    (folder / "reports" / "2020").mkdir(parents=True)
    for name in ("index.html", "reports/2020/2461.html"):
        (folder / name).write_text(OURS, encoding="utf-8")
    write(folder, "new")
    assert words(folder) == {"new"}


@pytest.mark.parametrize("name", ["index.html", "notes.html", "pages.css", ".pages.old"])
def test_a_page_of_somebody_else_is_kept(tmp_path, name):
    folder = tmp_path / "pages"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports.html").write_text(OURS, encoding="utf-8")
    if name == "pages.css":
        (folder / "reports.html").unlink()
    kept = folder / name
    kept.write_text(OURS if name == "notes.html" else "<!doctype html><title>mine</title>", encoding="utf-8")
    with pytest.raises(NotOurFolder):
        write(folder, "new")
    assert kept.exists()


def test_a_folder_of_empty_folders_is_somebodys(tmp_path):
    (tmp_path / "pages" / "drafts").mkdir(parents=True)
    with pytest.raises(NotOurFolder):
        write(tmp_path / "pages", "new")
    (tmp_path / "pages" / "drafts").rmdir()
    write(tmp_path / "pages", "new")


def test_what_lies_beside_the_folder_is_kept(tmp_path):
    for name in (".pages.old", ".pages.staged", ".pages.being-written-by-hand"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "chapter.txt").write_text("years of work", encoding="utf-8")
    write(tmp_path / "pages", "new")
    assert len(list(tmp_path.glob(".pages.*/chapter.txt"))) == 3
