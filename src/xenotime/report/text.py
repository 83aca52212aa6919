"""The terminal's face in one place: every renderable a command prints.

Each function returns a rich renderable for `console().print`; `render` turns one into plain text.
"""

from __future__ import annotations

from xenotime.report.answer import explanation, hits, rule_block, tree
from xenotime.report.shelf import facts, hinges, law_list, law_show, law_timeline
from xenotime.report.summary import summary
from xenotime.report.terminal import console, render
from xenotime.report.trace import Part, part_of, trace

__all__ = [
    "Part",
    "console",
    "explanation",
    "facts",
    "hinges",
    "hits",
    "law_list",
    "law_show",
    "law_timeline",
    "part_of",
    "render",
    "rule_block",
    "summary",
    "trace",
    "tree",
]
