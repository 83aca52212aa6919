"""A third face: decide in a notebook, over the dataframes that are already there.

``import xenotime as xt`` and ``xt.decide(df, on="date", known="2026-11-21")``; ``xt.explain`` shows one row
in full, ``xt.facts`` lists what a column may answer.
"""

from __future__ import annotations

from xenotime.frames.ask import facts
from xenotime.frames.decide import decide
from xenotime.frames.explain import Answer, explain

__all__ = ["Answer", "decide", "explain", "facts"]
