"""What a reader of one format returns: the part of a document that depends on the format."""

from dataclasses import dataclass

from gk_pipeline.documents.document import Block
from gk_pipeline.quality.finding import Finding


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks of a file in reading order, and what its format tells about it besides."""

    blocks: tuple[Block, ...]
    encoding: str | None = None
    title: str | None = None
    source_url: str | None = None
    findings: tuple[Finding, ...] = ()
