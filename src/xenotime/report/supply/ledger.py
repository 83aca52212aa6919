"""Commitments over time: who promised what, from when until when, how it stands, and the day asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xenotime.report.figures.svg import Figure, Table, clip, tag, words
from xenotime.report.supply.plot import Panel, columns, point, upright
from xenotime.report.supply.scale import Axis, Days
from xenotime.report.words import Words

WIDTH = 960.0
_LEFT, _RIGHT, _TOP, _ROW, _BAR = 330.0, 136.0, 34.0, 32.0, 12.0
#: The sign of each state, as in the terminal; its word always stands beside it.
SIGNS = {
    "kept": "●", "running": "◐", "open": "○", "late": "◆", "contested": "◇", "broken": "✕", "ended": "●",
    "cannot be shown": "?",
}  # fmt: skip
#: States that are somebody's fault.
HARM = frozenset({"late", "broken"})


@dataclass(frozen=True, slots=True)
class Pledge:
    """One commitment: whose, what, its first and last day (None: no end named), and its state."""

    side: str
    what: str
    first: date
    last: date | None
    state: str


def ledger(name: str, title: str, pledges: Sequence[Pledge], on: date, say: Words) -> Figure:
    """A bar per commitment from its first to its last day, with the mark of its state at the right."""
    height = int(_TOP + max(len(pledges), 1) * _ROW + 32)
    days = [on, *(p.first for p in pledges), *(p.last for p in pledges if p.last)]
    x = Days(min(days), max(days) + timedelta(days=30), _LEFT, WIDTH - _RIGHT)
    panel = Panel(x, Axis(0, 1, height - 32, _TOP - 8))
    drawn = [upright(panel, x.at(day), "g") for day, _ in x.ticks(8)]
    drawn += [columns(panel, 8), upright(panel, x.at(on)), _today(on, x, say)]
    drawn += [_row(p, _TOP + place * _ROW, x, say) for place, p in enumerate(pledges)]
    parts = "; ".join(_told(p, say) for p in pledges) or say("say.none")
    desc = say("supply.ledger_desc", day=on.isoformat(), parts=parts)
    return Figure(name, title, desc, int(WIDTH), height, "".join(drawn), _table(pledges, say))


def _today(on: date, x: Days, say: Words) -> str:
    place = x.at(on)
    near = place > x.end - 120
    text = say("supply.asked_on", day=on.isoformat())
    return words(text, place + (-5 if near else 5), 16, "t b", text_anchor="end" if near else "start")


def _row(pledge: Pledge, y: float, x: Days, say: Words) -> str:
    who = say.maybe("country", pledge.side)
    start, end = x.at(pledge.first), x.at(pledge.last) if pledge.last else x.end
    kind = "pl-bar" if pledge.last else "pl-bar open"
    sign = SIGNS.get(pledge.state, "○")
    tone = "l-b" if pledge.state in HARM else "t b"
    return tag(
        "g",
        words(clip(pledge.what, _LEFT - 16), 0, y + 9)
        + words(who, 0, y + 22, "m")
        + tag("rect", x=start, y=y + 2, width=max(end - start, 2), height=_BAR, rx=2, class_=kind)
        + (point("dot", end, y + 2 + _BAR / 2, "ink", 3) if pledge.last else "")
        + words(sign, WIDTH - _RIGHT + 14, y + 12, tone, text_anchor="middle")
        + words(say.maybe("state", pledge.state), WIDTH - _RIGHT + 26, y + 12),
    )


def _told(pledge: Pledge, say: Words) -> str:
    end = pledge.last.isoformat() if pledge.last else say("say.open_end")
    who, state = say.maybe("country", pledge.side), say.maybe("state", pledge.state)
    return f"{who}: {pledge.what} ({pledge.first} – {end}): {state}"


def _table(pledges: Sequence[Pledge], say: Words) -> Table:
    head = (
        say("supply.side"), say("label.what"), say("label.first"), say("label.last"), say("label.status"),
    )  # fmt: skip
    rows = tuple(
        (
            say.maybe("country", p.side), p.what, p.first.isoformat(),
            p.last.isoformat() if p.last else say("say.open_end"), say.maybe("state", p.state),
        )
        for p in pledges
    )  # fmt: skip
    return Table(head, rows)
