"""Joins the parts of the supply model: the figures, the law it asks, and the user's own company."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from xenotime import wiring
from xenotime.portfolio.read import read_portfolio
from xenotime.services.library import Library, open_library
from xenotime.services.supply.model import Model
from xenotime.services.supply.pieces import PIECE, Simulator, kept
from xenotime.stores.runs import RunFolder
from xenotime.supply.engine.simulate import simulate
from xenotime.wiring.evidence import figures

#: How many draws a kept piece has when a cluster makes it: several tasks for each of its workers.
_FAR = 1024


def law(known: date, branches: Mapping[str, str], drafts: tuple[str, ...]) -> Library:
    """The law as known on a day in some branches, with the user's notices and texts of drafts laid over."""
    laid = {**wiring.overlays().read(), **{f"draft-{n}.md": text for n, text in enumerate(drafts, 1)}}
    return open_library(known, overlays=laid, branches=branches)


def model(portfolio: Path | None = None, simulator: Simulator = simulate) -> Model:
    """The supply model over all figures, with the company of a portfolio in its world if one is given."""
    company = read_portfolio(portfolio) if portfolio else None
    return Model(figures(), law, company, simulator=simulator)


def simulator(keep: Path | None = None, *, again: bool = False, connect: str = "") -> Simulator:
    """What runs a scenario: the engine here, or the cluster at an address; it keeps its pieces in a folder.

    Each scenario of a question has a folder of its own in `keep`; `again` forgets what is there. Raises
    InputError for an address that is none.
    """
    made: Simulator = simulate
    if connect:
        from xenotime.stores.cluster import Cluster  # noqa: PLC0415 - a part that only clusters need

        made = Cluster(connect).simulate
    if keep is None:
        return made

    def opened(header: Mapping[str, str]) -> RunFolder:
        name, _, content = header["scenario"].rpartition(" ")
        safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-") or "scenario"
        return RunFolder(keep / f"{safe}-{content[:8]}", header, again=again)

    return kept(opened, _FAR if connect else PIECE, made)
