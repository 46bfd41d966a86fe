"""Why an office file is not read, in words that are the same for all its kinds."""

from gk_pipeline.documents.document import Unreadable


def damaged(error: object) -> Unreadable:
    """The file cannot be taken apart."""
    return Unreadable(
        "damaged",
        f"The file is damaged: its content cannot be unpacked ({error}).",
        "Fetch it again from its source, or open it in an office program and save it anew.",
    )


def encrypted() -> Unreadable:
    """The file wants a password."""
    return Unreadable(
        "encrypted",
        "The file is encrypted and wants a password.",
        "Open it with the password, save it without one, and give that file instead.",
    )


def too_large(what: str) -> Unreadable:
    """The file holds more than any report."""
    return Unreadable(
        "too_large",
        f"The file holds {what}; no report comes near that.",
        "Delete the rows and columns without content behind the tables, or save the report alone.",
    )
