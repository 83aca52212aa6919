"""The law over the portfolio's dates: one row per article, its stretches, and the legs it decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from xenotime.report.figures.svg import Figure, Table, breadth, clip, tag, words
from xenotime.report.words import Words
from xenotime.services.results import Assessment, Segment

_WIDTH = 960
_LEFT = 236
_TOP = 44
_ROW = 34
_BAR = 13

Pattern = tuple[tuple[str, date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """Articles of one instrument that have the same stretches."""

    instrument: str
    parts: tuple[str, ...]
    titles: tuple[str, ...]
    segments: tuple[Segment, ...]

    @property
    def label(self) -> str:
        """The instrument and its articles, shortest form."""
        return f"{self.instrument.split('/', 1)[-1]}/{', '.join(self.parts)}"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every article address in the lane."""
        return tuple(f"{self.instrument}/{part}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to pixels."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """The place of a day's start [px], held inside the drawing."""
        span = (self.last - self.first).days + 1
        place = min(max((day - self.first).days, 0), span)
        return _LEFT + (_WIDTH - _LEFT - 8) * place / span


def lanes(segments: Iterable[Segment]) -> tuple[Lane, ...]:
    """Articles folded: those of one instrument with the same stretches share a lane."""
    rows: dict[str, list[Segment]] = {}
    for segment in segments:
        rows.setdefault(segment.address, []).append(segment)
    groups: dict[tuple[str, Pattern], list[str]] = {}
    for address, found in rows.items():
        instrument = address.rpartition("/")[0] or address
        pattern = tuple((s.status, s.first, s.last) for s in sorted(found, key=lambda s: s.first))
        groups.setdefault((instrument, pattern), []).append(address)
    return tuple(
        Lane(
            instrument,
            tuple(address.removeprefix(instrument).lstrip("/") for address in found),
            tuple(dict.fromkeys(rows[address][0].title for address in found)),
            tuple(sorted(rows[found[0]], key=lambda s: s.first)),
        )
        for (instrument, _), found in groups.items()
    )


def timeline(assessment: Assessment, say: Words) -> Figure:
    """Stretches of every dated article over the legs' days, a tick per leg, and the day of knowledge."""
    scale = _scale(assessment)
    every = lanes(assessment.timeline)
    height = _TOP + max(len(every), 1) * _ROW + 26
    body = [axis(scale, height), _ticks((leg.on for leg in assessment.legs), 26, 10, scale)]
    ticks = _deciding(assessment)
    for place, lane in enumerate(every):
        body.append(_lane(lane, _TOP + place * _ROW, scale, ticks, say))
    if not every:
        body.append(words(say("say.no_timeline"), _LEFT, _TOP + 20, "m"))
    body.append(_known(assessment.known, scale, height, say))
    return Figure(
        "timeline",
        say("figure.timeline"),
        _desc(assessment, scale, every, say),
        _WIDTH,
        height,
        "".join(body),
        _table(every, say),
    )


def _scale(assessment: Assessment) -> Scale:
    days = [leg.on for leg in assessment.legs] + [assessment.known]
    first, last = min(days).replace(day=1), max(days)
    return Scale(first, (last.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def _quarters(scale: Scale) -> list[date]:
    months = [
        date(year, month, 1)
        for year in range(scale.first.year, scale.last.year + 1)
        for month in (1, 4, 7, 10)
    ]
    return [day for day in months if scale.first <= day <= scale.last] or [scale.first]


def axis(scale: Scale, height: int) -> str:
    """The quarters of a scale as lines, with the months named above."""
    quarters = _quarters(scale)
    step = -(-len(quarters) // 9)
    marks = []
    for place, day in enumerate(quarters):
        x = scale.at(day)
        marks.append(tag("line", x1=x, x2=x, y1=22, y2=height - 22, class_="g"))
        if place % step == 0 and x < _WIDTH - 50:
            marks.append(words(f"{day:%Y-%m}", x + 3, 14, "m"))
    return "".join(marks)


def _ticks(days: Iterable[date], y: float, length: float, scale: Scale) -> str:
    middles = ((scale.at(day) + scale.at(day + timedelta(days=1))) / 2 for day in sorted(set(days)))
    path = "".join(f"M{x:.1f} {y:.1f}v{length:g}" for x in middles)
    return tag("path", d=path, class_="k") if path else ""


def _deciding(assessment: Assessment) -> dict[str, set[date]]:
    ticks: dict[str, set[date]] = {}
    for leg in assessment.legs:
        ticks.setdefault(leg.explanation.rule, set()).add(leg.on)
    return ticks


def _lane(lane: Lane, y: float, scale: Scale, ticks: Mapping[str, set[date]], say: Words) -> str:
    title = tag("title", escape(", ".join(lane.addresses)))
    marks = [
        title,
        words(clip(lane.label, _LEFT - 12, 12), 0, y + 12),
        words(clip("; ".join(lane.titles), _LEFT - 12, 11), 0, y + 26, "m"),
        *(stretch(segment, y + 4, scale, say) for segment in lane.segments),
    ]
    days = {day for address in lane.addresses for day in ticks.get(address, ())}
    marks.append(_ticks(days, y + 4 + _BAR + 2, 7, scale))
    return tag("g", "".join(marks))


def stretch(segment: Segment, y: float, scale: Scale, say: Words) -> str:
    """One stretch of law as an interval at a height [px]; "" where it lies outside the scale."""
    start = scale.at(segment.first)
    end = scale.at(
        scale.last + timedelta(days=1) if segment.last is None else segment.last + timedelta(days=1)
    )
    if end <= start:
        return ""
    if segment.status in ("not_yet", "repealed"):
        return tag("path", d=f"M{start:.1f} {y + _BAR / 2:.1f}H{end:.1f}", class_="n")
    label = say.maybe("status", segment.status)
    drawn = tag("rect", x=start, y=y, width=end - start, height=_BAR, rx=2, class_=f"p-{segment.status}")
    if breadth(label, 11) + 12 <= end - start:
        wide = breadth(label, 11) + 8
        if segment.status != "in_force":
            drawn += tag("rect", x=start + 4, y=y + 1, width=wide, height=_BAR - 2, rx=2, class_="p-label")
        drawn += words(label, start + 8, y + 11, f"l l-{segment.status}")
    return drawn


def _known(day: date, scale: Scale, height: int, say: Words) -> str:
    x = scale.at(day)
    label = say("say.known_line", day=day.isoformat())
    anchor = "end" if x + breadth(label, 12) > _WIDTH - 4 else "start"
    line = tag("line", x1=x, x2=x, y1=20, y2=height - 16, class_="now")
    return line + words(label, x + (4 if anchor == "start" else 0), height - 4, "b", text_anchor=anchor)


def _stretch_words(segment: Segment, say: Words) -> str:
    end = segment.last.isoformat() if segment.last else say("say.open_end")
    stretch = say("say.from_to", start=segment.first.isoformat(), end=end)
    return f"{say.maybe('status', segment.status)} {stretch}"


def _desc(assessment: Assessment, scale: Scale, every: Sequence[Lane], say: Words) -> str:
    parts = " ".join(
        f"{lane.label}: {'; '.join(_stretch_words(s, say) for s in lane.segments)}." for lane in every
    )
    return say(
        "figure.timeline_desc",
        first=scale.first.isoformat(),
        last=scale.last.isoformat(),
        parts=parts,
        known=assessment.known.isoformat(),
    )


def _table(every: Sequence[Lane], say: Words) -> Table:
    head = tuple(say(f"label.{key}") for key in ("article", "status", "first", "last", "by"))
    rows = tuple(
        (
            ", ".join(lane.addresses),
            say.maybe("status", segment.status),
            segment.first.isoformat(),
            segment.last.isoformat() if segment.last else say("say.open_end"),
            segment.by or say("say.unknown"),
        )
        for lane in every
        for segment in lane.segments
    )
    return Table(head, rows)
