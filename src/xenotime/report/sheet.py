"""What every HTML page stands on: templates, style, script, shapes, and the policy that admits these."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from xenotime.core.cells import harmless
from xenotime.report import palette
from xenotime.report.figures.share import axis_symbol
from xenotime.report.figures.svg import definitions
from xenotime.report.figures.svg import style as drawn
from xenotime.services.results import close

_COPY = (
    '<symbol id="i-copy" viewBox="0 0 12 12"><path fill="none" stroke="currentColor" '
    'd="M4 .5h7.5V8H4zM8 8v3.5H.5V4H4"/></symbol>'
)


@cache
def environment() -> Environment:
    """The templates; whatever they print is escaped, and a name that is not given is a failure."""
    made = Environment(
        loader=PackageLoader("xenotime.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_cell,
    )
    made.tests["close_to"] = close
    return made


def _cell(value: object) -> object:
    """What a template prints: text copied from the page into a spreadsheet must not run either."""
    return harmless(value) if type(value) is str else value


@cache
def sheet(more: str = "", script: str = "script.js") -> dict[str, Markup]:
    """Style, script, shapes, and the policy that admits exactly these and nothing from outside.

    `more` is a page's own style, laid over the common one; `script` the packaged file that it runs.
    """
    folder = files("xenotime.report") / "templates"
    css = palette.variables() + drawn() + (folder / "style.css").read_text("utf-8") + more
    code = (folder / script).read_text("utf-8")
    policy = (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(code)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    shapes = definitions().replace("</defs>", axis_symbol() + _COPY + "</defs>")
    parts = {"style": css, "script": code, "policy": policy, "definitions": shapes}
    return {name: trusted(text) for name, text in parts.items()}


def style(name: str) -> str:
    """A packaged style sheet that only some pages need."""
    return (files("xenotime.report") / "templates" / name).read_text("utf-8")


def trusted(text: str) -> Markup:
    """Markup of our own making: packaged files, and figures that escape what they are given."""
    return Markup(text)  # noqa: S704 - the only place where text passes unescaped


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
