from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from xenotime.supply.engine.run import Asked, Gauge, Run
from xenotime.supply.world.network import Network, Site


def run(series, *, every=1, days=None, first=None, stood=None, seed=1, start=0, units=None, zero=0):
    """A run with these series (period or (period, draw)); one draw more than one column makes it random."""
    shaped = {name: np.asarray(values, float) for name, values in series.items()}
    shaped = {n: v[:, None] if v.ndim == 1 else v for n, v in shaped.items()}
    values = np.stack(list(shaped.values())) if shaped else np.zeros((0, 1, 1))
    draws = values.shape[2]
    first = np.full((1, draws), -1) if first is None else np.asarray(first)
    stood = np.zeros_like(first) if stood is None else np.asarray(stood)
    return Run(
        tuple(Gauge(name, (units or {}).get(name, "1")) for name in shaped),
        values,
        first.astype(np.int32),
        stood.astype(np.int32),
        np.zeros((0, values.shape[1])),
        np.zeros((0, draws)),
        np.zeros(draws),
        Asked(days or values.shape[1] * every, draws, start, seed, every, zero=zero),
    )


def network(*sites):
    return Network((), tuple(sites), (), (), (), (), ())


def site(country, use, **given):
    given = {"demand": 1.0, "worth": 1.0} | given
    return Site(f"{country}/product/{use}/{given.get('cover', '')}", country, "product", use, **given)


@pytest.fixture
def make():
    return SimpleNamespace(run=run, network=network, site=site)
