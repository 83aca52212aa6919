"""Why a name was taken for a listed one: tokens against tokens, then the evidence, then the probability."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from xenotime.core.truth import Truth
from xenotime.parties.matching.match import Evidence, Match
from xenotime.report.figures.svg import Figure, Table, breadth, clip, number, symbol, tag, words
from xenotime.report.stake import seen
from xenotime.report.strip import Column, band, columns, fact, points, side, verdict
from xenotime.report.told import told
from xenotime.report.words import Words

_WIDTH = 880
_LEFT = 96.0
_ROW = 24.0
_LANE = 104.0
_AXIS, _REACH = 680.0, 120.0
_BANDS = {"sure": "prohibited", "review": "undetermined", "out": "not_controlled"}
_NEAR = ("spelling", "sound", "initial", "plural", "joined", "register")
_SIDES: dict[Truth, str] = {True: "for", False: "against", None: "open"}


def waterfall(match: Match, say: Words, name: str = "hit") -> Figure:
    """The strip of one hit; without an alignment (an identifier decided alone) only its evidence."""
    lanes = _lanes(columns(match))
    marks = [_names(lane, 8 + _LANE * place, say) for place, lane in enumerate(lanes)]
    y = 8 + _LANE * len(lanes)
    if match.alignment is not None and match.alignment.contradictions:
        marks.append(_contradictions(match.alignment.contradictions, y, say))
        y += 26
    if match.evidence:
        marks.append(words(say("hit.against"), _AXIS - 8, y + 12, "m", text_anchor="end"))
        marks.append(words(say("hit.in_favour"), _AXIS + 8, y + 12, "m"))
        y += 14
    marks.append(_bars(match.evidence, y + 6, say))
    y += 6 + _ROW * len(match.evidence)
    marks.append(_score(match, y + 10, say))
    title = say("hit.figure", name=seen(match.written), entry=seen(match.entry_name))
    return Figure(name, title, _desc(match, say), _WIDTH, round(y + 70), "".join(marks), table(match, say))


def _wide(column: Column) -> float:
    return max(breadth(column.mine, 13.5), breadth(column.theirs, 13.5), 22) + 14


def _lanes(every: Sequence[Column]) -> list[list[Column]]:
    """The columns in as many lines as they need."""
    lanes: list[list[Column]] = []
    x = float(_WIDTH)
    for column in every:
        wide = min(_wide(column), _WIDTH - _LEFT)
        if x + wide > _WIDTH:
            lanes.append([])
            x = _LEFT
        lanes[-1].append(column)
        x += wide + 8
    return lanes


def _names(lane: Sequence[Column], y: float, say: Words) -> str:
    marks = [words(say("hit.asked"), 0, y + 19, "m"), words(say("hit.listed"), 0, y + 79, "m")]
    x = _LEFT
    for column in lane:
        wide = min(_wide(column), _WIDTH - _LEFT)
        marks.append(_column(column, x, y, wide, say))
        x += wide + 8
    return "".join(marks)


def _column(column: Column, x: float, y: float, wide: float, say: Words) -> str:
    """Two tokens and the line between them: full for the same, with its likeness for the near."""
    middle = x + wide / 2
    means = say.maybe("token", column.how) + (f" {column.likeness} %" if column.how in _NEAR else "")
    marks = [tag("title", escape(f"{column.mine or '–'} / {column.theirs or '–'}: {means}"))]
    marks += [_token(column.mine, column, x, y, wide), _token(column.theirs, column, x, y + 60, wide)]
    if column.excluded and column.mine and column.theirs:
        marks.append(symbol("conflict", middle, y + 44, 16))
    elif column.how != "alone":
        kind = "wf-same" if column.how == "same" else "wf-near"
        marks.append(tag("line", x1=middle, x2=middle, y1=y + 28, y2=y + 60, class_=kind))
        if column.how != "same":
            text = str(column.likeness)
            half = breadth(text, 10.5) / 2 + 3
            marks.append(
                tag("rect", x=middle - half, y=y + 37, width=2 * half, height=14, class_="ow-ground")
            )
            marks.append(words(text, middle, y + 48, "m", text_anchor="middle"))
    return tag("g", "".join(marks))


def _token(text: str, column: Column, x: float, y: float, wide: float) -> str:
    """One token in its box: hatched when it stands alone, crossed frame when it excludes."""
    if not text:
        return ""
    kind = "wf-x" if column.excluded else "wf-alone" if column.how == "alone" else "wf-pair"
    box = tag("rect", x=x, y=y, width=wide, height=28, rx=3, class_=f"wf-t {kind}")
    shown = clip(text, wide - 8, 13.5)
    if kind == "wf-alone":
        half = breadth(shown, 13.5) / 2 + 3
        box += tag("rect", x=x + wide / 2 - half, y=y + 5, width=2 * half, height=18, class_="wf-plain")
    return box + words(shown, x + wide / 2, y + 18.5, "wf-w", text_anchor="middle")


def _contradictions(every: Sequence[str], y: float, say: Words) -> str:
    text = say("hit.excludes", what="; ".join(seen(one) for one in every))
    return symbol("conflict", _LEFT + 8, y + 8, 14) + words(
        clip(text, _WIDTH - _LEFT - 24), _LEFT + 22, y + 12, "b"
    )


def _bars(every: Sequence[Evidence], y: float, say: Words) -> str:
    """A bar per piece of evidence, to the right for the match, to the left against it."""
    most = max((abs(one.points) for one in every), default=0) or 1
    marks = [tag("line", x1=_AXIS, x2=_AXIS, y1=y, y2=y + _ROW * len(every), class_="ax")] if every else []
    for place, one in enumerate(every):
        middle = y + _ROW * place + _ROW / 2
        text = seen(told(one.says, say))
        speaks = _SIDES[side(one)]
        long = _REACH * abs(one.points) / most
        left = _AXIS - long if one.points < 0 else _AXIS
        parts = [
            tag("title", escape(f"{fact(one, say)}: {text} ({points(one)})")),
            words(clip(fact(one, say), _LEFT - 8), 0, middle + 4, "m"),
            words(clip(text, left - _LEFT - 16), _LEFT, middle + 4),
        ]
        if one.points:
            parts.append(
                tag("rect", x=left, y=middle - 7, width=max(long, 2), height=14, class_=f"wf-{speaks}")
            )
        else:
            parts.append(tag("circle", cx=_AXIS, cy=middle, r=3.5, class_=f"wf-dot wf-{speaks}"))
        at = _AXIS + _REACH + 12
        parts.append(
            words(points(one) if one.points else say.maybe("verdict", one.verdict), at, middle + 4, "m")
        )
        marks.append(tag("g", "".join(parts)))
    return "".join(marks)


def _score(match: Match, y: float, say: Words) -> str:
    """The probability on a line from 0 to 100 %, with what it asks for."""
    kind = _BANDS[band(match)]
    right = _WIDTH - 160.0
    x = _LEFT + (right - _LEFT) * min(max(match.score, 0), 100) / 100
    marks = [
        words(say("hit.probability"), 0, y + 13, "b"),
        tag("rect", x=_LEFT, y=y, width=right - _LEFT, height=18, rx=3, class_="wf-ground"),
        tag("rect", x=_LEFT, y=y, width=max(x - _LEFT, 2), height=18, rx=3, class_=f"f-{kind}"),
        symbol(kind, right + 18, y + 9, 14),
        words(verdict(match, say), right + 30, y + 13, "b"),
    ]
    for share in (0, 25, 50, 75, 100):
        at = _LEFT + (right - _LEFT) * share / 100
        marks.append(tag("line", x1=at, x2=at, y1=y + 18, y2=y + 22, class_="ax"))
        marks.append(words(f"{number(share)} %", at, y + 34, "m", text_anchor="middle"))
    return "".join(marks)


def _desc(match: Match, say: Words) -> str:
    pairs = "; ".join(
        f"{c.mine or '–'} / {c.theirs or '–'} ({say.maybe('token', c.how)})" for c in columns(match)[:16]
    )
    speaks = "; ".join(f"{fact(e, say)}: {seen(told(e.says, say))}" for e in match.evidence)
    return say(
        "hit.figure_desc",
        pairs=pairs or say("say.none"),
        evidence=speaks or say("say.none"),
        verdict=verdict(match, say),
    )


def table(match: Match, say: Words) -> Table:
    """Every token and every piece of evidence in rows."""
    head = (say("hit.asked"), say("hit.listed"), say("label.how"), say("hit.points"))
    tokens = [
        (
            c.mine or "–",
            c.theirs or "–",
            say.maybe("token", c.how),
            f"{c.likeness} %" if c.how not in ("alone", "excludes") else "–",
        )
        for c in columns(match)
    ]
    facts = [
        (fact(e, say), say.maybe("verdict", e.verdict), seen(told(e.says, say)), points(e))
        for e in match.evidence
    ]
    last = (say("hit.probability"), "", say("hit." + band(match)), f"{match.score} %")
    return Table(head, (*tokens, *facts, last), frozenset({3}))
