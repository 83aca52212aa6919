"""A whole portfolio in the terminal: outcomes, what to do by when, what is ahead, whom to ask."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.digest import Line, dates_ahead, moved, open_hinges, planned
from xenotime.report.palette import look
from xenotime.report.reading import span, tally
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
        *_tasks(assessment, say),
        *_hinges(assessment, say),
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


def _tasks(assessment: Assessment, say: Words) -> list[RenderableType]:
    found: list[RenderableType] = []
    total = sum(leg.status == "planned" for leg in assessment.legs)
    for lines, section, head, number in (
        (planned(assessment), "task", "part.planned", total),
        (moved(assessment), "was", "part.moved", len(assessment.legs) - total),
    ):
        rows = [
            (
                Text(str(len(line.legs)), style="bold"),
                Text(look(line.usual).symbol, style=f"bold {look(line.usual).terminal}"),
                joined(say(f"{section}.{line.key}"), muted(_first(line, say)), gap="  "),
            )
            for line in lines
        ]
        if rows:
            found += [muted(say(head, legs=say.count("leg", number))), grid(rows, right=(0,), keep=(0, 1))]
    return [part(say("part.tasks"), *found)] if found else []


def _first(line: Line, say: Words) -> str:
    if line.key == "go":
        return ""
    return say.some(line.shipments, 3)


def _hinges(assessment: Assessment, say: Words) -> list[RenderableType]:
    hinges = open_hinges(assessment.legs, assessment.ahead)
    if not hinges:
        return []
    ships = len({ship for each in hinges for ship in each.shipments})
    rows = []
    for each in hinges:
        lines: list[RenderableType] = [Text(each.asks)]
        lines += [
            joined(
                Text(branch.name + (say("say.default_mark") if branch.default else ""), style="bold"),
                *(joined(str(number), badge(outcome, say)) for outcome, number in branch.counts),
                gap="  ",
            )
            for branch in each.branches
        ]
        count = say.count("shipment", len(each.shipments))
        lines.append(joined(address(each.hinge), muted(f"{count}: {say.some(each.shipments, 3)}"), gap="  "))
        if each.check:
            lines.append(muted(f"{say('label.check')}: {each.check}"))
        rows.append((Text(each.day.isoformat(), style="bold"), Group(*lines)))
    head = muted(say("say.hinges_open", shipments=say.count("shipment_depends", ships)))
    return [part(say("part.hinges"), head, grid(rows, keep=(0,)), muted(say("say.default_is")))]


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
    coming = dates_ahead(assessment)
    if not coming:
        return [muted(say("say.no_ahead"))]
    rows = []
    for event in coming[:ROWS]:
        ships = muted(f"{say.count('shipment', len(event.shipments))}: {say.some(event.shipments)}")
        body: list[RenderableType] = [Text(event.what), joined(address(event.address), ships, gap="  ")]
        if event.check:
            body.append(muted(f"{say('label.check')}: {event.check}"))
        rows.append((Text(event.day.isoformat(), style="bold"), Group(*body)))
    return [grid(rows, keep=(0,)), *_rest(len(coming), say)]


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
    for name, branch in assessment.branches.items():
        lines.append(Text(say("say.hinge_chosen", hinge=name, branch=branch)))
    if not open_hinges(assessment.legs):
        lines.append(muted(say("say.no_hinges")))
    return lines


def _warnings(assessment: Assessment, say: Words) -> list[RenderableType]:
    if not assessment.warnings:
        return []
    return [part(say("part.warnings"), grid([("!", Text(text)) for text in assessment.warnings], keep=(0,)))]
