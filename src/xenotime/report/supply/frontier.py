"""What another budget would buy: mean and tail of the cost over what is spent, as two lines with marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.report.figures.svg import Figure, Table, words
from xenotime.report.supply.plot import Panel, frame, line, point, upright
from xenotime.report.supply.scale import Axis, above, larger, spell
from xenotime.report.words import Words

WIDTH, _LEFT, _RIGHT, _TOP, _TALL = 960.0, 52.0, 150.0, 46.0, 240.0


@dataclass(frozen=True, slots=True)
class Step:
    """One point of the frontier [USD]: what is spent beforehand, the mean of the cost, and its tail."""

    spent: float
    mean: float
    tail: float


def frontier(name: str, title: str, steps: Sequence[Step], chosen: float, say: Words) -> Figure:
    """Both lines over the spending; an upright line marks what was chosen."""
    ordered = sorted(steps, key=lambda s: s.spent)
    most = max([s.tail for s in ordered] + [s.mean for s in ordered], default=1.0)
    wide = max([chosen, *(s.spent for s in ordered)], default=1.0)
    (by, unit), (across, spent) = larger("USD", most), larger("USD", wide)
    x = Axis(0, above(wide / across), _LEFT, WIDTH - _RIGHT)
    panel = Panel(x, Axis(0, above(most / by), _TOP + _TALL, _TOP))
    drawn = [frame(panel, say("supply.cost_all"), say.maybe("unit", unit))]
    label = f"{say('supply.spent_before')} [{say.maybe('unit', spent)}]"
    drawn.append(words(label, panel.right, panel.floor + 32, "m", text_anchor="end"))
    drawn.append(upright(panel, x.at(chosen / across)))
    drawn.append(words(say("supply.chosen"), x.at(chosen / across) + 5, panel.top + 12, "t b halo"))
    named: list[tuple[float, str, str]] = []
    for kind, shape, key in (("a", "dot", "mean"), ("b", "diamond", "tail")):
        points = [(x.at(s.spent / across), panel.y.at(getattr(s, key) / by)) for s in ordered]
        drawn.append(line(points, f"sb-m v{kind}"))
        drawn += [point(shape, *place, f"v{kind}", 4) for place in points]
        named.append((points[-1][1] if points else panel.floor, say(f"supply.cost_{key}"), kind))
    drawn += _names(named, panel.right + 10)
    height = int(_TOP + _TALL + 44)
    return Figure(name, title, _desc(ordered, say), int(WIDTH), height, "".join(drawn), _table(ordered, say))


def _names(named: Sequence[tuple[float, str, str]], x: float) -> list[str]:
    """The lines' names at their ends, kept apart."""
    drawn, last = [], 1e9
    for y, text, kind in sorted(named, reverse=True):
        last = min(y, last - 15)
        drawn.append(words(text, x, last + 4, f"l-{kind}"))
    return drawn


def _desc(steps: Sequence[Step], say: Words) -> str:
    parts = "; ".join(f"{spell(s.spent)}: {spell(s.mean)}, {spell(s.tail)}" for s in steps)
    return say("supply.frontier_desc", parts=parts or say("say.none"))


def _table(steps: Sequence[Step], say: Words) -> Table:
    head = tuple(f"{say(f'supply.{key}')} [USD]" for key in ("spent_before", "cost_mean", "cost_tail"))
    rows = tuple((spell(s.spent, 4), spell(s.mean, 4), spell(s.tail, 4)) for s in steps)
    return Table(head, rows, frozenset({0, 1, 2}))
