"""The numbers of a batch of draws: every field of the network and of the rules, moved by its levers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from xenotime.core.errors import BookError
from xenotime.supply.engine.board import Array
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.run import Rules
from xenotime.supply.world.network import Network

#: The fields of a list of the network which a lever may move, by the list's name in a lever's target.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "site": ("slack", "least", "restart", "worth", "demand"),
    "bin": ("need", "days"),
    "stack": ("gives", "days"),
    "lane": ("share", "transit"),
    "option": ("cap", "delay", "pace", "trigger", "ratio", "penalty"),
    "project": ("adds", "opens", "sigma", "odds", "ramp", "delayed", "floor"),
}
#: No line closes while it can run at this part of its normal activity, whatever is drawn [share].
MOST_LEAST = 0.95
#: What a lever may move of the licence regime, by route.
LICENCE: tuple[str, ...] = ("hold", "fast", "lead", "sigma", "refuse", "block")
#: The rules which a lever may move, in the order of the rows of `Given.rule`.
RULES = "smooth gap hoard reroute stiff back elastic passing contract thin learn".split()


class Given(NamedTuple):
    """The numbers of a batch, each (thing, draw), in the units of the network's fields.

    `tau` is a lane's transit [whole days, at least 1]; `licence` (factor, route, draw) multiplies the
    handling.
    """

    slack: Array
    least: Array
    restart: Array
    worth: Array
    demand: Array
    need: Array
    cover: Array
    gives: Array
    depth: Array
    share: Array
    tau: Array
    cap: Array
    delay: Array
    pace: Array
    trigger: Array
    ratio: Array
    penalty: Array
    adds: Array
    opens: Array
    sigma: Array
    odds: Array
    ramp: Array
    delayed: Array
    floor: Array
    price: Array
    licence: Array
    rule: Array


def given(network: Network, frame: Frame, rules: Rules, drawn: Array) -> Given:
    """The numbers of the draws whose parameters are `drawn` (parameter, draw)."""
    width = drawn.shape[1]
    moved = _moves(network, drawn)
    table = {
        f"{part}.{name}": _field(things, name, moved.get(f"{part}.{name}", ()), width)
        for part, things in _lists(network).items()
        for name in FIELDS[part]
    }
    routes = len(network.routes)
    licence = np.ones((len(LICENCE), routes, width))
    for place, name in enumerate(LICENCE):
        _apply(licence[place], moved.get(f"licence.{name}", ()))
    rule = np.array([[getattr(rules, name)] * width for name in RULES], dtype=np.float64)
    for place, name in enumerate(RULES):
        _apply(rule[place : place + 1], [((), value) for _, value in moved.get(f"rules.{name}", ())])
    price = np.repeat(np.array(network.price, dtype=np.float64)[:, None], width, axis=1)
    _apply(price, moved.get("good.price", ()))
    share = table["lane.share"][frame.lanes]
    transit = np.maximum(1, np.rint(table["lane.transit"][frame.lanes]))
    np.minimum(table["site.least"], MOST_LEAST, out=table["site.least"])
    table |= {"lane.share": share, "lane.transit": transit}
    return Given._make([*table.values(), price, licence, rule])


_Moves = Sequence[tuple[tuple[int, ...], Array]]


def _lists(network: Network) -> dict[str, Sequence[object]]:
    return {
        "site": network.sites,
        "bin": network.bins,
        "stack": network.stacks,
        "lane": network.lanes,
        "option": network.options,
        "project": network.projects,
    }


def _moves(network: Network, drawn: Array) -> dict[str, list[tuple[tuple[int, ...], Array]]]:
    rows = {parameter.name: place for place, parameter in enumerate(network.parameters)}
    known = {f"{part}.{name}" for part, names in FIELDS.items() for name in names}
    known |= {f"licence.{name}" for name in LICENCE} | {f"rules.{name}" for name in RULES} | {"good.price"}
    found: dict[str, list[tuple[tuple[int, ...], Array]]] = {}
    for lever in network.levers:
        if lever.target not in known or lever.parameter not in rows:
            raise BookError(
                "a lever moves nothing",
                where=f"lever of {lever.parameter}",
                expected="a parameter of the network, and one of " + ", ".join(sorted(known)),
                found=lever.target,
                next_step="correct the lever",
            )
        found.setdefault(lever.target, []).append((lever.members, drawn[rows[lever.parameter]]))
    return found


def _field(things: Sequence[object], name: str, moves: _Moves, width: int) -> Array:
    nominal = np.array([float(getattr(thing, name)) for thing in things], dtype=np.float64)
    values: Array = np.ascontiguousarray(np.repeat(nominal[:, None], width, axis=1))
    _apply(values, moves)
    return values


def _apply(values: Array, moves: _Moves) -> None:
    for members, factor in moves:
        if members:
            values[list(members)] *= factor
        else:
            values *= factor
