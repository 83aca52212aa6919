"""The dates that a change of law moves: each group of articles as two rows of intervals, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from xenotime.report.change.groups import Group, span_words
from xenotime.report.figures.svg import Figure, Table, clip, tag, words
from xenotime.report.figures.timeline import Scale, axis, stretch
from xenotime.report.spell import short
from xenotime.report.words import Words
from xenotime.services.results import Segment

_WIDTH, _LEFT, _TOP, _ROW, _LINE = 960, 236, 34, 56, 17
_MARGIN = timedelta(days=45)
_OPEN = timedelta(days=120)


def dates(groups: Sequence[Group], say: Words) -> Figure | None:
    """The changed stretches of every group that has some; None where no date changed."""
    dated = [g for g in groups if g.spans]
    if not dated:
        return None
    scale = _scale(dated)
    height = _TOP + len(dated) * _ROW + 22
    body = axis(scale, height)
    body += "".join(_lane(g, _TOP + n * _ROW, scale, say) for n, g in enumerate(dated))
    parts = " ".join(f"{g.label}: {'; '.join(span_words(s, say) for s in g.spans)}." for g in dated)
    desc = say("change.dates_desc", parts=parts)
    return Figure("dates", say("change.dates"), desc, _WIDTH, height, body, _table(dated, say))


def _scale(groups: Sequence[Group]) -> Scale:
    """From a little before the first changed day to a little after the last that is stated."""
    stated = [d for g in groups for s in g.spans for d in (s.first, s.last) if d]
    return Scale(min(stated) - _MARGIN, max(stated) + _OPEN)


def _lane(group: Group, y: float, scale: Scale, say: Words) -> str:
    drawn = [
        words(clip(short(group.label), _LEFT - 66, 12), 0, y + 12),
        words(clip("; ".join(group.titles), _LEFT - 66, 11), 0, y + 28, "m"),
    ]
    for place, side in enumerate(("before", "after")):
        top = y + place * _LINE
        drawn.append(words(say(f"change.{side}"), _LEFT - 8, top + 12, "m", text_anchor="end"))
        drawn += [stretch(s, top + 1, scale, say) for s in _segments(group, side)]
    return tag("g", "".join(drawn))


def _segments(group: Group, side: str) -> list[Segment]:
    """The changed days with their status on one side, neighbours of one status as one interval."""
    found: list[Segment] = []
    for span in group.spans:
        status: str = getattr(span, side)
        near = found and found[-1].last and found[-1].last + timedelta(days=1) == span.first
        if near and found[-1].status == status:
            first: date = found.pop().first
        else:
            first = span.first
        found.append(Segment(group.label, "", status, first, span.last, span.by))
    return found


def _table(groups: Sequence[Group], say: Words) -> Table:
    head = (
        say("label.article"),
        say("label.first"),
        say("label.last"),
        say("change.before"),
        say("change.after"),
        say("label.by"),
    )
    rows = tuple(
        (
            group.label,
            str(span.first),
            str(span.last or say("say.open_end")),
            say.maybe("status", span.before),
            say.maybe("status", span.after),
            span.by or say("say.unknown"),
        )
        for group in groups
        for span in group.spans
    )
    return Table(head, rows)
