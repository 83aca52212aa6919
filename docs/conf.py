"""How the site is built; `make docs` runs it, and any warning stops it."""

from __future__ import annotations

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

from xenotime import __version__

project = "Xenotime"
author = "The Xenotime contributors"
release = __version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = "Xenotime"
html_static_path = ["look"]
html_css_files = ["site.css"]
html_show_copyright = False
FONTS = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
html_theme_options = {"light_css_variables": {"font-stack": FONTS}}
# Chinese terms are searched as they stand; the stemmer for English leaves them alone.
language = "en"


def setup(app: Sphinx) -> None:
    """Shows tables of values as they stand; the highlighter knows no such language."""
    app.add_lexer("csv", TextLexer)
