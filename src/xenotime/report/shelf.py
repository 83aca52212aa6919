"""The book of law in the terminal: its instruments, articles, dates, facts and hinges, from plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.palette import ACCENT, STATUS_MARKS
from xenotime.report.terminal import address, grid, heading, joined, listing, muted
from xenotime.report.words import Words, load
from xenotime.services.results import Segment

Row = Mapping[str, str]
_STYLES = {
    "in_force": ACCENT,
    "suspended": "#b07d10",
    "unverified": "#b25dbd",
    "not_yet": "dim",
    "repealed": "dim",
}


def law_list(rows: Iterable[Row], words: Words | None = None) -> RenderableType:
    """Every instrument; rows have address, title, title_zh, published, status, articles."""
    say = words or load()
    lines = [
        (
            Group(address(row["address"]), Text(row.get("title", "")), muted(row.get("title_zh", ""))),
            row.get("published", ""),
            say.maybe("status", row.get("status", "")),
            row.get("articles", ""),
        )
        for row in rows
    ]
    head = [say(f"label.{key}") for key in ("address", "published", "status", "articles")]
    return listing(head, lines, keep=(1, 2)) if lines else muted(say("say.no_rows"))


def law_show(row: Row, articles: Sequence[Row] = (), words: Words | None = None) -> RenderableType:
    """One instrument or article in full: a head row, prose under `text`, then its articles one by one."""
    say = words or load()
    keys = (
        "class",
        "published",
        "read_until",
        "status",
        "question",
        "answer",
        "binds",
        "confidence",
        "sources",
    )
    facts = [(muted(say(f"label.{key}")), _value(row[key], key, say)) for key in keys if row.get(key)]
    body: list[RenderableType] = [
        joined(
            address(row["address"]),
            Text(row.get("title", ""), style="bold"),
            row.get("title_zh", ""),
            gap="  ",
        ),
        *([Text(row["text"])] if row.get("text") else []),
        grid(facts, keep=(0,)),
    ]
    for article in articles:
        body += [Text(""), _article(article, say)]
    return Group(*body)


def _value(text: str, key: str, say: Words) -> str:
    if key == "confidence":
        return joined(text, say.confidence(text), gap=": ").plain
    section = {"question": "question", "status": "status", "answer": "outcome"}.get(key)
    return say.maybe(section, text) if section else text


def _article(row: Row, say: Words) -> RenderableType:
    tail = [
        say.maybe("outcome", row.get("answer", "")),
        say.maybe("status", row.get("status", "")),
        row.get("binds", ""),
        row.get("confidence", ""),
        row.get("sources", ""),
    ]
    return Group(
        joined(address(row["address"]), Text(row.get("title", ""), style="bold"), gap="  "),
        Text(row.get("text", "")),
        muted("  ·  ".join(text for text in tail if text)),
    )


def facts(rows: Iterable[Row], words: Words | None = None) -> RenderableType:
    """Every fact a decision may rest on; rows have fact, type, unit, absence, asks, who."""
    say = words or load()
    lines = [
        (
            address(row["fact"]),
            Group(Text(row.get("asks", "")), muted("  ·  ".join(_fact_tail(row, say)))),
        )
        for row in rows
    ]
    return grid(lines, keep=(0,)) if lines else muted(say("say.no_rows"))


def _fact_tail(row: Row, say: Words) -> list[str]:
    kind = " ".join(text for text in (row.get("type", ""), row.get("unit", "")) if text)
    pairs = [("type", kind), ("absence", row.get("absence", "")), ("whom", row.get("who", ""))]
    return [f"{say(f'label.{name}')}: {text}" for name, text in pairs if text]


def hinges(rows: Iterable[Row], words: Words | None = None) -> RenderableType:
    """Every hinge; rows have hinge, day, branches, default, asks, check, touches."""
    say = words or load()
    blocks: list[RenderableType] = []
    for row in rows:
        tail = [(key, row.get(key, "")) for key in ("branch", "default", "check", "touches", "claims")]
        tail[0] = ("branch", row.get("branches", ""))
        pairs = [(muted(say(f"label.{key}")), text) for key, text in tail if text]
        blocks += [
            joined(Text(row["day"], style="bold"), address(row["hinge"]), gap="  "),
            Text(row.get("asks", "")),
            grid(pairs, keep=(0,)),
            Text(""),
        ]
    return Group(*blocks[:-1]) if blocks else muted(say("say.no_rows"))


def law_timeline(
    segments: Sequence[Segment],
    *,
    first: date,
    last: date,
    known: date | None = None,
    width: int = 100,
    words: Words | None = None,
) -> RenderableType:
    """One line per article from `first` to `last`, one character per step; `width` [columns] in all."""
    say = words or load()
    if not segments:
        return muted(say("say.no_timeline"))
    rows: dict[str, list[Segment]] = {}
    for segment in segments:
        rows.setdefault(segment.address, []).append(segment)
    room = min(max(len(name) for name in rows), width // 2)
    steps = max(width - room - 2, 12)
    days = [first + (last - first) * step // max(steps - 1, 1) for step in range(steps)]
    lines: list[tuple[RenderableType, ...]] = [("", muted(_scale(days)))]
    lines += [(address(name), _strip(found, days)) for name, found in rows.items()]
    if known is not None and first <= known <= last:
        place = sum(day <= known for day in days) - 1
        lines.append(("", _pointer(place, say("say.known_line", day=known.isoformat()), steps)))
    legend = "   ".join(f"{mark} {say(f'status.{key}')}" for key, mark in STATUS_MARKS.items())
    return Group(heading(say("part.timeline")), grid(lines, keep=(1,)), Text(""), muted(legend))


def _pointer(place: int, label: str, steps: int) -> Text:
    if place + 2 + len(label) <= steps:
        return Text(" " * place + "↑ " + label)
    return Text((label + " ↑").rjust(place + 1))


def _scale(days: Sequence[date]) -> str:
    line = [" "] * len(days)
    free = 0
    for place, day in enumerate(days):
        start = place == 0 or (day.year, (day.month - 1) // 3) != (
            days[place - 1].year,
            (days[place - 1].month - 1) // 3,
        )
        if start and place >= free and place + 7 <= len(days):
            line[place : place + 7] = f"{day:%Y-%m}"
            free = place + 9
    return "".join(line)


def _strip(segments: Sequence[Segment], days: Sequence[date]) -> Text:
    strip = Text(no_wrap=True)
    ordered = sorted(segments, key=lambda segment: segment.first)
    for place, day in enumerate(days):
        until = days[place + 1] - timedelta(days=1) if place + 1 < len(days) else day
        status = _status(ordered, day, max(day, until))
        strip.append(STATUS_MARKS.get(status, " "), style=_STYLES.get(status, "dim"))
    return strip


def _status(segments: Sequence[Segment], start: date, end: date) -> str:
    """The status that a step shows; a stretch that lies within one step is shown, not lost."""
    within = [s for s in segments if s.last is not None and start <= s.first and s.last <= end]
    covering = [s for s in segments if s.first <= start and (s.last is None or s.last >= start)]
    found = within or covering
    return found[-1].status if found else "not_yet"
