"""The shipments settled at each step, as bars with the sum so far beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.report.figures.svg import Figure, Table, clip, tag, words
from xenotime.report.words import Words

WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 960.0, 400.0, 120.0, 26.0, 28.0
_BAR = 14.0


@dataclass(frozen=True, slots=True)
class Stair:
    """One step: what is asked of whom, and how many shipments it settles."""

    label: str
    gain: int


def stairs(title: str, rows: Sequence[Stair], waiting: int, say: Words) -> Figure:
    """Bars of what each step settles, laid on from where the step before ended, of all open shipments."""
    room = WIDTH - _LEFT - _RIGHT
    height = int(_TOP + _ROW * len(rows) + 26)
    scale = room / max(waiting, 1)
    body = [
        tag("line", x1=_LEFT, x2=_LEFT, y1=_TOP - 6, y2=height - 24, class_="ax"),
        tag("line", x1=_LEFT + room, x2=_LEFT + room, y1=_TOP - 6, y2=height - 24, class_="ax"),
        words(f"{waiting} {say('ask.unit_shipments')}", _LEFT + room, _TOP - 12, "m", text_anchor="end"),
    ]
    sums, before = [], 0
    for number, row in enumerate(rows):
        y = _TOP + _ROW * number
        body.append(words(clip(row.label, _LEFT - 16), _LEFT - 8, y + 11, "t", text_anchor="end"))
        x = _LEFT + before * scale
        body.append(tag("rect", x=_LEFT, y=y, width=before * scale, height=_BAR, class_="s-shade"))
        body.append(tag("rect", x=x, y=y, width=row.gain * scale, height=_BAR, class_="va"))
        before += row.gain
        body.append(words(f"+{row.gain}", _LEFT + before * scale + 6, y + 11, "b halo"))
        body.append(words(f"{before}", WIDTH - 8, y + 11, "m", text_anchor="end"))
        sums.append((str(number + 1), row.label, str(row.gain), str(before)))
    body.append(words(say("ask.so_far"), WIDTH - 8, _TOP - 12, "m", text_anchor="end"))
    first = rows[0].gain if rows else 0
    desc = say("ask.desc", n=len(rows), first=first, all=before, open=waiting)
    head = (say("ask.step"), say("ask.ask"), say("ask.gain"), say("ask.so_far"))
    return Figure(
        "stairs", title, desc, int(WIDTH), height, "".join(body), Table(head, tuple(sums), frozenset({2, 3}))
    )
