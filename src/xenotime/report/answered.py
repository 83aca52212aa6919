"""A screening in the terminal: the answer for each party, then its hits, then the lists it was put to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from xenotime.report.palette import look
from xenotime.report.screening import SIGNS, explained
from xenotime.report.stake import seen
from xenotime.report.terminal import address, joined, muted
from xenotime.services.record import (
    BACK,
    CLEARED,
    CONFIRMED,
    HIT,
    OUTCOMES,
    REVIEW,
    WAITS,
    Answer,
    Hit,
    Screening,
    Used,
    state_of,
)

#: So many parties are shown, of each so many hits explained token by token, and so many that are ruled out.
MOST_PARTIES, MOST_EXPLAINED, MOST_RULED_OUT = 50, 8, 3


def answered(made: Sequence[Screening], *, kept: bool) -> RenderableType:
    """The screenings of one run; of a long file only the parties with something to see, and a count."""
    answers = [a for one in made for a in one.answers]
    asking = [a for a in answers if a.hits or a.findings or a.erased]
    shown = answers if len(answers) <= MOST_PARTIES else asking[:MOST_PARTIES]
    lines = [line for answer in shown for line in _answer(answer)]
    counts = Counter(a.outcome for a in answers)
    told = ", ".join(f"{counts[o]:,} {o}" for o in reversed(OUTCOMES))
    lines += [Text(""), Text(f"{told} of {len(answers):,}")]
    if len(shown) < len(answers):
        lines.append(muted(f"shown: {len(shown):,}; --out DIR writes all of them"))
    lines += _lists(made[0].lists)
    if kept:
        lines += [joined(muted("record"), address(one.id[:12])) for one in made[:3]]
        lines += [muted(f"and {len(made) - 3} records more")] if len(made) > 3 else []
    return Group(*lines)


def _answer(answer: Answer) -> Iterator[RenderableType]:
    shown = look(SIGNS[answer.outcome])
    outcome = Text(f"{shown.symbol} {answer.outcome.upper()}", style=f"bold {shown.terminal}")
    if answer.erased:
        yield joined(outcome, muted(f"erased on {answer.erased.day}: {answer.erased.reason}"), gap="  ")
        return
    query = answer.query
    name = Text(seen(query.name), style="bold")
    yield joined(outcome, name, *([muted(seen(query.party))] if query.party != query.name else []), gap="  ")
    for problem in answer.findings:
        yield muted(f"  note: {problem.what}: {seen(problem.found)}; expected {problem.expected}")
    explain = [h for h in answer.hits if _explained(h)][:MOST_EXPLAINED]
    out = [h for h in answer.hits if state_of(h) == "ruled out"][MOST_RULED_OUT:]
    for hit in answer.hits:
        if hit not in out:
            yield Padding(Group(*_whole(hit)) if hit in explain else _line(hit), (0, 0, 0, 2))
    if more := len(out) + answer.left_off:
        yield muted(f"  and {more} more, ruled out or less sure: --json shows all that are kept")


def _explained(hit: Hit) -> bool:
    """Whether a person has to look at the hit: it counts, or an earlier decision no longer does."""
    return hit.counts or (hit.mark is not None and hit.mark.state in (BACK, WAITS))


def _whole(hit: Hit) -> Iterator[RenderableType]:
    yield explained(hit.match)
    yield muted(_listing(hit))
    if hit.mark:
        yield Text(_marked(hit))


def _line(hit: Hit) -> Text:
    match = hit.match
    place = address(f"{match.list_id}/{match.entry}")
    name = Text(f"{seen(match.entry_name)}  {match.score} %")
    said = hit.mark.says if hit.mark and hit.mark.state == CLEARED else match.how
    state = state_of(hit)
    why = f"{said}; {_listing(hit)}" if state in (HIT, REVIEW, CONFIRMED, CLEARED) else said
    return joined(muted(state), place, name, muted(seen(why)), gap="  ")


def _listing(hit: Hit) -> str:
    since = f", listed from {hit.match.listed_on}" if hit.match.listed_on else ""
    return f"state of the listing: {hit.status}{since}"


def _marked(hit: Hit) -> str:
    mark = hit.mark
    if mark is None:
        return ""
    return seen(f"{mark.state}: {mark.says}" if mark.state == BACK else mark.says)


def _lists(lists: Sequence[Used]) -> Iterator[RenderableType]:
    total = sum(one.count for one in lists)
    yield muted(f"put to {len(lists)} list{'s' * (len(lists) != 1)}, {total:,} entries")
    told: dict[str, list[str]] = {}
    for one in lists:
        if one.says:
            told.setdefault(one.says.removeprefix(f"{one.list_id} "), []).append(one.list_id)
    for says, ids in told.items():
        yield Text(f"stale: {ids[0] if len(ids) == 1 else f'{len(ids)} lists, each'} {says}")
