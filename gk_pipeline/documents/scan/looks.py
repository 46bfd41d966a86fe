"""Several looks at each number of a page: what they agree on is sure, the rest is in doubt.

A recogniser of lines takes a lone 6 for a 9 and misses a lone 0; among others it hardly ever does. So digits that look
alike are read side by side, as one line, and again in the order of the page. Where the two disagree, the cell is read a
third time, repeated.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from gk_pipeline.documents.scan.figures import Figure
from gk_pipeline.documents.scan.model import recogniser
from gk_pipeline.documents.scan.upright import Grey

_HEIGHT, _DIGIT = 48, 32
"""Pixels of a line that is put together, and of a digit in it."""
_APART, _FAR = 8, 24
"""Pixels between digits, and between numbers."""
_IN_LINE = 12
"""Digits, or pixels of a line in digits' heights, that are read at once."""
_FEWEST = 4
"""Digits of a line: fewer are repeated."""
_SMALLER = 0.8
"""By how much the third look is smaller, so that it does not fail as the others do."""
_CHINESE = re.compile("[\u3400-\u4dff\u4e01-\u9fff]")
"""A Chinese character, but for 一, which may be a dash."""
_BEHIND = ".,:·'`\""
"""What dust behind a number looks like."""
_NUMBER = re.compile(r"[+-]?[0-9][0-9,.]*%?|[-/]")
"""What a figure says; where looks agree on nothing such, it is not read at all."""
_FEWEST_LOOKS = 2
"""A text that is seen only once is agreed on by half of them."""
_ALIKE = 0.88
"""Correlation from which two pictures are put side by side; it need not be the same digit."""
_LOOKS_LIKE = str.maketrans("oO○〇ＯlI|丨／—–－一", "00000" + "1111" + "/----")
"""Characters that look like a digit or a sign beside no other of their height."""


def plain(text: str) -> str:
    """A text with the digits it may mean."""
    return unicodedata.normalize("NFKC", text.translate(_LOOKS_LIKE)).strip().rstrip(_BEHIND)


class Seen(NamedTuple):
    """A text as recognised, and the share of looks at it that agree."""

    text: str
    confidence: float


def read_figures(rows: Sequence[Sequence[Figure]]) -> list[list[Seen | None]]:
    """What the figures of each row say; None where one holds Chinese characters."""
    figures = [figure for row in rows for figure in row]
    if not figures:
        return [[] for _ in rows]
    height = float(np.median([figure.picture.shape[0] for figure in figures]))
    in_order = [text for row in rows for text in _in_order(row, height)]
    numbers = [at for at, text in enumerate(in_order) if not _CHINESE.search(text)]
    alike = dict(zip(numbers, _alike([figures[at] for at in numbers], height), strict=True))
    seen: list[Seen | None] = [None] * len(figures)
    for at in numbers:
        looks = [plain(in_order[at]), alike[at]]
        if not looks[0] or looks[0] != looks[1]:
            looks.append(each_time(repeated(figures[at].picture, height)))
        said = agreed(looks)
        seen[at] = said if _NUMBER.fullmatch(said.text) else Seen("", 0.0)
    in_turn = iter(seen)
    return [[next(in_turn) for _ in row] for row in rows]


def agreed(looks: Sequence[str]) -> Seen:
    """What most looks at a text say; one at which nothing is recognised is none."""
    told = [look for look in looks if look]
    text, votes = Counter(told).most_common(1)[0] if told else ("", 0)
    return Seen(text, votes / max(len(told), _FEWEST_LOOKS))


def repeated(picture: Grey, height: float) -> list[str]:
    """What a picture says each time when it is repeated along a line."""
    scaled = _scaled(picture, height / _SMALLER)
    times = max(2, round(_FEWEST * _DIGIT / (2 * scaled.shape[1])))
    gap = _APART if scaled.shape[1] < _DIGIT else _FAR
    return _read([scaled] * times, gap)


def each_time(texts: Sequence[str]) -> str:
    """What is said each time; nothing where it is not the same."""
    said = {plain(text) for text in texts}
    return said.pop() if len(said) == 1 else ""


def _in_order(row: Sequence[Figure], height: float) -> list[str]:
    """Each number of a row, read as they stand beside each other."""
    found: list[str] = []
    line: list[Grey] = []
    for figure in row:
        scaled = _scaled(figure.picture, height)
        if line and sum(one.shape[1] + _FAR for one in (*line, scaled)) > _IN_LINE * _DIGIT:
            found += _read(line, _FAR)
            line = []
        line.append(scaled)
    return found + (_read(line, _FAR) if line else [])


def _alike(figures: Sequence[Figure], height: float) -> list[str]:
    """Each number, its digits read beside digits that look like them; nothing for one that is not parted."""
    pictures = [(number, one) for number, figure in enumerate(figures) for one in figure.characters]
    read: dict[int, str] = {}
    for group in _groups([one for _, one in pictures]):
        for start in range(0, len(group), _IN_LINE):
            part = group[start : start + _IN_LINE]
            line = part * -(-_FEWEST // len(part))
            texts = [plain(text) for text in _read([_scaled(pictures[at][1], height) for at in line], _APART)]
            for at in part:
                said = {text for other, text in zip(line, texts, strict=True) if other == at}
                read[at] = said.pop() if len(said) == 1 else ""
    texts = [""] * len(figures)
    unread = set()
    for at, (number, _) in enumerate(pictures):
        texts[number] += read[at]
        if len(read[at]) != 1:
            unread.add(number)
    return ["" if number in unread else text for number, text in enumerate(texts)]


def _groups(pictures: Sequence[Grey]) -> list[list[int]]:
    """Pictures that look alike, by number: each joins the first it resembles most."""
    leaders: list[NDArray[np.float32]] = []
    groups: list[list[int]] = []
    for number, picture in enumerate(pictures):
        shape = _shape(picture)
        likeness = [float(shape @ leader) for leader in leaders]
        best = int(np.argmax(likeness)) if likeness else -1
        if best >= 0 and likeness[best] > _ALIKE:
            groups[best].append(number)
        else:
            leaders.append(shape)
            groups.append([number])
    return groups


def _shape(picture: Grey) -> NDArray[np.float32]:
    """A picture in a form in which those of one digit are nearly parallel."""
    height, width = picture.shape
    wide = max(1, min(28, round(width * 24 / height)))
    small = cv2.resize(picture, (wide, 24), interpolation=cv2.INTER_AREA if height > 24 else cv2.INTER_CUBIC)
    canvas = np.full((28, 28), 255, np.uint8)
    canvas[2:26, (28 - wide) // 2 : (28 - wide) // 2 + wide] = small
    shape = cv2.GaussianBlur(canvas, (0, 0), 1).astype(np.float32)
    shape -= shape.mean()
    length = float(np.linalg.norm(shape))
    return (shape / length if length else shape).ravel()


def _scaled(picture: Grey, height: float) -> Grey:
    scale = min(_DIGIT / height, (_HEIGHT - 2) / picture.shape[0])
    size = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    return cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA).astype(np.uint8)


def _read(pictures: Sequence[Grey], gap: int) -> list[str]:
    """What each of the pictures says when they stand in one line."""
    line = np.full((_HEIGHT, sum(one.shape[1] + gap for one in pictures) + gap), 255, np.uint8)
    left = gap
    middles = []
    for one in pictures:
        top = (_HEIGHT - one.shape[0]) // 2
        line[top : top + one.shape[0], left : left + one.shape[1]] = one
        middles.append((left, left + one.shape[1]))
        left += one.shape[1] + gap
    texts = [""] * len(pictures)
    for letter in recogniser().read(line):
        beside = [max(start - letter.place, letter.place - end) for start, end in middles]
        texts[int(np.argmin(beside))] += letter.text
    return texts
