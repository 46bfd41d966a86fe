"""Seven reports with all that a page can say, and the lake that is made of them."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from ways import RAW

from gk_pipeline.assets.panel import store_panel
from gk_pipeline.forms import shipped_forms
from gk_pipeline.storage.lake import Lake

HOSTILE = "<script>alert(1)</script>"
HOSTILE_FILE = "<img src=x onerror=alert(1)>"


def write_reports(raw: Path) -> None:
    """Seven reports of three years: one with lost cells, one disputed, one corrected, one hostile, one replaced."""
    for name in ("2020/gongyi.md", "2020/xiayi.txt", "2023/suqian.html"):
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RAW / name, raw / name)
    xiayi = (RAW / "2020" / "xiayi.txt").read_text(encoding="utf-8")
    _write(raw / "2020" / "xiayi_draft.txt", _changed(xiayi, "\t10\t2\t0", "\t16\t2\t0"))
    other = _changed(xiayi, "夏邑县", "云岭县")
    _write(raw / "2020" / "disputed.txt", _changed(other, "0\t0\t0\t1\t1\t1", "0\t0\t0\t1\t2\t1"))
    hostile = _changed(xiayi, "夏邑县", f"白溪{HOSTILE}县")
    _write(raw / "2020" / f"{HOSTILE_FILE}.txt", _changed(hostile, "\t10\t2\t0", f"\t{HOSTILE}\t2\t0"))
    suqian = (RAW / "2024" / "suqian.txt").read_text(encoding="utf-16")
    _write(raw / "2024" / "suqian.txt", suqian.replace("\n3440\n", "\n3490\n", 1))


def _changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_doubtful(raw: Path, printed: str, wrong: str) -> None:
    """夏邑, whose totals are sure, and 云岭, in which what is printed wrong leaves a total in doubt."""
    (raw / "2020").mkdir(parents=True)
    shutil.copy(RAW / "2020" / "xiayi.txt", raw / "2020")
    xiayi = (RAW / "2020" / "xiayi.txt").read_text(encoding="utf-8")
    _write(raw / "2020" / "doubtful.txt", _changed(_changed(xiayi, "夏邑县", "云岭县"), printed, wrong))


def stored_shelf(home: Path, store_layer: Callable[..., None]) -> Lake:
    """The reports under `home` / raw, and their lake beside them."""
    write_reports(home / "raw")
    return stored(home, store_layer, (2020, 2023, 2024))


def stored(home: Path, store_layer: Callable[..., None], years: Sequence[int]) -> Lake:
    """The lake of what lies in `home` / raw, beside it."""
    from gk_pipeline.definitions import STEPS

    lake = Lake(home / "lake", shipped_forms())
    for year in years:
        for step in STEPS:
            store_layer(step, lake, year, home / "raw")
    store_panel(lake, lambda *_: None)
    return lake
