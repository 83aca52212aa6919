"""A screening in the terminal: counts, parties and hits, the gravest first, lists, the next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from xenotime.report.palette import look
from xenotime.report.screening import SIGNS, SISTER, command, explained, gravity, together
from xenotime.report.stake import seen
from xenotime.report.terminal import address, joined, muted
from xenotime.services.screening.record import (
    BACK,
    CLEARED,
    CONFIRMED,
    HIT,
    OUTCOMES,
    REVIEW,
    SPENT,
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
    answers = sorted((a for one in made for a in one.answers), key=gravity)
    asking = [a for a in answers if a.hits or a.findings or a.erased]
    shown = answers if len(answers) <= MOST_PARTIES else asking[:MOST_PARTIES]
    lines = _counted(answers, len(shown)) if len(answers) > 1 else []
    lines += [line for answer in shown for line in _answer(answer)]
    lines += [Text(""), *_lists(made[0].lists)]
    if kept:
        lines += [joined(muted("record"), address(one.id[:12])) for one in made[:3]]
        lines += [muted(f"and {len(made) - 3} records more")] if len(made) > 3 else []
        lines += _next(made)
    return Group(*lines)


def _counted(answers: Sequence[Answer], shown: int) -> list[RenderableType]:
    """The answer first: how many parties of each outcome, and how many of them follow."""
    counts = Counter(a.outcome for a in answers)
    told = ", ".join(f"{counts[o]:,} {o}" for o in reversed(OUTCOMES))
    left = [muted(f"shown: {shown:,}; --out DIR writes all of them")] if shown < len(answers) else []
    return [Text(f"{told} of {len(answers):,}", style="bold"), *left, Text("")]


def _answer(answer: Answer) -> Iterator[RenderableType]:
    shown = look(SIGNS[answer.outcome])
    outcome = Text(f"{shown.symbol} {answer.outcome.upper()}", style=f"bold {shown.terminal}")
    if answer.erased:
        yield joined(outcome, muted(f"erased on {answer.erased.day}: {answer.erased.reason}"), gap="  ")
        return
    query = answer.query
    name = Text(seen(query.name), style="bold")
    yield joined(outcome, name, *([muted(seen(query.party))] if query.party != query.name else []), gap="  ")
    told = [muted(f"note: {p.what}: {seen(p.found)}; expected {p.expected}") for p in answer.findings]
    yield from (Padding(one, (0, 0, 0, 2)) for one in (*told, *_hits(answer)))


def _hits(answer: Answer) -> Iterator[RenderableType]:
    """Hits that ask for a look, explained; then those that do not count, in a line; the rest as a number."""
    look_at = together([h for h in answer.hits if _explained(h)])
    for same in look_at[:MOST_EXPLAINED]:
        yield Group(*_whole(same))
    out = [h for h in answer.hits if state_of(h) == "ruled out"]
    sisters = [h for h in out if any(e.fact == SISTER for e in h.match.evidence)]
    others = [h for h in out if h not in sisters]
    brief = [h for same in look_at[MOST_EXPLAINED:] for h in same]
    brief += [h for h in answer.hits if not _explained(h) and h not in out] + others[:MOST_RULED_OUT]
    yield from (_line(hit) for hit in brief)
    if sisters:
        yield muted(_others(sisters))
    if more := len(others[MOST_RULED_OUT:]) + answer.left_off:
        yield muted(f"and {more} more, ruled out or less sure: --json shows all that are kept")


def _others(sisters: Sequence[Hit]) -> str:
    """Listed parties with a name like the one that was found, each name once."""
    names = list(dict.fromkeys(seen(h.match.entry_name) for h in sisters))
    more = f" and {len(names) - MOST_RULED_OUT} more" if len(names) > MOST_RULED_OUT else ""
    return f"ruled out, since it is the party above: {', '.join(names[:MOST_RULED_OUT])}{more}"


def _explained(hit: Hit) -> bool:
    """Whether a person has to look at the hit: it counts, or an earlier decision no longer does."""
    return hit.counts or (hit.mark is not None and hit.mark.state in (BACK, WAITS))


def _whole(same: Sequence[Hit]) -> Iterator[RenderableType]:
    """One explanation for all entries that it fits, with the state of each."""
    first = same[0]
    yield explained(first.match)
    yield muted(_listing(first))
    for hit in same[1:]:
        yield joined(
            "also", address(f"{hit.match.list_id}/{hit.match.entry}"), muted(_listing(hit)), gap="  "
        )
    if first.mark:
        yield Text(_marked(first))


def _line(hit: Hit) -> Text:
    match = hit.match
    place = address(f"{match.list_id}/{match.entry}")
    name = Text(f"{seen(match.entry_name)}  {match.score} %")
    said = hit.mark.says if hit.mark and hit.mark.state == CLEARED else match.how
    state = state_of(hit)
    if state in (HIT, REVIEW, CONFIRMED, CLEARED):
        said = f"{said}; {_listing(hit)}"
    spent = "listing " if state in SPENT[:2] else ""
    return joined(muted(f"{spent}{state}"), place, name, muted(seen(said)), gap="  ")


def _listing(hit: Hit) -> str:
    """The state of the listing on the day, in words."""
    since = hit.match.listed_on
    if hit.status == "listed":
        return f"listed since {since}" if since else "listed"
    doubt = ": no source confirms the state on this day" if hit.status == "unverified" else ""
    return f"listing {hit.status}{doubt}" + (f"; first listed {since}" if since else "")


def _marked(hit: Hit) -> str:
    mark = hit.mark
    if mark is None:
        return ""
    return seen(f"{mark.state}: {mark.says}" if mark.state == BACK else mark.says)


def _next(made: Sequence[Screening]) -> list[RenderableType]:
    """The command that decides a hit, filled in with the one that needs a look most."""
    asking = [
        (a.outcome != REVIEW, one, a, h)
        for one in made
        for a in one.answers
        for h in a.hits
        if h.counts and state_of(h) in (HIT, REVIEW)
    ]
    if not asking:
        return []
    _, one, answer, hit = min(asking, key=lambda each: each[0])
    return [
        Text(""),
        muted("next: look at each hit, then say what you found, --false-positive or --true-match, such as"),
        Padding(Text(command(one.id, answer, hit)), (0, 0, 0, 2)),
    ]


def _lists(lists: Sequence[Used]) -> Iterator[RenderableType]:
    total = sum(one.count for one in lists)
    yield muted(f"put to {len(lists)} list{'s' * (len(lists) != 1)}, {total:,} entries")
    told: dict[str, list[str]] = {}
    for one in lists:
        if one.says:
            told.setdefault(one.says.removeprefix(f"{one.list_id} "), []).append(one.list_id)
    for says, ids in told.items():
        yield Text(f"stale: {ids[0] if len(ids) == 1 else f'{len(ids)} lists, each'} {says}")
