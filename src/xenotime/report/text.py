"""The terminal's face in one place: every renderable a command prints.

Each function returns a rich renderable for `console().print`; `render` turns one into plain text.
"""

from __future__ import annotations

from xenotime.report.answer import explanation, rule_block, tree
from xenotime.report.shelf import facts, hinges, law_list, law_show, law_timeline
from xenotime.report.summary import summary
from xenotime.report.terminal import console, render
from xenotime.report.trace import Node, Part, trace

__all__ = [
    "Node",
    "Part",
    "console",
    "explanation",
    "facts",
    "hinges",
    "law_list",
    "law_show",
    "law_timeline",
    "render",
    "rule_block",
    "summary",
    "trace",
    "tree",
]
