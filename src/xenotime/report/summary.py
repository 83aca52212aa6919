"""A whole portfolio in the terminal: outcomes, what to do by when, what is ahead, whom to ask."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.palette import look
from xenotime.report.reading import open_hinges, span, tally
from xenotime.report.terminal import address, badge, bar, grid, heading, joined, muted, part
from xenotime.report.words import Words, load
from xenotime.services.results import Assessment

#: How many rows a part of the summary shows before it says how many more there are.
ROWS = 8
_BAR = 20


def summary(assessment: Assessment, words: Words | None = None) -> RenderableType:
    """The assessment on one screen or two: the answer first, then what to do, then the law it rests on."""
    say = words or load()
    return Group(
        _head(assessment, say),
        part(say("part.outcomes"), _outcomes(assessment, say)),
        part(say("part.actions"), *_actions(assessment, say)),
        part(say("part.ahead"), *_ahead(assessment, say)),
        part(say("part.asks"), *_asks(assessment, say)),
        part(say("part.law"), *_law(assessment, say)),
        *_warnings(assessment, say),
        Text(""),
        muted(assessment.notice),
    )


def _head(assessment: Assessment, say: Words) -> Text:
    ships = len({leg.shipment for leg in assessment.legs})
    return joined(
        heading(assessment.portfolio),
        joined(say.count("shipment", ships), say.count("leg", len(assessment.legs)), gap=", "),
        joined(say("label.known"), assessment.known.isoformat()),
        gap="  ·  ",
    )


def _outcomes(assessment: Assessment, say: Words) -> RenderableType:
    counted = tally(assessment)
    if not counted:
        return muted(say("say.no_legs"))
    most = max(number for _, number in counted)
    return grid(
        (
            (
                badge(outcome, say),
                Text(str(number)),
                Text(bar(number, most, _BAR), style=look(outcome).terminal),
                muted(say(f"meaning.{outcome.word}")),
            )
            for outcome, number in counted
        ),
        right=(1,),
        keep=(0, 1, 2),
    )


def _rest(total: int, say: Words) -> list[RenderableType]:
    return [muted(say("say.more", n=total - ROWS))] if total > ROWS else []


def _actions(assessment: Assessment, say: Words) -> list[RenderableType]:
    if not assessment.actions:
        return [muted(say("say.no_actions"))]
    rows = []
    for action in assessment.actions[:ROWS]:
        past = action.due is not None and action.due[1] < assessment.known
        when = joined(Text(span(action.due, say), style="bold"), muted(say("say.overdue") if past else ""))
        ships = muted(f"{say.count('shipment', len(action.shipments))}: {say.some(action.shipments)}")
        rows.append((when, Group(Text(action.what), joined(address(action.address), ships, gap="  "))))
    return [grid(rows, keep=(0,)), *_rest(len(assessment.actions), say)]


def _ahead(assessment: Assessment, say: Words) -> list[RenderableType]:
    if not assessment.ahead:
        return [muted(say("say.no_ahead"))]
    rows = []
    for event in assessment.ahead[:ROWS]:
        ships = muted(f"{say.count('shipment', len(event.shipments))}: {say.some(event.shipments)}")
        body: list[RenderableType] = [Text(event.what), joined(address(event.address), ships, gap="  ")]
        if event.check:
            body.append(muted(f"{say('label.check')}: {event.check}"))
        past = say("say.overdue") if event.day < assessment.known else ""
        rows.append((joined(Text(event.day.isoformat(), style="bold"), muted(past)), Group(*body)))
    return [grid(rows, keep=(0,)), *_rest(len(assessment.ahead), say)]


def _asks(assessment: Assessment, say: Words) -> list[RenderableType]:
    if not assessment.asks:
        return [muted(say("say.no_asks"))]
    rows = [
        (
            Text(str(len(ask.shipments)), style="bold"),
            Group(
                Text(ask.asks),
                joined(
                    Text(say("say.ask_first", who=ask.who), style="bold"),
                    address(ask.fact),
                    muted(say.some(ask.shipments)),
                    gap="  ",
                ),
            ),
        )
        for ask in assessment.asks[:ROWS]
    ]
    return [grid(rows, right=(0,), keep=(0,)), *_rest(len(assessment.asks), say)]


def _law(assessment: Assessment, say: Words) -> list[RenderableType]:
    lines: list[RenderableType] = [
        joined(
            Text(assessment.law_title),
            address(assessment.law_hash[:12]),
            muted(say("say.strict_on" if assessment.strict else "say.strict_off")),
            gap="  ·  ",
        )
    ]
    hinges = open_hinges(assessment.legs)
    for hinge in hinges:
        text = say(
            "say.hinge_open",
            hinge=hinge.hinge,
            day=hinge.day.isoformat(),
            shipments=say.count("shipment", len(hinge.shipments)),
            default=hinge.default or say("say.unknown"),
        )
        lines.append(grid([(Text("±", style="bold"), Text(text))], keep=(0,)))
    for name, branch in assessment.branches.items():
        lines.append(Text(say("say.hinge_chosen", hinge=name, branch=branch)))
    if not hinges:
        lines.append(muted(say("say.no_hinges")))
    return lines


def _warnings(assessment: Assessment, say: Words) -> list[RenderableType]:
    if not assessment.warnings:
        return []
    return [part(say("part.warnings"), grid([("!", Text(text)) for text in assessment.warnings], keep=(0,)))]
