"""What would change one decision, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.questions.speak import speak
from xenotime.report.terminal import address, badge, joined, muted, part
from xenotime.report.words import Words
from xenotime.services.ask.whynot import Change, Turn, WhyNot

_MOST, _REASONS = 16, 4


def told(found: WhyNot, lang: str = "en") -> RenderableType:
    """The smallest changes of open facts, the notices that would settle it, what can be applied for."""
    say = speak(lang)
    facts = [line for change in found.changes[:_MOST] for line in _change(change, say)]
    left = len(found.changes) - _MOST
    if left > 0:
        facts.append(muted(say("whynot.more", n=left)))
    body = [*facts, *_turns(found, say)] or [Text(say("whynot.none"))]
    if found.lists:
        body.insert(0, Text(say("whynot.lists", n=len(found.lists))))
    return Group(
        part(say("whynot.title"), *body),
        part(say("whynot.apply"), *_apply(found, say)),
        Text(""),
        muted(say("whynot.caution")),
    )


def _change(change: Change, say: Words) -> Iterator[RenderableType]:
    facts = "; ".join(f"{turn.fact} = {' | '.join(turn.values)}" for turn in change.turns)
    yield joined(Text(say("whynot.if")), Text(facts, style="bold"), muted(say("whynot.would")),
                 badge(change.outcome, say), address(change.rule))  # fmt: skip
    for turn in change.turns:
        yield muted(f"  {_now(turn, say)}. {turn.asks} ({say.maybe('who', turn.who)})")


def _now(turn: Turn, say: Words) -> str:
    return say("whynot.presumed", value=turn.presumed) if turn.presumed else say("whynot.unknown")


def _turns(found: WhyNot, say: Words) -> Iterator[RenderableType]:
    for branch in found.branches:
        text = Text(f"{branch.hinge} = {branch.branch}", style="bold")
        yield joined(Text(say("whynot.if")), text, muted(say("whynot.would")), badge(branch.outcome, say))


def _apply(found: WhyNot, say: Words) -> Iterator[RenderableType]:
    if found.covered_by:
        yield Text(say("whynot.covered", licences=", ".join(found.covered_by)))
    if found.banned:
        yield Text(say("whynot.banned"))
    for channel in found.channels:
        left = len(channel.why) - _REASONS
        why = "; ".join(channel.why[:_REASONS]) + (f" {say('whynot.more', n=left)}" if left > 0 else "")
        says = (
            say("whynot.eligible")
            if channel.eligible
            else say("whynot.lacking", facts=why)
            if channel.eligible is None
            else say("whynot.shut", why=why)
        )
        yield joined(
            Text(f"{say.maybe('channel', channel.channel)}:", style="bold"),
            Text(says),
            address(channel.address),
        )
        if channel.papers:
            yield muted("  " + say("whynot.papers", papers=", ".join(channel.papers)))
    if not (found.banned or found.channels or found.covered_by):
        yield muted(say("say.none"))
