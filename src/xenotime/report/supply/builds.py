"""How long capacity took to build, project by project, beside the years that are claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.report.figures.svg import Figure, Table, tag, words
from xenotime.report.supply.plot import Panel, columns, point, whisker
from xenotime.report.supply.scale import Axis, above, percent, spell
from xenotime.report.words import Words

WIDTH = 960.0
_LEFT, _RIGHT, _TOP, _ROW = 230.0, 150.0, 40.0, 46.0


@dataclass(frozen=True, slots=True)
class Built:
    """Projects of one stage: its name, whether observed or planned, their (name, years, claim), and the span.

    `low`, `mid`, `high` are over projects; `inside` is the share of them within the claimed years.
    """

    label: str
    kind: str
    projects: tuple[tuple[str, float, str], ...]
    low: float | None
    mid: float | None
    high: float | None
    inside: float
    hollow: bool = False


def builds(name: str, title: str, rows: Sequence[Built], claimed: tuple[float, float], say: Words) -> Figure:
    """A row per stage: a mark for each project, the interval under them, the claimed years as a shade."""
    most = max([claimed[1], *(years for row in rows for _, years, _ in row.projects)], default=1.0)
    height = int(_TOP + max(len(rows), 1) * _ROW + 40)
    axis = Axis(0, above(most), _LEFT, WIDTH - _RIGHT)
    panel = Panel(axis, Axis(0, 1, height - 40, _TOP - 6))
    shade = tag(
        "rect", x=axis.at(claimed[0]), y=panel.top, width=axis.at(claimed[1]) - axis.at(claimed[0]),
        height=panel.floor - panel.top, class_="s-shade",
    )  # fmt: skip
    says = say("supply.claimed_years", low=spell(claimed[0]), high=spell(claimed[1]))
    body = [shade, words(says, axis.at(claimed[0]), _TOP - 14, "m halo")]
    body += [
        tag("line", x1=axis.at(v), x2=axis.at(v), y1=panel.top, y2=panel.floor, class_="g")
        for v in axis.ticks
    ]
    body += [
        columns(panel),
        words(f"[{say('supply.years')}]", panel.right, height - 6, "m", text_anchor="end"),
    ]
    body.append(words(say("supply.inside_claimed"), WIDTH, _TOP - 14, "m", text_anchor="end"))
    body += [_row(row, axis, _TOP + place * _ROW) for place, row in enumerate(rows)]
    return Figure(
        name, title, _desc(rows, claimed, say), int(WIDTH), height, "".join(body), _table(rows, say)
    )


def _row(row: Built, axis: Axis, y: float) -> str:
    drawn = [words(row.label, 0, y + 12, "t b"), words(row.kind, 0, y + 26, "m")]
    seen: dict[int, int] = {}
    for name, years, claim in sorted(row.projects, key=lambda each: each[1]):
        bucket = round(axis.at(years) / 9)
        seen[bucket] = seen.get(bucket, 0) + 1
        lift = (seen[bucket] - 1) * 9
        mark = point("ring" if row.hollow else "dot", axis.at(years), y + 18 - lift, "va", 3.6)
        drawn.append(tag("g", tag("title", f"{_safe(name)}: {spell(years)} ({_safe(claim)})") + mark))
    if row.low is not None and row.mid is not None and row.high is not None:
        drawn.append(whisker(axis.at(row.low), axis.at(row.high), y + 29, "vc", cap=3))
        drawn.append(point("square", axis.at(row.mid), y + 29, "vc", 3.4))
    shown = f"{percent(row.inside)} ({round(row.inside * len(row.projects))}/{len(row.projects)})"
    drawn.append(words(shown if row.projects else "–", WIDTH, y + 16, "t", text_anchor="end"))
    return "".join(drawn)


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _desc(rows: Sequence[Built], claimed: tuple[float, float], say: Words) -> str:
    parts = "; ".join(
        f"{r.label} ({r.kind}): {spell(r.mid)} ({spell(r.low)} – {spell(r.high)}), "
        f"n = {len(r.projects)}, {percent(r.inside)}"
        for r in rows
    )
    return say(
        "supply.builds_desc", low=spell(claimed[0]), high=spell(claimed[1]), parts=parts or say("say.none")
    )


def _table(rows: Sequence[Built], say: Words) -> Table:
    head = (say("supply.stage"), "", say("supply.project"), say("supply.years"), say("supply.claim"))
    found = tuple(
        (row.label, row.kind, name, spell(years), claim)
        for row in rows
        for name, years, claim in row.projects
    )
    return Table(head, found, frozenset({3}))
