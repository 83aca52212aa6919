"""Joins the parts of the supply model: the figures, the law it asks, and the user's own company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from xenotime import wiring
from xenotime.portfolio.read import read_portfolio
from xenotime.services.library import Library, open_library
from xenotime.services.supply.model import Model
from xenotime.wiring.evidence import figures


def law(known: date, branches: Mapping[str, str], drafts: tuple[str, ...]) -> Library:
    """The law as known on a day in some branches, with the user's notices and texts of drafts laid over."""
    laid = {**wiring.overlays().read(), **{f"draft-{n}.md": text for n, text in enumerate(drafts, 1)}}
    return open_library(known, overlays=laid, branches=branches)


def model(portfolio: Path | None = None) -> Model:
    """The supply model over all figures, with the company of a portfolio in its world if one is given."""
    return Model(figures(), law, read_portfolio(portfolio) if portfolio else None)
