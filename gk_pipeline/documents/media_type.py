"""What kind of file it is: by its first bytes, and by its suffix only where those leave it open."""

import re
from pathlib import PurePath

NAMES = {
    "text/plain": "plain text",
    "text/markdown": "Markdown",
    "text/csv": "a sheet as text (.csv)",
    "text/html": "a web page",
    "text/xml": "XML",
    "text/rtf": "RTF",
    "multipart/related": "a web archive (MHTML)",
    "application/pdf": "PDF",
    "application/msword": "Word 97-2003 (.doc)",
    "application/vnd.ms-excel": "Excel 97-2003 (.xls)",
    "application/x-encrypted-office": "an Office file with a password",
    "application/x-ole-storage": "an Office 97-2003 or WPS file",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (.docx)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (.xlsx)",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint (.pptx)",
    "application/vnd.oasis.opendocument.text": "OpenDocument text (.odt)",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument sheet (.ods)",
    "application/ofd": "OFD",
    "application/zip": "a ZIP archive",
    "application/gzip": "a gzip archive",
    "application/vnd.rar": "a RAR archive",
    "application/x-7z-compressed": "a 7z archive",
    "image/png": "a PNG picture",
    "image/jpeg": "a JPEG picture",
    "image/gif": "a GIF picture",
    "image/bmp": "a BMP picture",
    "image/tiff": "a TIFF picture",
    "image/webp": "a WebP picture",
}
"""Every media type that `media_type` returns, in words."""
SHEETS = frozenset(
    ("application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv")
)
"""Those of workbooks: what is a page elsewhere is a sheet in them."""

_HEAD = 1 << 16
_MAIL_HEADER = 1 << 12
_MAGIC = (
    (re.compile(rb"\x89PNG\r\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), "image/bmp"),
    (re.compile(rb"II\*\0|MM\0\*"), "image/tiff"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"\x1f\x8b\x08"), "application/gzip"),
    (re.compile(rb"Rar!\x1a\x07"), "application/vnd.rar"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "application/x-7z-compressed"),
    (re.compile(rb"\s*\{\\rtf"), "text/rtf"),
)
_PDF = b"%PDF-"
_PDF_BEGINS = 1024
_ZIP = b"PK\x03\x04"
_ZIP_MEMBERS = (
    (b"word/document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
    (b"OFD.xml", "application/ofd"),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_STREAMS = (
    ("EncryptedPackage".encode("utf-16-le"), "application/x-encrypted-office"),
    ("WordDocument".encode("utf-16-le"), "application/msword"),
    ("Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]")
_MAIL_CONTENT = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.MULTILINE)
_TABLE = re.compile(rb"<(?:table|tr|td)[\s>]")
_PAGE_PARTS = re.compile(rb"<(?:div|p|br|span)[\s/>]")
_SUFFIXES = {".html": "text/html", ".htm": "text/html", ".shtml": "text/html", ".xhtml": "text/html",
             ".md": "text/markdown", ".markdown": "text/markdown",
             ".csv": "text/csv"}  # fmt: skip


def media_type(raw: bytes, name: str) -> str:
    """The media type of the bytes of a file called `name`; plain text where nothing else is recognised."""
    if _PDF in raw[: _PDF_BEGINS + len(_PDF) - 1]:
        return "application/pdf"
    for magic, kind in _MAGIC:
        if magic.match(raw):
            return kind
    if raw.startswith(_ZIP):
        return next((kind for member, kind in _ZIP_MEMBERS if member in raw), "application/zip")
    if raw.startswith(_OLE2):
        return next((kind for stream, kind in _OLE2_STREAMS if stream in raw), "application/x-ole-storage")
    # Without its NULs the markup of a UTF-16 page reads like that of any other.
    return _text_type(raw[:_HEAD].replace(b"\0", b"").lower(), PurePath(name).suffix.lower())


def _text_type(head: bytes, suffix: str) -> str:
    by_suffix = _SUFFIXES.get(suffix, "text/plain")
    if b"mime-version:" in head[:_MAIL_HEADER] and _MAIL_CONTENT.search(head[:_MAIL_HEADER]):
        return "multipart/related"
    if by_suffix == "text/html" or _PAGE.search(head):
        return "text/html"
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml"):
        return "text/xml"
    if by_suffix == "text/plain" and _TABLE.search(head):
        return "text/html" if _PAGE_PARTS.search(head) else "text/markdown"
    return by_suffix
