"""The files that the paths of a command mean."""

import sys
from pathlib import Path

from gk_pipeline.documents.folder import LEADS_OUT, is_no_document, leads_out, list_files, told_of_skipped


def listed_files(paths: list[Path]) -> tuple[list[Path], dict[Path, str]]:
    """The files that the paths mean, in the order given and each once, and why a path means none.

    Files of a folder that are no documents are told of on standard error; given by name they are read like any other.
    """
    files: list[Path] = []
    listed: list[Path] = []
    unlisted: dict[Path, str] = {}
    for path in paths:
        try:
            found = list_files([path])
        except OSError as error:
            unlisted[path] = str(error)
            continue
        strays = [file for file in found if file != path and leads_out(file, path)]
        unlisted.update({file: f"{file}: {' '.join(LEADS_OUT)}" for file in strays})
        documents = [file for file in found if file == path or not (is_no_document(file) or file in strays)]
        if not (documents or strays):
            unlisted[path] = f"{path} is a folder without files to read. Check the path, or put reports into it."
        files += documents
        listed += found
    skipped = set(listed).difference(files, unlisted)
    if skipped:
        print(told_of_skipped(sorted(skipped)), file=sys.stderr)
    return list(dict.fromkeys(files)), unlisted
