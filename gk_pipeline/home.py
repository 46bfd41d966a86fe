"""Where everything lies: one folder that holds the reports, people's corrections, the lake and the database."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

_YEAR = re.compile(r"20\d\d")


def data_home() -> Path:
    """The folder that GK_DATA names, else `data` under the current one."""
    return Path(os.environ.get("GK_DATA", "data"))


class NoSuchYears(ValueError):
    """The years asked for cannot be read; the message says what to write or where to put reports."""


def chosen_years(asked: str | None, raw: Path) -> list[int]:
    """The years of `2020`, `2019-2024` or `2020,2023`; all year folders when nothing is asked.

    Raises NoSuchYears when the words are no years, or when there is no folder for a year asked for.
    """
    there = sorted(int(folder.name) for folder in raw.glob("*") if folder.is_dir() and _YEAR.fullmatch(folder.name))
    if not there:
        raise NoSuchYears(f"{raw} has no year folders. Put reports in {raw}/<year>/, such as {raw}/2023/.")
    return there if asked is None else years_among(asked, there, f"{raw} has no folder for")


def years_among(asked: str, there: Sequence[int], absent: str) -> list[int]:
    """The years of `2020`, `2019-2024` or `2020,2023` that are `there`.

    Raises NoSuchYears when the words are no years, or name none of these; `absent` begins that message.
    """
    years: list[int] = []
    for part in asked.split(","):
        first, dash, last = part.strip().partition("-")
        last = last if dash else first
        if not _YEAR.fullmatch(first) or not _YEAR.fullmatch(last):
            raise NoSuchYears(f"{part.strip()!r} is no report year. Write 2020, 2019-2024 or 2020,2023.")
        if int(first) > int(last):
            raise NoSuchYears(f"{part.strip()} runs backwards. Write {last}-{first}.")
        span = [year for year in range(int(first), int(last) + 1) if year in there]
        if not span:
            raise NoSuchYears(f"{absent} {part.strip()}; there are {', '.join(map(str, there))}.")
        years += span
    return sorted(set(years))
