"""Templates to pages: everything is escaped, nothing is fetched, and a page says so in its content policy."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from gk_pipeline.pictures.pages.words import FLOW_SAID, SEVERITY, STATUS_SAID, VERDICT_SAID, WORDS

STYLE, SCRIPT = "pages.css", "pages.js"
"""The files that every page needs."""


@dataclass(frozen=True, slots=True)
class Assets:
    """How a page gets its style and its script, and the content policy that allows just these."""

    policy: str
    style: Markup
    script: Markup


def asset(name: str) -> str:
    """The style sheet or the script."""
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


@cache
def within() -> Assets:
    """Style and script within the page, which is then one file; the policy allows them by their digests."""
    style, script = asset(STYLE), asset(SCRIPT)
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; {_NO_WAY_OUT}"
    return Assets(policy, Markup(f"<style>{style}</style>"), Markup(f"<script>{script}</script>"))


@cache
def beside(up: str) -> Assets:
    """Style and script as files of the site, found by way of `up` to its root."""
    policy = f"default-src 'none'; style-src 'self'; script-src 'self'; {_NO_WAY_OUT}"
    style = Markup('<link rel="stylesheet" href="{}{}">').format(up, STYLE)
    return Assets(policy, style, Markup('<script src="{}{}"></script>').format(up, SCRIPT))


_NO_WAY_OUT = "base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def page(template: str, assets: Assets, **values: object) -> str:
    """A page of a template, with the words of both languages; it starts in Chinese unless `lang` is given."""
    return _template(template).render(assets=assets, **values)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    shared: Mapping[str, object] = {
        "w": WORDS,
        "flow_said": FLOW_SAID,
        "status_said": STATUS_SAID,
        "verdict_said": VERDICT_SAID,
        "severity": SEVERITY,
        "lang": "zh",
    }
    environment.globals.update(shared)
    return environment
