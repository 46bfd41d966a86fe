"""Office files that only a password opens: nothing of them is read."""

from collections.abc import Sequence

from gk_pipeline.documents.office_package import encrypted
from gk_pipeline.documents.reading import Reading


def read(raw: bytes, expected: Sequence[str]) -> Reading:  # noqa: ARG001
    """Refuse the file, with what to do."""
    raise encrypted()
