"""A report as one run of letters and digits, in which labels are found however they were torn, spaced or punctuated."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from gk_pipeline.documents.document import Block
from gk_pipeline.sections.page_feet import page_feet

_COMPATIBILITY = (range(0x2460, 0x2500), range(0x2E80, 0x2FE0), range(0x3200, 0x3400), range(0xF900, 0xFB00))
_WIDE = range(0xFF01, 0xFFEF)
_BETWEEN_PIPES = re.compile(r"[^|｜]+")
_SHORT = 40
"""Letters up to which a text may be a label or a cell, which are printed alike in many reports."""
_GAP = re.compile(r"[\W_]+")
_LETTERS_AND_BREAKS = re.compile(r"[\w\n]+")
_PINYIN = re.compile(r"[（(](?<=[\u4e00-\u9fff].) ?[a-zà-ǜɡ][a-zà-ǜɡ'’ ]{0,40}[)）]")


def _plain(code: int) -> str | None:
    """The one letter or digit a compatibility character stands for: １ and ⑴ are 1, ㈠ is 一."""
    letters = [char for char in unicodedata.normalize("NFKC", chr(code)) if char.isalnum()]
    return letters[0] if len(letters) == 1 else None


_TRADITIONAL = (
    "於業舉會體條範內務動區決減執報護開強當應總無數構機權沒為現類係糾納組織經結繼續維繳罰責詢計許認議訟訪訴說請購費"
    "規轉過進這還遞關項題額問間門國處複復證實極釋協後據屬廢與況產個審並從"
)
_SIMPLIFIED = (
    "于业举会体条范内务动区决减执报护开强当应总无数构机权没为现类系纠纳组织经结继续维缴罚责询计许认议讼访诉说请购费"
    "规转过进这还递关项题额问间门国处复复证实极释协后据属废与况产个审并从"
)
_PLAIN: dict[str, str] = {
    **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)),
    **{chr(code): one for span in (*_COMPATIBILITY, _WIDE) for code in span if (one := _plain(code)) is not None},
}
"""Compatibility and traditional characters and the plain one each stands for; one to one, so positions stay true."""
_COMPATIBLE = re.compile(f"[{''.join(_PLAIN)}]")


def plain(text: str) -> str:
    """The text with plain characters; few are any other, and `str.translate` is slow where it has nothing to do."""
    return _COMPATIBLE.sub(lambda char: _PLAIN[char[0]], text)


def squeeze(text: str) -> str:
    """The letters and digits of a text, plain and without anything between them."""
    return _GAP.sub("", plain(without_pinyin(text)))


def without_pinyin(text: str) -> str:
    """The text with blanks for the letters that tell, in brackets, how a character is read."""
    return _PINYIN.sub(_blanks, text) if _PINYIN.search(text) else text


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


class Piece(NamedTuple):
    """What a page shows as one thing: a paragraph, a part of one between pipes, or a cell of a grid.

    `offset` is where `text` starts in the block's (or the cell's) text, `run_offset` where it starts when a grid's
    cells are run together. `row` and `column` are None outside grids.
    """

    block: int
    text: str
    offset: int
    run_offset: int
    page: int | None
    line: int | None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1
    spans_known: bool = False
    confidence: float | None = None


def _letters_in(text: str) -> Sequence[int]:
    """Which characters of a text are letters and digits."""
    if text.isalnum():
        return range(len(text))
    return [at for at, char in enumerate(plain(without_pinyin(text))) if char.isalnum()]


_letters_of_cell = lru_cache(maxsize=8192)(_letters_in)

_piece = partial(tuple.__new__, Piece)
"""A piece of its fields: the shortest way to make as many as there are lines and cells."""


def pieces_of(blocks: Sequence[Block], first: int, last: int) -> list[Piece]:
    """The pieces of blocks `first` to `last`, in reading order; pipes of a paragraph only separate.

    What only counts the pages is none.
    """
    pieces: list[Piece] = []
    feet = page_feet(blocks, first, last)
    for number in range(first, last + 1):
        if number in feet:
            continue
        text, _, _, page, line, _, confidence = block = blocks[number]
        if text is None:
            pieces += _cells(number, block)
        elif "|" not in text and "｜" not in text:
            pieces.append(_piece((number, text, 0, 0, page, line, None, None, 1, 1, False, confidence)))
        elif text.strip("|｜"):
            pieces += [
                _piece((number, part, match.start(), match.start(), page, line, None, None, 1, 1, False, confidence))
                for match in _BETWEEN_PIPES.finditer(text)
                if not (part := match[0]).isspace()
            ]
    return pieces


def _cells(number: int, grid: Block) -> Iterator[Piece]:
    run = 0
    page, spans_known = grid.page, grid.spans_known
    for row, column, row_span, column_span, text, line, _, confidence in grid.cells:
        place = (page, line, row, column, row_span, column_span)
        yield _piece((number, text, 0, run, *place, spans_known, confidence))
        run += len(text)


class Stream:
    """The letters and digits of some pieces, with the way back to where each stands.

    `lines` are the texts of the pieces, `text` is the squeezed run; `piece_at` gives for each piece the position at
    which it begins in it.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.lines = tuple([piece.text for piece in pieces])
        page = without_pinyin("\n".join(self.lines))
        if page.count("\n") >= len(pieces):
            page = without_pinyin("\n".join([line.replace("\n", " ") for line in self.lines]))
        squeezed = "".join(_LETTERS_AND_BREAKS.findall(plain(page).replace("_", " ")))
        self.text = squeezed.replace("\n", "")
        self.piece_at = list(accumulate(map(len, squeezed.split("\n")), initial=0))[: len(pieces)]
        self._letters: dict[int, Sequence[int]] = {}

    @cached_property
    def starts(self) -> frozenset[int]:
        """Positions at which a new piece begins, and the end of the text."""
        return frozenset((*self.piece_at, len(self.text)))

    @cached_property
    def has_row_spans(self) -> bool:
        """Whether some cell of a grid runs over several rows."""
        return any(piece.row_span > 1 for piece in self.pieces)

    def place(self, position: int) -> tuple[int, int]:
        """The piece and the character in its text of a position; the end of the text is the end of the last piece."""
        if position >= len(self.text):
            return len(self.pieces) - 1, len(self.pieces[-1].text) if self.pieces else 0
        piece = bisect_right(self.piece_at, position) - 1
        letters = self._letters.get(piece) or self._letters_of(piece)
        return piece, letters[position - self.piece_at[piece]]

    def position(self, piece: int, char: int) -> int:
        """The position of the first letter or digit at or after a character of a piece."""
        return self.piece_at[piece] + bisect_left(self._letters_of(piece), char)

    def _letters_of(self, piece: int) -> Sequence[int]:
        """Which characters of a piece are letters and digits; of most pieces nobody asks."""
        text = self.lines[piece]
        letters = self._letters[piece] = _letters_of_cell(text) if len(text) <= _SHORT else _letters_in(text)
        return letters

    def printed(self, start: int, end: int) -> str:
        """The text as printed from one position to another, a line a piece."""
        first, low = self.place(start)
        last, high = self.place(end)
        texts = [piece.text for piece in self.pieces[first : last + 1]]
        if texts:
            texts[-1] = texts[-1][:high]
            texts[0] = texts[0][low:]
        return "\n".join(texts)
