"""Text cells that no spreadsheet runs as a formula."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?%?$")
#: Signs that make a spreadsheet read a cell as a formula, in their half- and full-width forms.
_STARTS = frozenset("=+-@＝＋－＠")
_UNSEEN = " \t\r\n\v\f\0\u00a0\u200b\u200e\u200f\u2060\u3000\ufeff"


def harmless(text: str) -> str:
    r"""The text with a leading apostrophe if a spreadsheet could run it as a formula.

    Plain numbers stay as they are. `original` takes the apostrophe away again.

    >>> harmless('=HYPERLINK("x")'), harmless("-12.5"), harmless("steel")
    ('\'=HYPERLINK("x")', '-12.5', 'steel')
    """
    return "'" + text if _runs(text) else text


def original(text: str) -> str:
    """The text as it was before `harmless`.

    >>> original("'=1+1"), original("'tis"), original("=1+1")
    ('=1+1', "'tis", '=1+1')
    """
    return text[1:] if text.startswith("'") and _runs(text) else text


def _runs(text: str) -> bool:
    """Whether the text, apostrophes aside, starts like a formula and is no plain number."""
    core = text.lstrip("'")
    if core[:1] in ("\t", "\r"):
        return True
    core = core.lstrip(_UNSEEN)
    return core[:1] in _STARTS and not _NUMBER.match(core) and core != ""
