"""Pages saved with all that belongs to them in one file (.mht, .mhtml): the page, and the frames shown in it."""

from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from itertools import islice
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from gk_pipeline.documents import html
from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.encoding import decode
from gk_pipeline.documents.html_bounds import check_markup
from gk_pipeline.documents.html_tree import is_shown
from gk_pipeline.documents.reading import Reading
from gk_pipeline.quality.finding import Finding

MAX_PARTS = 5_000

_MOST_NAMED = 3
_MOST_SHOWN = 300
"""Characters of addresses that a finding shows."""


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """The page of a web archive; frames of it that the archive holds follow its own text, each with a finding."""
    parts = _parts(raw)
    pages = _pages(parts)
    if not pages:
        raise Unreadable(
            "no_page", "The web archive holds no page.", "Open it in a browser and save it as a complete web page."
        )
    root, *others = pages
    markup = _content(root)
    reading = html.read(markup, expected)
    framed = _framed(root, others, expected)
    frames = [html.read(_content(page), expected) for page in framed]
    unused = [page for page in others if page not in framed]
    return replace(
        reading,
        blocks=(*reading.blocks, *(block for frame in frames for block in frame.blocks)),
        source_url=reading.source_url or root.get("Content-Location") or parts[0].get("Snapshot-Content-Location"),
        findings=(
            *reading.findings,
            *([_frames_follow(len(frames))] if frames else []),
            *([_not_shown(unused)] if unused else []),
        ),
    )


def _parts(raw: bytes) -> list[Message]:
    """The archive itself and all in it; raises `Unreadable`."""
    try:
        parts = list(islice(message_from_bytes(raw).walk(), MAX_PARTS + 1))
    except RecursionError as error:
        raise Unreadable(
            "too_deep", "The web archive nests archives without end.", "Save the page anew with a browser."
        ) from error
    if len(parts) > MAX_PARTS:
        raise Unreadable(
            "too_many_parts",
            f"The web archive has more than {MAX_PARTS:,} parts; no report comes near that.",
            "Save the page of the report alone.",
        )
    return parts


def _pages(parts: Sequence[Message]) -> list[Message]:
    """The HTML parts, the one that is opened first at the head."""
    start = parts[0].get_param("start")
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    return sorted(pages, key=lambda page: start is None or page.get("Content-ID") != start)


def _content(page: Message) -> bytes:
    content = page.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _framed(root: Message, pages: Sequence[Message], expected: Sequence[str]) -> list[Message]:
    """The pages that a page shows in frames, and those that these show, each once, in their order."""
    base = _address(root, "")
    by_place = {place: page for page in pages for place in _places(page, base)}
    shown: list[Message] = []
    looked_at = [root]
    for showing in looked_at:
        markup = decode(_content(showing), expected).text
        check_markup(markup)
        address = _address(showing, base)
        for node in LexborHTMLParser(markup).css("iframe, frame"):
            page = by_place.get(_resolved(address, node.attributes.get("src") or ""))
            if page is not None and page not in shown and is_shown(node):
                shown.append(page)
                looked_at.append(page)
    return shown


def _places(page: Message, base: str) -> list[str]:
    """Under what addresses a frame may name a page."""
    identity = str(page.get("Content-ID") or "").strip("<> ")
    return [place for place in (_address(page, base), identity and f"cid:{identity}") if place]


def _address(page: Message, base: str) -> str:
    """Where a page says it is from, as seen from the page that is opened first; empty if it does not say."""
    place = str(page.get("Content-Location") or "").strip()
    return _resolved(base, place) if place else ""


def _resolved(base: str, address: str) -> str:
    """The address that one on a page at `base` means."""
    try:
        return urljoin(base, address.strip()) if address.strip() else ""
    except ValueError:  # no address at all
        return address


def _frames_follow(frames: int) -> Finding:
    return Finding(
        "note",
        "frames_follow",
        f"The page shows {frames} other page(s) in frames; they are read after it, not where they are shown.",
        "Compare with the page if a table is missing or a sentence is out of place.",
    )


def _not_shown(pages: Sequence[Message]) -> Finding:
    named = ", ".join(next(iter(_places(page, "")), "one without an address") for page in pages[:_MOST_NAMED])
    return Finding(
        "note",
        "pages_not_shown",
        f"The file holds {len(pages)} other page(s) that the page it opens with does not show; they were not read.",
        "If the report is one of them, open it alone in a browser and save that page.",
        named[:_MOST_SHOWN],
    )
