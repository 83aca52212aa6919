"""A long run in pieces of draws: kept as they are done, joined to the run that one go would have given.

A draw's numbers depend on the seed and its own number only, so pieces made on other days, in other threads or
on other machines join to the same bits.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Protocol

import numba
import numpy as np
from numpy.typing import NDArray

from xenotime import __version__
from xenotime.core.errors import InputError
from xenotime.supply.engine.run import Array, Asked, Gauge, Run
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.licence.handling import Handling
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import Network

#: How many draws a piece has at most; each is a multiple of the usual batch width.
PIECE = 64
Progress = Callable[[int, int], object]
_PARTS = ("values", "first", "stood", "drawn", "residue")


class Simulator(Protocol):
    """What runs a scenario: the engine here, or one that keeps pieces, or one that asks a cluster."""

    def __call__(
        self,
        network: Network,
        handling: Handling,
        scenario: Scenario,
        asked: Asked,
        progress: Progress | None = None,
        *,
        drawn: Array | None = None,
        luck: NDArray[np.int64] | None = None,
    ) -> Run:
        """The outcome, the same numbers whoever gives it."""


class Pieces(Protocol):
    """Where pieces of one run are kept."""

    def read(self, name: str) -> bytes | None:
        """The piece of a name; None when it is not there, or not whole."""

    def write(self, name: str, data: bytes) -> None:
        """Keep a piece, whole or not at all."""


def kept(
    opened: Callable[[Mapping[str, str]], Pieces], size: int = PIECE, simulator: Simulator | None = None
) -> Simulator:
    """A simulator that keeps each piece of `size` draws, and makes only those that are not there yet.

    `opened` gives the place for a run of this identity; it raises InputError when another run is in it.
    `simulator` makes the pieces; the engine here if it is absent.
    """

    def run(
        network: Network,
        handling: Handling,
        scenario: Scenario,
        asked: Asked,
        progress: Progress | None = None,
        *,
        drawn: Array | None = None,
        luck: NDArray[np.int64] | None = None,
    ) -> Run:
        place = opened(identity(network, handling, scenario, asked, drawn, luck))
        made, done = [], 0
        for start, part in pieces(asked, size):
            name = f"draws-{part.first:07}-{part.draws:05}"
            found = place.read(name)
            if found is None:
                chosen = slice(start, start + part.draws)
                run = (simulator or simulate)(
                    network,
                    handling,
                    scenario,
                    part,
                    drawn=None if drawn is None else drawn[:, chosen],
                    luck=None if luck is None else luck[chosen],
                )
                place.write(name, pack(run))
            else:
                run = unpack(found, part)
            made.append(run)
            done += part.draws
            if progress is not None:
                progress(done, asked.draws)
        return joined(made, asked)

    return run


def pieces(asked: Asked, size: int = PIECE) -> tuple[tuple[int, Asked], ...]:
    """The pieces of a run: where each begins, counted from the run's first draw, and what it is asked."""
    if size < 1:
        raise InputError(
            "a piece of a run has at least one draw",
            where="the size of a piece",
            expected="1 or more",
            found=str(size),
            next_step="choose another size",
        )
    starts = range(0, asked.draws, size)
    return tuple(
        (start, replace(asked, first=asked.first + start, draws=min(size, asked.draws - start)))
        for start in starts
    )


def joined(runs: Sequence[Run], asked: Asked) -> Run:
    """The run that its pieces, in order, make together."""
    return replace(
        runs[0],
        asked=asked,
        values=np.concatenate([run.values for run in runs], axis=2),
        first=np.concatenate([run.first for run in runs], axis=1),
        stood=np.concatenate([run.stood for run in runs], axis=1),
        drawn=np.concatenate([run.drawn for run in runs], axis=1),
        residue=np.concatenate([run.residue for run in runs]),
    )


def pack(run: Run) -> bytes:
    """A run as bytes, which `unpack` reads: its arrays as they are, its names as text."""
    named = {"gauges": [asdict(gauge) for gauge in run.gauges], "parameters": run.parameters}
    text = np.frombuffer(json.dumps(named).encode(), np.uint8)
    stream = io.BytesIO()
    np.savez(stream, named=text, lanes=run.lanes, **{name: getattr(run, name) for name in _PARTS})
    return stream.getvalue()


def unpack(data: bytes, asked: Asked) -> Run:
    """The run that `pack` wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        named = json.loads(bytes(found["named"]))
        return Run(
            gauges=tuple(Gauge(**gauge) for gauge in named["gauges"]),
            asked=asked,
            parameters=tuple(named["parameters"]),
            lanes=found["lanes"],
            **{name: found[name] for name in _PARTS},
        )


def identity(
    network: Network,
    handling: Handling,
    scenario: Scenario,
    asked: Asked,
    drawn: Array | None = None,
    luck: NDArray[np.int64] | None = None,
) -> dict[str, str]:
    """What a piece must agree in to be of this run; not how many draws, how wide, or on how many threads."""
    return {
        "network": digest(network),
        "handling": digest(handling),
        "scenario": f"{scenario.id} {digest(scenario)}",
        "seed": str(asked.seed),
        "days": f"{asked.days}, every {asked.every}, day {asked.zero} counts as 0",
        "gauges": ", ".join(asked.keep) or "all",
        "given": digest((drawn, luck)) if drawn is not None or luck is not None else "drawn from the seed",
        "engine": engine(),
    }


@cache
def engine() -> str:
    """The release and the text of the engine, and its compiler: other ones may round otherwise."""
    text = sha256()
    folders = ("supply/engine", "supply/licence", "evidence")
    for folder in folders:
        for path in sorted(files("xenotime").joinpath(folder).iterdir(), key=lambda path: path.name):
            if path.name.endswith(".py"):
                text.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"xenotime {__version__} {text.hexdigest()[:12]}, numba {numba.__version__}"


def digest(value: object) -> str:
    """A hash of plain data: the same for equal data, whatever the machine."""
    found = sha256()
    _feed(value, found.update)
    return found.hexdigest()[:24]


def _feed(value: Any, take: Callable[[bytes], None]) -> None:  # noqa: ANN401 - plain data of any kind
    if is_dataclass(value):
        take(type(value).__name__.encode())
        _feed([getattr(value, field.name) for field in fields(value)], take)
    elif isinstance(value, np.ndarray):
        take(f"{value.dtype.str}{value.shape}".encode())
        take(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, Mapping):
        _feed(sorted(value.items(), key=lambda pair: str(pair[0])), take)
    elif isinstance(value, list | tuple | set | frozenset):
        take(f"({len(value)}".encode())
        for item in sorted(value, key=str) if isinstance(value, set | frozenset) else value:
            _feed(item, take)
    elif isinstance(value, date | str | int | float | None):
        take(f"{type(value).__name__} {value!r};".encode())
    else:
        raise TypeError(type(value).__name__)  # a new kind of field: say here how it is told apart
