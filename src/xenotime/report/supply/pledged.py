"""The ledger of commitments in the terminal: what is due, then each side's pledges with their states."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.terminal import address, grid, heading, muted, part
from xenotime.services.supply.outcomes import Promise, Truce

#: Sign and style of each state; the word always stands beside the sign.
LOOKS = {
    "kept": ("●", "green"),
    "running": ("◐", "green"),
    "open": ("○", ""),
    "late": ("◆", "yellow"),
    "contested": ("◇", "yellow"),
    "broken": ("✕", "red"),
    "cannot be shown": ("?", "magenta"),
}
_NAMES = {"CN": "China", "US": "United States", "EU": "European Union", "JP": "Japan", "KR": "Korea"}


def ledger(truce: Truce, *, full: bool = False) -> RenderableType:
    """The whole ledger; `full` adds every observation with its source."""
    return Group(_head(truce), *_ahead(truce), *_sides(truce, full=full), *_foot(truce))


def _head(truce: Truce) -> RenderableType:
    about = f", with {_NAMES.get(truce.side, truce.side)}" if truce.side else ""
    known = "" if truce.known == truce.on else f", as known on {truce.known}"
    lines: list[RenderableType] = [
        heading(f"{len(truce.promises)} commitments{about} on {truce.on}{known}"),
        *(Text(f"{_NAMES.get(side, side)}: " + _counted(counts)) for side, counts in truce.counts),
    ]
    if truce.on > truce.read_until:
        lines.append(
            muted(f"Sources were read until {truce.read_until}: what was published later is not in here.")
        )
    return Group(*lines)


def _counted(counts: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{number} {state}" for state, number in counts)


def _ahead(truce: Truce) -> list[RenderableType]:
    rows = [
        (Text(str(p.due)), Text(f"in {p.days} days" if p.days else "today"), Text(p.side), Text(p.what))
        for p in truce.ahead
    ]
    return [part("Due next", grid(rows, grow=3, keep=(0, 1, 2)))] if rows else []


def _sides(truce: Truce, *, full: bool) -> list[RenderableType]:
    return [
        part(
            f"{_NAMES.get(side, side)} said",
            *(_promise(p, full=full) for p in truce.promises if p.side == side),
        )
        for side, _ in truce.counts
    ]


def _promise(promise: Promise, *, full: bool) -> RenderableType:
    sign, style = LOOKS[promise.state]
    tail = [Text(promise.because)]
    if promise.stated_by:
        tail.append(muted(f"in the words of: {_NAMES.get(promise.stated_by, promise.stated_by)}"))
    disputed = [s for s in promise.seen if s.shows in ("disputed", "prolonged")]
    tail += [muted(f"{s.published}: {s.says}") for s in disputed if not full]
    if full:
        tail.append(muted(f"announced {promise.announced}: {promise.source} ({promise.confidence})"))
        tail += [muted(f"{s.day} {s.shows}: {s.says} ({s.source}, {s.confidence})") for s in promise.seen]
    if promise.article:
        tail.append(address(f"xenotime law show {promise.article}"))
    tail.append(muted(f"what if it lapses: {promise.command}"))
    rows = [(Text(f"{sign} {promise.state}", style=style), Group(Text(promise.what), *tail))]
    return grid(rows, grow=1, keep=(0,))


def _foot(truce: Truce) -> list[RenderableType]:
    return [part("How a state follows", muted(truce.rule))]
