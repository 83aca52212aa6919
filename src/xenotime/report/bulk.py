"""A decided table in the terminal and as data: rows by outcome, what decides them, what they wait for."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.law.law import Law
from xenotime.report.palette import look
from xenotime.report.terminal import address, badge, bar, grid, heading, joined, muted, part
from xenotime.report.words import Words, load
from xenotime.services.bulk.run import Tally

#: How many articles and missing facts are shown.
MOST = 8
_BAR = 20


def totals(tally: Tally, law: Law, title: str, words: Words | None = None) -> RenderableType:
    """What a decided table adds up to, on one screen."""
    say = words or load()
    return Group(
        joined(
            heading(title),
            say.count("row", tally.rows),
            joined(say("label.known"), law.known.isoformat()),
            gap="  ·  ",
        ),
        part(say("part.outcomes"), _outcomes(tally, say)),
        *_deciding(tally, law, say),
        *_waiting(tally, law, say),
    )


def summed(tally: Tally, law: Law) -> dict[str, object]:
    """The same as plain data: rows, by outcome, by deciding article, and by missing fact."""
    return {
        "law": law.hash,
        "known": str(law.known),
        "rows": tally.rows,
        "outcomes": {outcome.word: rows for outcome, rows in tally.outcomes.items()},
        "articles": dict(_articles(tally, law)),
        "missing": dict(_facts(tally, law)),
    }


def _outcomes(tally: Tally, say: Words) -> RenderableType:
    most = max(tally.outcomes.values(), default=1)
    return grid(
        (
            (
                badge(outcome, say),
                Text(f"{rows:,}"),
                Text(bar(rows, most, _BAR), style=look(outcome).terminal),
                muted(say(f"meaning.{outcome.word}")),
            )
            for outcome, rows in tally.outcomes.items()
        ),
        right=(1,),
        keep=(0, 1, 2),
    )


def _deciding(tally: Tally, law: Law, say: Words) -> list[RenderableType]:
    found = _articles(tally, law)[:MOST]
    rows = ((Text(f"{count:,}", style="bold"), address(name)) for name, count in found)
    return [part(say("part.deciding"), grid(rows, right=(0,), keep=(0,)))] if found else []


def _waiting(tally: Tally, law: Law, say: Words) -> list[RenderableType]:
    found = _facts(tally, law)[:MOST]
    asks = {fact.name: fact.asks for fact in law.facts}
    rows = ((Text(f"{count:,}", style="bold"), address(name), muted(asks[name])) for name, count in found)
    return [part(say("part.waiting"), grid(rows, right=(0,), keep=(0, 1)))] if found else []


def _articles(tally: Tally, law: Law) -> list[tuple[str, int]]:
    """Rows by deciding article, most first."""
    found: dict[str, int] = {}
    for (_, rule), rows in tally.answers.items():
        if rule >= 0:
            name = law.rules[rule].address
            found[name] = found.get(name, 0) + rows
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def _facts(tally: Tally, law: Law) -> list[tuple[str, int]]:
    """Rows by fact that they lack, most first."""
    named = [(law.facts[bit].name, rows) for bit, rows in tally.missing.items()]
    return sorted(named, key=lambda each: (-each[1], each[0]))
