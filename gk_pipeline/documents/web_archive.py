"""Pages saved with all that belongs to them in one file (.mht, .mhtml): the page, and the frames shown in it."""

from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from gk_pipeline.documents import html
from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.encoding import decode
from gk_pipeline.documents.reading import Reading
from gk_pipeline.quality.finding import Finding

MAX_PARTS = 5_000


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
    frames = [html.read(_content(page), expected) for page in _framed(decode(markup, expected).text, others, expected)]
    return replace(
        reading,
        blocks=(*reading.blocks, *(block for frame in frames for block in frame.blocks)),
        source_url=reading.source_url or root.get("Content-Location") or parts[0].get("Snapshot-Content-Location"),
        findings=(*reading.findings, *([_frames_follow(len(frames))] if frames else [])),
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


def _framed(markup: str, pages: Sequence[Message], expected: Sequence[str]) -> list[Message]:
    """The pages that the markup shows in frames, and those that these show, each once, in their order."""
    by_place = {place: page for page in pages for place in _places(page)}
    shown: dict[int, Message] = {}
    looked_at = [markup]
    for text in looked_at:
        sources = (node.attributes.get("src") for node in LexborHTMLParser(text).css("iframe, frame"))
        for page in [by_place[source] for source in sources if source is not None and source in by_place]:
            if id(page) not in shown:
                shown[id(page)] = page
                looked_at.append(decode(_content(page), expected).text)
    return list(shown.values())


def _places(page: Message) -> list[str]:
    """Under what addresses a frame may name a page."""
    identity = str(page.get("Content-ID") or "").strip("<> ")
    return [place for place in (page.get("Content-Location"), identity and f"cid:{identity}") if place]


def _frames_follow(frames: int) -> Finding:
    return Finding(
        "note",
        "frames_follow",
        f"The page shows {frames} other page(s) in frames; they are read after it, not where they are shown.",
        "Compare with the page if a table is missing or a sentence is out of place.",
    )
