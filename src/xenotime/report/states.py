"""A kind of case as a drawing: one row a state, one line a move, one lane for every state that is gone to.

Lines meet only at a dot; where they cross without one they have nothing to do with each other. Labels
stand on their own line, so nothing lies over anything else however many moves a table has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from xenotime.programme.casework.manifest import Manifest, Move, State
from xenotime.report.figures.svg import Figure, Table, breadth, tag, words

#: Measures [px].
BOX, EDGE, SLOT, PAD, GAP, LANE, MARK = 214, 14, 19, 13, 12, 13, 12
ROLES = ("applicant", "officer", "approver", "system")
Words = Mapping[str, Any]
WORDS: Mapping[str, Words] = {
    "en": {
        "applicant": "applicant",
        "officer": "officer",
        "approver": "approver",
        "system": "by itself, in time",
        "start": "begins here",
        "final": "ends here",
        "now": "is here now",
        "waits_applicant": "waits for the applicant",
        "waits_authority": "waits for the authority",
        "waits_time": "waits for a day",
        "here": "stays here",
        "head": ("From", "What happens", "Who may", "What must hold", "To", "What follows"),
        "desc": "{states} states, {moves} moves. Begins in “{start}”. Ends in {ends}. The table says all.",
        "who": "Who may make a move:",
    },
    "zh": {
        "applicant": "申请人",
        "officer": "经办人",
        "approver": "审批人",
        "system": "系统定时",
        "start": "由此开始",
        "final": "至此结束",
        "now": "目前所处",
        "waits_applicant": "等待申请人",
        "waits_authority": "等待主管机关",
        "waits_time": "等待约定日期",
        "here": "状态不变",
        "head": ("自", "事项", "办理人", "前提", "至", "后果"),
        "desc": "共{states}个状态、{moves}项操作。自“{start}”开始，至{ends}结束。详见下表。",
        "who": "可办理人：",
    },
}
_SHAPES = {
    "applicant": "M0 -4.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z",
    "officer": "M-4-4h8v8h-8z",
    "approver": "M0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
    "system": "M0-5l5 9h-10z",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A state's place: its top, the height of its box, and the height at which lines come in [px]."""

    state: State
    moves: tuple[Move, ...]
    top: float
    height: float

    @property
    def entry(self) -> float:
        """Where lines come in."""
        return self.top + PAD

    def slot(self, place: int) -> float:
        """Where a move's line leaves."""
        return self.top + PAD + SLOT * (place + 1)


def diagram(manifest: Manifest, current: str = "", *, zh: bool = False) -> Figure:
    """The drawing of a kind of case; `current` marks the state in which a case is, and its moves."""
    text = WORDS["zh" if zh else "en"]
    rows = _rows(manifest)
    labels = max(_label(move, zh, text) for row in rows for move in row.moves)
    left = EDGE + BOX + 18 + len(ROLES) * MARK + labels + 18
    lanes = _lanes(rows)
    width = left + (max(lanes.values(), default=0) + 1) * LANE + EDGE
    where = {row.state.id: row for row in rows}
    parts = [_legend(text)]
    parts += [_lane(state, where, left + place * LANE, current, rows) for state, place in lanes.items()]
    for row in rows:
        parts.append(_box(row, current, zh, text))
        parts += [
            _move(move, row.slot(i), left, lanes, zh, text, row.state.id == current)
            for i, move in enumerate(row.moves)
        ]
    title = manifest.title_zh if zh else manifest.title
    height = rows[-1].top + rows[-1].height + EDGE
    name = f"states-{manifest.id}{'-zh' if zh else ''}"
    return Figure(
        name,
        title,
        _desc(manifest, zh, text),
        round(width),
        round(height),
        "".join(parts),
        table(manifest, zh=zh),
    )


def table(manifest: Manifest, *, zh: bool = False) -> Table:
    """Every move as a row: from, what happens, who may, what must hold, to, what follows."""
    text = WORDS["zh" if zh else "en"]
    rows = tuple(
        (
            _state(manifest.state(move.source), zh),
            move.title_zh if zh else move.title,
            ", ".join(str(text.get(role, role)) for role in move.roles),
            ", ".join(move.guards),
            _state(manifest.state(move.to), zh),
            ", ".join(move.effects),
        )
        for state in manifest.states
        for move in manifest.moves
        if move.source == state.id
    )
    return Table(tuple(text["head"]), rows)


def _rows(manifest: Manifest) -> list[Row]:
    rows: list[Row] = []
    top = float(EDGE + 30)
    for state in manifest.states:
        moves = tuple(m for m in manifest.moves if m.source == state.id)
        lines = max(len(_wrapped(title, BOX - 34)) for title in (state.title, state.title_zh))
        height = max(PAD * 2 + SLOT * len(moves) + 4, 31 + 15 * lines)
        rows.append(Row(state, moves, top, height))
        top += height + GAP
    return rows


def _label(move: Move, zh: bool, text: Words) -> float:
    return _room(_words(move, zh, text), bold=True)


def _words(move: Move, zh: bool, text: Words) -> str:
    title = move.title_zh if zh else move.title
    return f"{title} ({text['here']})" if move.source == move.to else title


def _room(text: str, size: float = 12, *, bold: bool = False) -> float:
    """A text's width [px], on the safe side: a line that begins behind it never runs into it."""
    return breadth(text, size) * (1.17 if bold else 1.1)


def _lanes(rows: Sequence[Row]) -> dict[str, int]:
    """The lane of every state that is gone to from another: short ones near the boxes, none over another."""
    place = {row.state.id: i for i, row in enumerate(rows)}
    spans: dict[str, tuple[int, int]] = {}
    for i, row in enumerate(rows):
        for move in row.moves:
            if move.to != move.source:
                low, high = spans.get(move.to, (place[move.to], place[move.to]))
                spans[move.to] = (min(low, i), max(high, i))
    taken: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}
    for state, (low, high) in sorted(spans.items(), key=lambda s: (s[1][1] - s[1][0], s[1][0], s[0])):
        free = next(
            (n for n, lane in enumerate(taken) if all(high < a or b < low for a, b in lane)), len(taken)
        )
        if free == len(taken):
            taken.append([])
        taken[free].append((low, high))
        found[state] = free
    return found


def _lane(state: str, where: dict[str, Row], x: float, current: str, rows: Sequence[Row]) -> str:
    """The lane into a state: its upright line, its arrow, and a dot for each move that joins."""
    row = where[state]
    joins = [r.slot(i) for r in rows for i, m in enumerate(r.moves) if m.to == state and m.source != state]
    ends = [*joins, row.entry]
    into = EDGE + BOX
    line = tag(
        "path", class_="st-l", d=f"M{x:g} {min(ends):g}V{max(ends):g}M{x:g} {row.entry:g}H{into + 7:g}"
    )
    arrow = tag("path", class_="st-a", d=f"M{into + 1:g} {row.entry:g}l8-3.6v7.2z")
    dots = "".join(tag("circle", cx=x, cy=y, r=2.4, class_="st-j") for y in joins)
    return tag("g", line + arrow + dots, class_="st-here" if state == current else "st")


def _move(move: Move, y: float, left: float, lanes: dict[str, int], zh: bool, text: Words, here: bool) -> str:
    """A move on its line: who may make it, what it is called, and its line to the lane of where it goes."""
    x = float(EDGE + BOX + 10)
    parts = [tag("path", class_="st-l", d=f"M{EDGE + BOX} {y:g}H{x:g}")]
    for role in ROLES:
        if role in move.roles:
            drawn = tag("path", d=_SHAPES[role], class_=f"st-{role}", transform=f"translate({x + 6:g} {y:g})")
            parts.append(drawn)
            x += MARK
    said = _words(move, zh, text)
    parts.append(words(said, x + 4, y + 4, "b" if here else "t"))
    end = x + 4 + _room(said, bold=here) + 6
    if move.to != move.source:
        parts.append(tag("path", class_="st-l", d=f"M{end:g} {y:g}H{left + lanes[move.to] * LANE:g}"))
    who = ", ".join(str(text.get(role, role)) for role in move.roles)
    return tag(
        "g", f"<title>{escape(f'{said}: {who}')}</title>" + "".join(parts), class_="st-here" if here else "st"
    )


def _box(row: Row, current: str, zh: bool, text: Words) -> str:
    """A state's box: its name, and what it waits for."""
    state = row.state
    parts = [tag("rect", x=EDGE, y=row.top, width=BOX, height=row.height, rx=7, class_="st-b")]
    lines = _wrapped(_state(state, zh), BOX - 34)
    y = row.top + 18
    mark = 0
    if state.start or state.id == current:
        kind = "st-flag" if state.id == current else "st-start"
        parts.append(tag("circle", cx=EDGE + 15, cy=y - 4, r=4.5, class_=kind))
        mark = 14
    for line in lines:
        parts.append(words(line, EDGE + 11 + mark, y, "b"))
        y += 15
    notes = [
        str(text["now"]) if state.id == current else "",
        str(text["start"]) if state.start else "",
        str(text["final"]) if state.final else "",
        str(text[f"waits_{state.waits_for}"]) if state.waits_for and not state.start else "",
    ]
    said = " · ".join(n for n in notes if n)
    if said and y + 3 <= row.top + row.height:
        parts.append(words(said, EDGE + 11, y + 1, "m"))
    kind = "st-now" if state.id == current else "st-final" if state.final else "st"
    return tag("g", "".join(parts), class_=kind)


def _wrapped(text: str, room: float) -> list[str]:
    """The text in lines that fit a room [px]; Chinese breaks anywhere."""
    pieces = text.split(" ") if " " in text else list(text)
    glue = " " if " " in text else ""
    lines = [""]
    for piece in pieces:
        longer = f"{lines[-1]}{glue if lines[-1] else ''}{piece}"
        if lines[-1] and _room(longer, bold=True) > room:
            lines.append(piece)
        else:
            lines[-1] = longer
    return lines


def _legend(text: Words) -> str:
    x, y = float(EDGE), float(EDGE + 6)
    parts = [words(str(text["who"]), x, y + 4, "m")]
    x += _room(str(text["who"]), 11.5) + 14
    for role in ROLES:
        parts.append(tag("path", d=_SHAPES[role], class_=f"st-{role}", transform=f"translate({x:g} {y:g})"))
        parts.append(words(str(text[role]), x + 9, y + 4, "m"))
        x += _room(str(text[role]), 11.5) + 32
    return "".join(parts)


def _state(state: State, zh: bool) -> str:
    return state.title_zh if zh else state.title


def _desc(manifest: Manifest, zh: bool, text: Words) -> str:
    ends = [f"“{_state(s, zh)}”" for s in manifest.states if s.final]
    return str(text["desc"]).format(
        states=len(manifest.states),
        moves=len(manifest.moves),
        start=_state(manifest.start, zh),
        ends=("、" if zh else ", ").join(ends),
    )
