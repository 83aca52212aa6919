"""Who holds whom, as layers from the listed owners on top down to the asked party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from xenotime.core.truth import Truth
from xenotime.report.figures.chart import STATES, Chart, Edge, Node
from xenotime.report.figures.layers import Layers, layers
from xenotime.report.figures.routes import TALL, Plan, Point, Route, plan, routes
from xenotime.report.figures.svg import Figure, Table, breadth, clip, number, symbol, tag, words
from xenotime.report.figures.sweep import net, places, settle
from xenotime.report.figures.tails import trimmed
from xenotime.report.stake import exact, seen
from xenotime.report.words import Words

#: The sign of every state: colours and shapes are those of the outcomes that they lead to.
SIGNS = {
    "listed": "prohibited",
    "restricted": "presumed_denied",
    "possible": "undetermined",
    "clear": "not_controlled",
}
_COUNTED: dict[Truth, str] = {True: "own.counted", None: "own.maybe", False: "own.uncounted"}
_WEIGHTS: dict[Truth, str] = {True: "ow-yes", None: "ow-maybe", False: "ow-no"}
#: The longest table beside a picture.
ROWS = 5000
_PAD = 16.0
_HEAD = 52.0
_PASS = 12.0
#: Bold letters of 12 px are as wide as plain ones of this size.
_BOLD = 13.8


@dataclass(frozen=True, slots=True)
class Scene:
    """A chart with its layers and places, ready to be drawn."""

    chart: Chart
    layers: Layers
    plan: Plan


def ownership(chart: Chart, say: Words, name: str = "ownership") -> Figure:
    """The picture of a chart with its legend; the table holds every holding, drawn or not."""
    scene = arranged(trimmed(chart))
    lines, extra = routes(scene.layers, scene.plan)
    width = max(scene.plan.width + extra + 2 * _PAD, 760)
    height = scene.plan.height + _HEAD + _PAD
    body = tag(
        "g",
        _lines(lines, scene.chart, say) + _boxes(scene, say) + _texts(lines),
        transform=f"translate({number((width - scene.plan.width - extra) / 2)} {number(_HEAD)})",
    )
    return Figure(
        name,
        say("own.figure", party=_asked(chart)),
        _desc(chart, scene.chart, say),
        round(width),
        round(height),
        _legend(say, scene) + body,
        table(chart, say),
    )


def arranged(chart: Chart) -> Scene:
    """Layers, order and places; the same chart always gives the same picture."""
    size = len(chart.nodes)
    found = layers(chart, min(max(round(size**0.5 * 0.9), 5), 12))
    graph = net(found.rows, found.down)
    settle(graph)
    box = 172.0 if size <= 60 else 150.0
    wide = {spot: box if isinstance(spot, str) else _PASS for row in graph.rows for spot in row}
    at = places(graph, wide, 20.0)
    return Scene(chart, found, plan(found, graph.rows, at, box))


def _asked(chart: Chart) -> str:
    return next((seen(node.name) for node in chart.nodes if node.asked), "")


def label(node: Node, say: Words) -> str:
    """The name as drawn; a folded tail says how many it stands for."""
    return say("own.others", n=node.count) if node.count > 1 else seen(node.name)


def _boxes(scene: Scene, say: Words) -> str:
    rows, drawn = scene.layers.rows, scene.plan
    return "".join(
        _box(node, drawn.at[node.id] - drawn.box / 2, drawn.tops[rows[node.id]], drawn.box, say)
        for node in scene.chart.nodes
    )


def _box(node: Node, x: float, y: float, wide: float, say: Words) -> str:
    """A box: outline and sign say the state, name in at most two lines, a note below."""
    kind = "tail" if node.count > 1 else node.state
    marks = [tag("title", escape(_told(node, say))), _outline(kind, x, y, wide)]
    left = x + 12
    if kind != "tail":
        marks.append(symbol(SIGNS[node.state], x + 15, y + TALL / 2, 14))
        left = x + 28
    room = x + wide - 8 - left
    name = fold(label(node, say), room, _BOLD)
    note = clip(_note(node, say), room, 11)
    top = y + TALL / 2 + 4.5 - 7.2 * (len(name) - 1 + bool(note))
    for place, line in enumerate(name):
        marks.append(words(line, left, top + 14.4 * place, "b"))
    if note:
        marks.append(words(note, left, top + 14.4 * len(name), "m"))
    if node.asked:
        marks.append(_flag(say("own.asked"), x, y, wide))
    return tag("g", "".join(marks), class_=f"ow ow-{kind}")


def _outline(kind: str, x: float, y: float, wide: float) -> str:
    if kind == "listed":
        long, high = number(wide - 18), number(TALL - 18)
        path = f"M{number(x + 9)} {number(y)}h{long}l9 9v{high}l-9 9h-{long}l-9 -9v-{high}z"
        return tag("path", d=path, class_="ow-b")
    shape = tag("rect", x=x, y=y, width=wide, height=TALL, rx=0 if kind == "restricted" else 8, class_="ow-b")
    if kind == "restricted":
        shape += tag("rect", x=x, y=y, width=5, height=TALL, class_="ow-bar")
    if kind == "tail":
        shape = tag("rect", x=x + 4, y=y + 4, width=wide, height=TALL, rx=8, class_="ow-b") + shape
    return shape


def _flag(text: str, x: float, y: float, wide: float) -> str:
    """The frame of the asked party, with its word on the lower edge, where no arrow ends."""
    frame = tag("rect", x=x - 4, y=y - 4, width=wide + 8, height=TALL + 8, rx=9, class_="ow-asked")
    room = breadth(text, 10.5) + 12
    sign = tag("rect", x=x + 6, y=y + TALL - 1, width=room, height=16, rx=3, class_="ow-flag")
    return frame + sign + words(text, x + 6 + room / 2, y + TALL + 11, "ow-flag-t", text_anchor="middle")


def fold(text: str, room: float, size: float) -> list[str]:
    """The text in at most two lines that fit the room [px], broken at a space or between wide signs."""
    if breadth(text, size) <= room:
        return [text]
    cut = len(text)
    while cut > 1 and breadth(text[:cut], size) > room:
        cut -= 1
    space = text.rfind(" ", 1, cut + 1)
    cut = space if space > cut // 3 else cut
    return [text[:cut].rstrip(), clip(text[cut:].strip(), room, size)]


def _told(node: Node, say: Words) -> str:
    """Everything about a body in one line, for whoever points at it."""
    parts = (label(node, say), say(f"owner_state.{node.state}"), _note(node, say))
    return " · ".join(part for part in parts if part)


def _note(node: Node, say: Words) -> str:
    """The line under a name: tier and sum, list entries, or what folded holders have together."""
    if node.count > 1:
        return say("own.together", share=node.note)
    tier = say("own.tier", n=node.tier) if node.tier else ""
    return " · ".join(part for part in (tier, seen(node.note)) if part)


def _rank(edge: Edge) -> int:
    return 2 if edge.counted else int(edge.counted is None)


def _kind(route: Route) -> str:
    return " ".join(["ow-l", _WEIGHTS[route.edge.counted], *(["ow-ring"] if route.back else [])])


def _lines(lines: Sequence[Route], chart: Chart, say: Words) -> str:
    """Thin lines first, so that counted ones lie on top."""
    names = {node.id: label(node, say) for node in chart.nodes}
    drawn = []
    for route in sorted(lines, key=lambda line: _rank(line.edge)):
        title = tag("title", escape(_holds(route.edge, names, say)))
        drawn.append(tag("g", title + tag("path", d=route.path, class_=_kind(route)) + _arrow(route)))
    return "".join(drawn)


def _arrow(route: Route) -> str:
    x, y = route.tip
    kind = "ow-a" if route.edge.counted else "ow-a ow-open" if route.edge.counted is None else "ow-a ow-thin"
    if route.edge.owner == route.edge.owned:
        return tag("path", d=f"M{number(x)} {number(y)}l9 -5v10z", class_=kind)
    half = 5 if route.edge.counted else 4
    return tag("path", d=f"M{number(x)} {number(y)}l-{half} -9h{2 * half}z", class_=kind)


def _holds(edge: Edge, names: dict[str, str], say: Words) -> str:
    counted = say(_COUNTED[edge.counted])
    kind = (
        "" if edge.kind in ("shares", "others") or edge.says else f", {say.maybe('holding_kind', edge.kind)}"
    )
    return f"{names[edge.owner]} → {names[edge.owned]}: {edge.text}{kind} ({counted})"


def _texts(lines: Sequence[Route]) -> str:
    """The shares, counted ones placed first, each where it meets the fewest others."""
    taken: list[tuple[float, float, float, float]] = []
    drawn = []
    for route in sorted(lines, key=lambda line: -_rank(line.edge)):
        text = route.edge.text
        half = breadth(text, 11.5 if route.edge.counted else 11) / 2 + 3
        x, y = min(route.spots, key=lambda spot: _clash(spot, half, taken))
        taken.append((x - half, y - 7, x + half, y + 7))
        kind = "b ow-s" if route.edge.counted else "m"
        ground = tag("rect", x=x - half, y=y - 7, width=2 * half, height=14, rx=3, class_="ow-ground")
        drawn.append(ground + words(text, x, y + 4, kind, text_anchor="middle"))
    return "".join(drawn)


def _clash(spot: Point, half: float, taken: Sequence[tuple[float, float, float, float]]) -> float:
    """The area [px²] that a text at a spot would share with others."""
    x, y = spot
    wide = (
        (min(x + half, right) - max(x - half, left), min(y + 7, low) - max(y - 7, high))
        for left, high, right, low in taken
    )
    return round(sum(dx * dy for dx, dy in wide if dx > 0 and dy > 0), 3)


def _legend(say: Words, scene: Scene) -> str:
    marks, x = [], _PAD
    for state in STATES:
        text = say(f"owner_state.{state}")
        marks += [symbol(SIGNS[state], x + 6, 12, 12), words(text, x + 18, 16)]
        x += breadth(text) + 40
    x = _PAD
    present = {_COUNTED[edge.counted].removeprefix("own.") for edge in scene.chart.edges}
    present |= {"ring"} if scene.layers.back else set()
    for key, kind in (
        ("counted", "ow-yes"),
        ("maybe", "ow-maybe"),
        ("uncounted", "ow-no"),
        ("ring", "ow-no ow-ring"),
    ):
        text = say(f"own.{key}")
        if key in present:
            line = f"M{number(x)} 34h26"
            marks += [tag("path", d=line, class_=f"ow-l {kind}"), words(text, x + 34, 38)]
            x += breadth(text) + 60
    if scene.chart.left_out:
        marks.append(words(say("own.left_out", n=scene.chart.left_out), x, 38, "m"))
    return "".join(marks)


def _desc(chart: Chart, drawn: Chart, say: Words) -> str:
    names = {node.id: label(node, say) for node in chart.nodes}
    asked = next((node for node in chart.nodes if node.asked), None)
    counted = [edge for edge in chart.edges if edge.counted] or list(chart.edges)
    parts = "; ".join(f"{names[e.owner]} → {names[e.owned]}: {e.text}" for e in counted[:12])
    return say(
        "own.figure_desc",
        bodies=len(chart.nodes) + chart.left_out,
        drawn=len(drawn.nodes),
        holdings=len(chart.edges),
        party=_asked(chart),
        state=say(f"owner_state.{asked.state}") if asked else say("say.unknown"),
        parts=parts or say("say.none"),
    )


def table(chart: Chart, say: Words) -> Table:
    """The holdings of the chart: the counted first, then by who is owned; past `ROWS` only their number."""
    names = {node.id: (label(node, say), say(f"owner_state.{node.state}")) for node in chart.nodes}
    head = tuple(
        say(f"own.{key}") for key in ("owner", "state", "owned", "share", "fraction", "kind", "counts")
    )
    ranked = sorted(chart.edges, key=lambda e: (-_rank(e), e.owned, -e.low, e.owner))
    rows = tuple(
        (
            names[e.owner][0],
            names[e.owner][1],
            names[e.owned][0],
            e.text,
            exact(e.low, e.high),
            say.maybe("holding_kind", e.kind),
            say(_COUNTED[e.counted]),
        )
        for e in ranked[:ROWS]
    )
    left = len(ranked) - ROWS
    more = ((say("say.more", n=left), "", "", "", "", "", ""),) if left > 0 else ()
    return Table(head, (*rows, *more), frozenset({3, 4}))
