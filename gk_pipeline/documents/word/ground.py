"""What lies under letters of a Word file, for those that are as white as paper."""

from typing import Literal

from lxml.etree import _Element

from gk_pipeline.documents.word.styles import W, child_of

Ground = Literal["white", "painted", "unknown"]
"""`unknown` is the ground of a table that has a style: this may paint its rows."""
_PROPERTIES = {f"{W}{name}": f"{name}Pr" for name in ("p", "tc", "tbl")}


def ground_of(run: _Element) -> Ground:
    """What lies under a run: its paragraph, cell or table may be shaded."""
    ground: Ground = "white"
    for around in run.iterancestors(*_PROPERTIES):
        properties = child_of(around, _PROPERTIES[around.tag])
        if properties is None:
            continue
        shade = child_of(properties, "shd")
        if shade is not None and shade.get(f"{W}fill", "auto").lower() not in ("auto", "ffffff"):
            return "painted"
        if child_of(properties, "tblStyle") is not None:
            ground = "unknown"
    return ground
