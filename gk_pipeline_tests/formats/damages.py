"""What may be the matter with a file, in each format where it may be."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from random import Random

from documents import pdf_paper, workbooks
from documents.pdf_sheets import pdf
from documents.word import revised
from openpyxl.cell.text import InlineFont
from tables.paper import Page

from formats import looks
from formats.written import FORMATS, archive, web_archive

Change = Callable[[bytes], bytes]

READ = "read"
OPEN = "open"
_ZIPPED = ("docx", "xlsx")
_GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Damage:
    """Something that is the matter with a file: `made` makes it, from the report on paper, in some formats.

    `suffix` is that of the file's name where it is not the format's. What must come of it is `read` (all numbers are
    right), `open` (what is lost stays open, nothing is wrong) or the code of the refusal, the same for all formats but
    the `others`.
    """

    name: str
    made: Mapping[str, Callable[[Page], bytes]]
    becomes: str
    suffix: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    def outcome(self, way: str) -> str:
        """What must come of it in a format."""
        return self.others.get(way, self.becomes)


def written(*ways: str) -> dict[str, Callable[[Page], bytes]]:
    return {way: FORMATS[way].write for way in ways if way in FORMATS}


def changed(change: Change, *ways: str) -> dict[str, Callable[[Page], bytes]]:
    """The report written, then the bytes changed."""
    return {way: lambda sheet, write=write: change(write(sheet)) for way, write in written(*ways).items()}


def _entities(raw: bytes) -> bytes:
    """The report with a part that defines entities of entities."""
    bomb = '<!DOCTYPE x [<!ENTITY a "12">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename in ("word/document.xml", "xl/worksheets/sheet1.xml"):
                content = (
                    content.replace(b"?>", f"?>{bomb}]>".encode(), 1)
                    if b"?>" in content
                    else (f'<?xml version="1.0"?>{bomb}]>'.encode() + content)
                )
            new.writestr(info.filename, content)
    return made.getvalue()


def _bomb(raw: bytes) -> bytes:
    """The report with a part of a gigabyte."""
    made = BytesIO(raw)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/media/image9.xml", "w") as member:
        for _ in range(1_000):
            member.write(b" " * (_GIGABYTE // 1_000))
    return made.getvalue()


def _nested(sheet: Page) -> bytes:
    return b"<div>" * 100_000 + FORMATS["html"].write(sheet)


def _nested_in_mht(sheet: Page) -> bytes:
    return web_archive(_nested(sheet).decode())


def _scripted(raw: bytes) -> bytes:
    return raw.replace(b"<table", b'<script src="http://127.0.0.1:9/x.js">document.write(1)</script><table', 1)


def _archived(way: str) -> Callable[[Page], bytes]:
    format_ = FORMATS[way]
    return lambda sheet: archive({f"report{format_.suffix}": format_.write(sheet)})


def _archived_twice(way: str) -> Callable[[Page], bytes]:
    return lambda sheet: archive({"2022.zip": _archived(way)(sheet)})


def _named_without_end(way: str) -> Callable[[Page], bytes]:
    return lambda sheet: archive({f"{'report' * 1_000}{FORMATS[way].suffix}": FORMATS[way].write(sheet)})


def _padded_archives(_: Page) -> bytes:
    """Twelve archives in one, each of 45 MB that no file of it accounts for."""
    raw, padding = archive({"report.txt": b"x"}), bytes(45_000_000)
    end = raw.rindex(b"PK\x05\x06")
    begins = int.from_bytes(raw[end + 16 : end + 20], "little")
    inner = raw[:begins] + padding + raw[begins : end + 16] + (begins + len(padding)).to_bytes(4, "little") + raw[-2:]
    return archive({f"{number}.zip": inner for number in range(12)})


def _attributes(sheet: Page) -> bytes:
    crowded = "<body " + " ".join(f"a{number}=1" for number in range(300_000)) + ">"
    return crowded.encode() + FORMATS["html"].write(sheet)


DAMAGES: tuple[Damage, ...] = (
    Damage("as written", written(*FORMATS), READ),
    Damage("a suffix that is none", written(*(way for way in FORMATS if way != "csv")), READ, suffix=".2022"),
    Damage("in a ZIP archive", {way: _archived(way) for way in FORMATS}, READ, suffix=".zip"),
    Damage("in an archive in an archive", {way: _archived_twice(way) for way in FORMATS}, READ, suffix=".zip"),
    Damage(
        "in an archive, by a name longer than any",
        {way: _named_without_end(way) for way in FORMATS},
        "name_too_long",
        suffix=".zip",
    ),
    Damage(
        "pages so small that a table runs over four",
        {"pdf": lambda sheet: pdf_paper.ruled(sheet, pdf_paper.SMALL)},
        READ,
    ),
    Damage("across the page", {"pdf": lambda sheet: pdf_paper.ruled(sheet, pdf_paper.A4_ACROSS)}, READ),
    Damage(
        "a running head and page numbers",
        {"pdf": lambda sheet: pdf_paper.ruled(sheet, running="某县人民政府")},
        READ,
    ),
    Damage(
        "changes that nobody has accepted, automatic numbers",
        {"docx": lambda sheet: revised(sheet, Random(7))},
        READ,
    ),
    Damage(
        "a sheet for each table",
        {
            "xlsx": lambda sheet: workbooks.xlsx(workbooks.a_sheet_a_table(sheet)),
            "xls": lambda sheet: workbooks.xls(workbooks.a_sheet_a_table(sheet)),
        },
        READ,
    ),
    Damage(
        "numbers stored as text",
        {
            "xlsx": lambda sheet: workbooks.xlsx(workbooks.in_one_sheet(sheet), workbooks.texts),
            "xls": lambda sheet: workbooks.xls(workbooks.in_one_sheet(sheet), workbooks.texts),
        },
        READ,
    ),
    Damage(
        "figures beside a number that nobody sees",
        {
            "html": looks.html("{}<span style='opacity:0'>1</span>".format),
            "mht": looks.mht("{}<span style='opacity:0'>1</span>".format),
            "pdf": looks.pdf("{}<font color='white'>1</font>".format),
            "docx": looks.docx(("", None), ('<w:color w:val="FFFFFF"/>', "1")),
            "xlsx": looks.rich(InlineFont(color="FFFFFFFF"), behind="1"),
        },
        READ,
    ),
    Damage(
        "a number struck out before another",
        {
            "html": looks.html("<s>1935</s>{}".format),
            "mht": looks.mht("<s>1935</s>{}".format),
            "pdf": looks.pdf("<strike>1935</strike>{}".format),
            "docx": looks.docx(("<w:strike/>", "1935"), ("", None)),
            "xlsx": looks.rich(InlineFont(strike=True), before="1935"),
        },
        READ,
    ),
    Damage(
        "a number that is struck out, and none in its stead",
        {
            "html": looks.html("<s>{}</s>".format),
            "mht": looks.mht("<s>{}</s>".format),
            "pdf": looks.pdf("<strike>{}</strike>".format),
            "docx": looks.docx(("<w:strike/>", None)),
            "xlsx": looks.xlsx(looks.struck_cell),
        },
        OPEN,
    ),
    Damage(
        "a raised figure behind a number, as of a footnote",
        {
            "html": looks.html("{}<sup>1</sup>".format),
            "mht": looks.mht("{}<sup>1</sup>".format),
            "pdf": looks.pdf("{}<super rise='2' size='5'>1</super>".format),
            "docx": looks.docx(("", None), ('<w:position w:val="8"/>', "1")),
            "xlsx": looks.rich(InlineFont(vertAlign="superscript"), behind="1"),
        },
        READ,
    ),
    Damage(
        "a lowered figure behind a number",
        {
            "html": looks.html("{}<sub>1</sub>".format),
            "mht": looks.mht("{}<sub>1</sub>".format),
            "pdf": looks.pdf("{}<sub rise='1' size='5'>1</sub>".format),
            "docx": looks.docx(("", None), ('<w:vertAlign w:val="subscript"/>', "1")),
            "xlsx": looks.rich(InlineFont(vertAlign="subscript"), behind="1"),
        },
        OPEN,
    ),
    Damage(
        "rows or columns that are hidden",
        {
            "html": looks.html("{}</td><td style='display:none'>7".format),
            "mht": looks.mht("{}</td><td style='display:none'>7".format),
            "docx": looks.with_hidden_row,
            "xlsx": looks.xlsx(looks.hidden_column),
        },
        READ,
    ),
    Damage(
        "a number format that shows what is stored",
        {"xlsx": looks.formatted('[>=10000]0!.0,"万";#,##0"件"')},
        READ,
    ),
    Damage("a number format that is not understood", {"xlsx": looks.formatted("0.00E+00")}, OPEN),
    Damage("formulas without results", {"xlsx": looks.xlsx(looks.uncalculated)}, OPEN),
    Damage("scripts and links to elsewhere", changed(_scripted, "html"), READ),
    Damage(
        "cut off in the middle",
        changed(lambda raw: raw[: len(raw) // 2], *FORMATS),
        "damaged",
        others={
            **dict.fromkeys(("text", "markdown", "html", "mht", "csv"), OPEN),
            "doc": "no_reader",
            "xls": "no_reader",
        },
    ),
    Damage(
        "the first half missing",
        changed(lambda raw: raw[len(raw) // 2 :], *FORMATS),
        "not_text",
        others={
            **dict.fromkeys(("text", "markdown", "html", "csv"), OPEN),
            **dict.fromkeys(("mht", "pdf", "pdf-plain"), "no_report"),
        },
    ),
    Damage("nothing in it", changed(lambda _: b"", *FORMATS), "empty"),
    Damage("locked with a password", {"pdf": lambda _: pdf(lambda page: None, password="secret")}, "encrypted"),
    Damage("entities of entities", changed(_entities, *_ZIPPED), "entities"),
    Damage("a part that unpacks to a gigabyte", changed(_bomb, *_ZIPPED), "too_large", others={"docx": READ}),
    Damage("archives in an archive, of half a gigabyte", {"text": _padded_archives}, "archive_too_large", ".zip"),
    Damage("300,000 attributes on an element", {"html": _attributes}, "too_many_attributes"),
    Damage("elements nested without end", {"html": _nested, "mht": _nested_in_mht}, "too_deep"),
)
