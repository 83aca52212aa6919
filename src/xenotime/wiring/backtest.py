"""Joins the parts of the backtest: the model, its protocol and its freeze."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from xenotime import wiring
from xenotime.services.supply import backtest as scoring
from xenotime.services.supply import freeze as freezing
from xenotime.services.supply.hindcast import reaching
from xenotime.supply.measure.protocol import read_protocol
from xenotime.supply.scenario.read import read
from xenotime.wiring.supply import model


def series() -> tuple[str, ...]:
    """The names of the series that are scored."""
    return tuple(one.name for one in read_protocol().series)


def backtest(
    *,
    draws: int,
    seed: int,
    threads: int,
    added: Mapping[tuple[str, str], tuple[float, str]],
    progress: Callable[[int, int], object] | None = None,
) -> scoring.Backtest:
    """The backtest of the packaged protocol over all figures, and how it stands to the freeze."""
    protocol, world = read_protocol(), model()
    found = scoring.backtest(
        world, protocol, draws=draws, seed=seed, threads=threads, added=added, progress=progress
    )
    inputs = freezing.inputs_hash(world, protocol, reaching(read(protocol.scenario)))
    return replace(found, inputs=inputs, frozen=freezing.standing(freezing.read_freeze(), found, inputs))


def freeze(found: scoring.Backtest) -> str:
    """The text of a freeze of this backtest, recorded today."""
    return freezing.freeze(found, found.inputs, wiring.clock().today())
