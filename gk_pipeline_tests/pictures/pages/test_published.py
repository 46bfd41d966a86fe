"""A folder is written whole by one at a time, heals after whoever was killed, and takes no other's place."""

import fcntl
import os
import shutil
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
    assert len(list(tmp_path.glob(".pages.being-written-*"))) == 1
    assert folder.exists() == (step == "writing")
    write(folder, "after")
    assert words(folder) == {"after"}
    assert list(tmp_path.iterdir()) == [folder]


def test_a_worker_that_outlives_its_writer_does_not_keep_the_next_one_from_clearing(tmp_path, monkeypatch):
    folder = tmp_path / "pages"
    in_processes((killed_while, (folder, "writing")))
    [leftover] = tmp_path.glob(".pages.being-written-*")
    remove = shutil.rmtree

    def while_a_worker_writes(path, **how):
        remove(path, **how)
        if leftover.exists():
            (leftover / "staged").mkdir(exist_ok=True)

    monkeypatch.setattr(shutil, "rmtree", while_a_worker_writes)
    write(folder, "after")
    assert words(folder) == {"after"}
    assert list(tmp_path.iterdir()) == [folder]


def test_what_cannot_be_removed_fails_no_writer_and_is_left_to_the_next(tmp_path, monkeypatch):
    folder = tmp_path / "pages"
    write(folder, "before")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        write(folder, "after")
    assert words(folder) == {"after"}
    assert len(list(tmp_path.iterdir())) == 2
    write(folder, "last")
    assert words(folder) == {"last"}
    assert list(tmp_path.iterdir()) == [folder]


def test_an_error_of_the_writer_is_not_hidden_by_one_of_the_clearing(tmp_path, monkeypatch):
    def denied(*_, **__):
        raise PermissionError

    monkeypatch.setattr(shutil, "rmtree", denied)
    with pytest.raises(ZeroDivisionError), written_whole(tmp_path / "pages"):
        raise ZeroDivisionError


def test_who_waits_for_another_writer_of_the_site_says_so(tmp_path, monkeypatch, capsys):
    lock = fcntl.flock

    def held_by_another(handle, how):
        if how & fcntl.LOCK_NB:
            raise BlockingIOError
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", held_by_another)
    write(tmp_path / "pages", "second")
    assert capsys.readouterr().err == f"Another one is writing {tmp_path / 'pages'}: waiting until it is done.\n"
    assert words(tmp_path / "pages") == {"second"}


def test_sites_side_by_side_do_not_wait_for_each_other(tmp_path, monkeypatch):
    lock = fcntl.flock

    def never_waiting(handle, how):
        assert how & (fcntl.LOCK_NB | fcntl.LOCK_UN)
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", never_waiting)
    with written_whole(tmp_path / "pages"):
        write(tmp_path / "other", "at once")
    assert words(tmp_path / "other") == {"at once"}


def test_a_site_that_a_killed_writer_moved_away_comes_back_where_the_next_one_fails(tmp_path):
    folder = tmp_path / "pages"
    write(folder, "before")
    in_processes((killed_while, (folder, "moved")))
    with pytest.raises(ZeroDivisionError), written_whole(folder):
        raise ZeroDivisionError
    assert words(folder) == {"before"}


@pytest.mark.parametrize("name", ["index.html", "reports/2020/2461.html", "pages.css"])
def test_without_the_marker_even_pages_like_ours_are_kept_and_it_is_said_what_to_do(tmp_path, name):
    kept = tmp_path / "pages" / name
    kept.parent.mkdir(parents=True)
    kept.write_text(OURS, encoding="utf-8")
    with pytest.raises(
        NotOurFolder, match=r"no \.gk-pages\)\. Delete it if nothing in it is needed, or give another folder"
    ):
        write(tmp_path / "pages", "new")
    assert kept.read_text(encoding="utf-8") == OURS
    assert list(tmp_path.iterdir()) == [tmp_path / "pages"]


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
