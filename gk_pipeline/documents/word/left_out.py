"""What is in a Word file and was not read."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from gk_pipeline.documents.seen import Unseen
from gk_pipeline.quality.finding import Finding


@dataclass(slots=True)
class LeftOut:
    """What is in a file and not among its blocks."""

    deletions: int = 0
    """Tracked changes that delete something; `deleted` is what the first deletes."""
    deleted: str = ""
    unseen: Unseen = field(default_factory=Unseen)
    pictures: int = 0
    embedded: int = 0
    """Other documents that Word would show as a part of this one."""

    def findings(self) -> Iterator[Finding]:
        """What a person should know of it."""
        if self.deletions:
            yield Finding(
                "note",
                "tracked_changes",
                f"The file keeps {self.deletions} deletion(s) as tracked changes; it was read with all accepted.",
                "Accept or reject the changes and save the file, so that everybody sees the same text.",
                self.deleted[:80],
            )
        yield from self.unseen.findings("The file")
        if self.pictures:
            yield Finding(
                "note",
                "pictures_left_out",
                f"The file holds {self.pictures} picture(s); what they show was not read.",
                "If a table of the report is a picture, type it in, or save the picture as a file of its own.",
            )
        if self.embedded:
            yield Finding(
                "warning",
                "embedded_left_out",
                f"The file refers to {self.embedded} other document(s) to be shown in it; they were not read.",
                "Open it in Word and save it as .docx anew: that takes their text in.",
            )
