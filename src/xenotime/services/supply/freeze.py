"""The freeze of a forecast: what it was made from, what it said, and whether either moved since.

The forecast of every month to December 2025 is kept in the repository with the hash of its inputs: the
figures that are not scored, the protocol and the scenario. Months that come in later are scored on the
frozen forecast, whatever the model has become.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from xenotime.core.canon import digest
from xenotime.core.errors import BookError
from xenotime.services.supply.backtest import Backtest
from xenotime.services.supply.model import Model
from xenotime.supply.measure.protocol import Protocol, Series
from xenotime.supply.scenario.scenario import Scenario

#: Significant digits that a frozen number keeps: below them, machines may differ.
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Freeze:
    """A recorded forecast: its day, seed, draws, the hash of its inputs and its own, and its quantiles.

    `forecast` holds, by series and month, the quantiles of `backtest.QUANTILES` in the series' unit.
    """

    recorded: date
    seed: int
    draws: int
    inputs: str
    forecast: Mapping[str, Mapping[str, tuple[float, ...]]]
    hash: str


def read_freeze() -> Freeze:
    """The packaged freeze. Raises BookError when its hash is not that of its content."""
    return parse_freeze((files("xenotime.services.supply") / "freeze.json").read_text("utf-8"))


def parse_freeze(text: str) -> Freeze:
    """The freeze that a JSON text holds. Raises BookError when its hash is not that of its content."""
    told = json.loads(text)
    said = told.pop("hash")
    found = digest(told)
    if found != said:
        raise BookError(
            "this freeze was changed after it was recorded",
            where="freeze of the backtest",
            expected=said,
            found=found,
            next_step="restore it from the repository's history",
        )
    forecast = {
        name: {month: tuple(float(x) for x in row) for month, row in months.items()}
        for name, months in told["forecast"].items()
    }
    day = date.fromisoformat(told["recorded"])
    return Freeze(day, told["seed"], told["draws"], told["inputs"], forecast, said)


def freeze(found: Backtest, inputs: str, recorded: date) -> str:
    """The text of a freeze of a backtest's forecast, recorded on a day, ending in a line feed."""
    told: dict[str, object] = {
        "recorded": recorded.isoformat(),
        "seed": found.seed,
        "draws": found.draws,
        "inputs": inputs,
        "forecast": {
            one.name: {m.month: [kept(q) for q in m.quantiles] for m in one.months} for one in found.series
        },
    }
    return json.dumps({**told, "hash": digest(told)}, indent=1, sort_keys=True) + "\n"


def kept(value: float) -> str:
    """A number as the freeze keeps it: text of `DIGITS` significant digits, so that its hash is exact.

    >>> kept(5089.4321), kept(0.0)
    ('5089', '0')
    """
    return f"{value:.{DIGITS}g}"


def inputs_hash(model: Model, protocol: Protocol, scenario: Scenario) -> str:
    """The hash of what a forecast is made from: the figures the world rests on, protocol and scenario.

    A month that is added to the tables later moves nothing here, as no world is built from it.
    """
    resting = {claim for parameter in model.network.parameters for claim in parameter.claims}
    resting |= {claim for row in model.world.reconciled for claim in row.claims}
    resting |= {claim for one in protocol.series for month in protocol.fit for claim in _ids(one, month)}
    used = [[f.id, str(f.value), f.unit, str(f.low), str(f.high)] for f in model.figures if f.id in resting]
    return digest([sorted(used), protocol.text, repr(scenario)])


def _ids(series: Series, month: str) -> tuple[str, ...]:
    return (series.observed[month],) if month in series.observed else ()


def standing(frozen: Freeze, found: Backtest, inputs: str) -> str:
    """How a backtest stands to the freeze, in a sentence."""
    if inputs != frozen.inputs:
        return "the inputs moved since the freeze: its forecast stands, and this one is another"
    if (found.seed, found.draws) != (frozen.seed, frozen.draws):
        return f"the freeze was made with seed {frozen.seed} and {frozen.draws} draws; this run is another"
    now = {
        one.name: {m.month: tuple(float(kept(q)) for q in m.quantiles) for m in one.months}
        for one in found.series
    }
    if now == {name: dict(months) for name, months in frozen.forecast.items()}:
        return "this forecast is the frozen one"
    return "the model moved since the freeze: same inputs, another forecast"
