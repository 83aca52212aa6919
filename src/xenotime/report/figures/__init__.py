"""Figures drawn by hand as small SVG texts: each with a title, a description and its table."""

from __future__ import annotations

from xenotime.report.figures.counts import counts
from xenotime.report.figures.flows import flows
from xenotime.report.figures.share import share
from xenotime.report.figures.svg import Figure, Table, inline, standalone
from xenotime.report.figures.timeline import timeline

__all__ = ["Figure", "Table", "counts", "flows", "inline", "share", "standalone", "timeline"]
