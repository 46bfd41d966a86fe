"""What may happen to the bytes of a document: in transfer, in an editor, by malice."""

import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

_DIGITS = re.compile(r"\d+")
_JUNK = (
    "\0",
    "\ufffd",
    "\u202e",
    "９",
    "㈠",
    "１",
    "-",
    "—",
    "/",
    "无",
    " ",
    "\t",
    "\n",
    "|",
    "<td>",
    "</td>",
    "</tr>",
    "<tr>",
)


def mutated(raw: bytes, chance: Random) -> bytes:
    """The document with one to three things done to it, to its bytes or to the text that they carry."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        raw = chance.choice((_in_text, _in_text, _in_text, _in_bytes))(raw, chance)
    return raw


def _in_bytes(raw: bytes, chance: Random) -> bytes:
    if not raw:
        return raw
    start = chance.randrange(len(raw))
    end = min(len(raw), start + chance.choice((1, 2, 16, 256, 4096)))
    other = chance.randrange(len(raw))
    return chance.choice(
        (
            raw[:start],
            raw[start:],
            raw[:start] + raw[end:],
            raw[:end] + raw[start:],
            raw[:other] + raw[start:end] + raw[other:],
            raw[:start] + bytes(chance.randrange(256) for _ in range(end - start)) + raw[end:],
            raw[:start] + bytes([raw[start] ^ 1 << chance.randrange(8)]) + raw[start + 1 :],
            raw[:start] + b"\0" * (end - start) + raw[end:],
        )
    )


def _in_text(raw: bytes, chance: Random) -> bytes:
    """A change of the text: of a member's where the document is an archive, whose checksums stay right."""
    if raw.startswith(b"PK\x03\x04"):
        return _in_member(raw, chance)
    encoding = "utf-8" if _is_utf8(raw) else "latin-1"
    return change(raw.decode(encoding), chance).encode(encoding, "surrogatepass" if encoding == "utf-8" else "replace")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _in_member(raw: bytes, chance: Random) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = [(info, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError, EOFError):
        return _in_bytes(raw, chance)
    if not members:
        return raw
    chosen = chance.choices(members, [len(content) + 1 for _, content in members])[0][0]
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in members:
            archive.writestr(info.filename, _in_text(content, chance) if info is chosen else content)
    return made.getvalue()


def change(text: str, chance: Random) -> str:
    """The text with one change."""
    return chance.choice(_CHANGES)(text, chance) if text else text


def _another_digit(text: str, chance: Random) -> str:
    return _at_number(text, chance, lambda number: _with_digit(number, chance))


def _lost_digit(text: str, chance: Random) -> str:
    return _at_number(text, chance, lambda number: number[1:] if chance.random() < 0.5 else number[:-1])


def _lost_number(text: str, chance: Random) -> str:
    return _at_number(text, chance, lambda _: "")


def _doubled_number(text: str, chance: Random) -> str:
    return _at_number(text, chance, lambda number: number + chance.choice(("", " ", "\t", "\n")) + number)


def _junk(text: str, chance: Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_JUNK) + text[at:]


def _lost_span(text: str, chance: Random) -> str:
    start, end = _span(text, chance)
    return text[:start] + text[end:]


def _moved_span(text: str, chance: Random) -> str:
    start, end = _span(text, chance)
    rest, at = text[:start] + text[end:], chance.randrange(len(text))
    return rest[:at] + text[start:end] + rest[at:]


def _doubled_span(text: str, chance: Random) -> str:
    start, end = _span(text, chance)
    return text[:end] + text[start:]


def _lost_line(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _exchanged_lines(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _cut(text: str, chance: Random) -> str:
    return text[: chance.randrange(len(text))]


_CHANGES: Sequence[Callable[[str, Random], str]] = (
    _another_digit,
    _lost_digit,
    _lost_number,
    _doubled_number,
    _junk,
    _lost_span,
    _moved_span,
    _doubled_span,
    _lost_line,
    _exchanged_lines,
    _cut,
)


def _span(text: str, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(text))
    return start, min(len(text), start + chance.choice((1, 3, 10, 50, 300)))


def _at_number(text: str, chance: Random, replacement: Callable[[str], str]) -> str:
    numbers = list(_DIGITS.finditer(text))
    if not numbers:
        return text
    found = chance.choice(numbers)
    return text[: found.start()] + replacement(found[0]) + text[found.end() :]


def _with_digit(number: str, chance: Random) -> str:
    at = chance.randrange(len(number))
    return number[:at] + chance.choice("0123456789") + number[at + 1 :]
