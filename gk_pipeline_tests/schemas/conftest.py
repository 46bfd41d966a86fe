"""A small valid batch: files of a year and of the one before, read by the real stages; every status occurs."""

import shutil

import pytest
from ways import FIXTURES, panel_of, through_stages

from gk_pipeline.forms import Form, load_forms
from gk_pipeline.schemas.catalog import Batch

REPORT = """{place}图书馆{year}年政府信息公开工作年度报告
{overview}
全年开放三百余天。全年借阅图书六百零五册，比上年增加15册，少儿占总数的33.5%，服务收入1.56万元。
全年购入图书90册，其中文学50册、科普{bought}册。
二、图书借阅情况
图书类别\t成人借阅册数\t少儿借阅册数\t借阅总册数
文学艺术类图书\t{literature}
{science_label}\t{science}
各类图书合计\t{all_books}
三、服务收入情况
收入类别\t收入金额（单位：万元）
图书逾期收入\t{fines}
资料复印收入\t{copies}
服务收入合计\t{all_income}
"""

LAWFUL = {
    "place": "云岭县",
    "year": 2027,
    "overview": "一、总体情况",
    "literature": "310\t128\t438",
    "science_label": "科学普及类图书",
    "science": "92\t75\t167",
    "all_books": "402\t203\t605",
    "fines": "0.35",
    "copies": "1.2081",
    "all_income": "1.56",
    "bought": 40,
}

REPORTS = {
    "lawful": {},
    "blank": {"place": "青溪县", "literature": "310\t\t438"},
    "wrong": {"place": "白水县", "literature": "310\t75\t385", "science": "92\t128\t221"},
    "doubtful": {"place": "松江县", "bought": 48, "literature": "311\t128\t439"},
    "lost": {"place": "明珠县", "science": "92\t75", "fines": "—", "copies": "/", "overview": "概况"},
    "words": {"place": "柳河县", "fines": "无", "science_label": "未分类图书"},
    "other_year": {"place": "清泉县", "year": 2026},
    "corrected": {"place": "绿洲县", "literature": "310\t128\t348", "all_books": "402\t203\t605"},
    "again": {"place": "青溪县", "literature": "311\t128\t439", "all_books": "403\t203\t606"},
}

LAST_YEAR = {
    "lawful": {"literature": "92\t75\t167", "science": "310\t128\t438"},
    "doubtful": {"place": "松江县", "literature": "92\t75\t167", "science": "310\t128\t438"},
    "wrong": {"place": "白水县", "literature": "92\t128\t220", "science": "310\t75\t385"},
    "corrected": {"place": "绿洲县", "literature": "182\t75\t257", "science": "220\t128\t348"},
    "other_form": {"place": "柳河县", "fines": "无"},
}
"""What some of them printed the year before."""


@pytest.fixture(scope="session")
def toy() -> tuple[Form, ...]:
    return load_forms(FIXTURES / "toy_form")


@pytest.fixture(scope="session")
def whole_year(toy: tuple[Form, ...], tmp_path_factory: pytest.TempPathFactory) -> Batch:
    folder = tmp_path_factory.mktemp("raw") / "2027"
    folder.mkdir()
    for name, said in REPORTS.items():
        (folder / f"{name}.txt").write_text(REPORT.format(**LAWFUL | said), encoding="utf-8")
    a_cell_a_line = REPORT.format(**LAWFUL).replace("\t", "\n")
    (folder / "lines.txt").write_text(a_cell_a_line, encoding="utf-8")
    shutil.copy(folder / "lawful.txt", folder / "copy.txt")
    (folder / "junk.txt").write_bytes(bytes(range(256)) * 40)
    last = folder.with_name("2026")
    last.mkdir()
    for name, said in LAST_YEAR.items():
        (last / f"{name}.txt").write_text(REPORT.format(**LAWFUL | {"year": 2026} | said), encoding="utf-8")
    years = {2026: through_stages(last, 2026, toy), 2027: through_stages(folder, 2027, toy)}
    return years[2027] | panel_of(years, toy, 2027)


@pytest.fixture
def batch(whole_year: Batch) -> Batch:
    """The batch, for a test to spoil."""
    return dict(whole_year)
