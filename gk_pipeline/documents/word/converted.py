"""Formats that only an office program reads, .doc among them: LibreOffice makes a .docx of them, and that is read.

Of the three samples with spans, saved as .doc by LibreOffice, the way through it gave 600 cells of 600; the text of
antiword gave 24, that of catdoc 366, and the page of wvHtml 334, as each takes merged cells apart in its own way.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.media_type import NAMES, media_type
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.word import docx
from gk_pipeline.quality.finding import Finding

MAX_SECONDS = 45
"""Of the clock, as nothing else bounds what another program does; a report takes it three or four."""
MAX_KILOBYTES = 4_000_000
"""Of memory, of which LibreOffice takes a part that it never uses."""
MAX_OUTPUT_KILOBYTES = 100_000

_PROGRAMS = ("soffice", "libreoffice")
_BOUNDED = f'ulimit -c 0 -t {MAX_SECONDS} -v {MAX_KILOBYTES} -f {2 * MAX_OUTPUT_KILOBYTES}; exec "$@"'
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody is: the program is to fetch nothing."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""No macros, and no links to anything outside the file."""


_SUFFIXES = {"application/msword": "doc", "text/rtf": "rtf", "application/vnd.oasis.opendocument.text": "odt"}
"""What tells the program how to read a file."""


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """A file as the .docx that the program makes of it."""
    kind = media_type(raw, "")
    name, suffix = NAMES[kind], _SUFFIXES[kind]
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unreadable(
            "no_converter",
            f"The file is {name}, which is read by way of LibreOffice, and that is not installed.",
            "Install it (on Debian and Ubuntu the package libreoffice-writer), or save the file as .docx.",
        )
    with tempfile.TemporaryDirectory(prefix="gk-office-") as folder:
        made = _converted(program, Path(folder), raw, suffix)
    reading = docx.read(made, expected)
    note = Finding(
        "note",
        "converted",
        f"The file is {name}; it was read as the .docx that LibreOffice makes of it.",
        "Rows and columns are those of its tables there. Compare what looks odd with the file in Word.",
    )
    return replace(reading, findings=(note, *reading.findings))


def _converted(program: str, folder: Path, raw: bytes, suffix: str) -> bytes:
    """What the program makes of the bytes, in a folder that has its settings and nothing else in it."""
    given, made = folder / f"report.{suffix}", folder / "made" / "report.docx"
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    given.write_bytes(raw)
    command = ["/bin/sh", "-c", _BOUNDED, "sh", program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--norestore", "--convert-to", "docx", "--outdir", str(made.parent), str(given)]
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), _NOWHERE)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), **proxies}
    # A session of its own, as the program starts another one: both end together.
    with subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(MAX_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(
                "conversion_timeout",
                f"LibreOffice had not read the file after {MAX_SECONDS} seconds.",
                "Try again when the machine is less busy; else open the file in Word and save it as .docx.",
            ) from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if not made.is_file():
        raise Unreadable(
            "conversion_failed",
            "LibreOffice could not read the file: it is damaged, protected by a password, or too large.",
            "Open it in Word, and save it as .docx without a password.",
        )
    return made.read_bytes()
