"""The characters that a run of a Word file shows."""

import re

from gk_pipeline.documents.document import Block

_WORD = re.compile(r"[^\W\d_]")
_CONTROLS = dict.fromkeys((*range(0x20), 0x7F, 0x85, 0x2028, 0x2029), " ") | {0xAD: None}


def symbol(font: str, code: str) -> str:
    """A character given by its code; fonts of symbols keep theirs in an area of private use.

    There the font Symbol has digits and signs where ASCII has them, and other fonts have pictures.
    """
    try:
        number = int(code[:6], 16)
    except ValueError:
        return "\N{REPLACEMENT CHARACTER}"
    if 0xF020 <= number < 0xF040 and font == "Symbol":
        number -= 0xF000
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else "\N{REPLACEMENT CHARACTER}"


def shown(characters: str) -> str:
    """The characters of a run: line breaks and tabs are elements of their own, so that here they are blanks."""
    return characters if characters.isprintable() else characters.translate(_CONTROLS)


def numbered(number: str, written: str) -> str:
    """A paragraph behind its number; two blanks keep figures apart, of which one would part the thousands of a number.

    Word sets a tab there, but a tab would make a row of a table of it.
    """
    return f"{number}  {written}" if number and not _WORD.match(written) else number + written


def blocks_of(text: str) -> list[Block]:
    """A paragraph for each line that is not blank."""
    return [Block(text=line) for line in map(str.strip, text.split("\n")) if line]
