"""A register of screenings: as an HTML page, and each hit explained token by token in the terminal."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.core.truth import Truth
from xenotime.law.answer import Outcome
from xenotime.parties.matching.match import Evidence, Match
from xenotime.report import figures, palette
from xenotime.report.atomic import write
from xenotime.report.figures.svg import Figure
from xenotime.report.figures.waterfall import waterfall
from xenotime.report.palette import LOOKS
from xenotime.report.sheet import environment, sheet, style, trusted
from xenotime.report.spell import anchor
from xenotime.report.stake import seen
from xenotime.report.strip import Column, band, columns, fact, points, side, verdict
from xenotime.report.terminal import address, bar, grid, joined, mark, muted
from xenotime.report.told import told
from xenotime.report.words import Words, load, truth_key
from xenotime.services.screening.record import (
    HIT,
    NO_HIT,
    OUTCOMES,
    REVIEW,
    Answer,
    Hit,
    Screening,
    Used,
    state_of,
)

#: The page stays openable: so many hits are drawn, so many parties have a row.
MOST_DRAWN, MOST_ROWS = 300, 20_000
#: The sign of every outcome of a query.
SIGNS = {HIT: Outcome.PROHIBITED, REVIEW: Outcome.UNDETERMINED, NO_HIT: Outcome.NOT_CONTROLLED}
_BANDS = {"sure": Outcome.PROHIBITED, "review": Outcome.UNDETERMINED, "out": Outcome.NOT_CONTROLLED}
_COLUMNS = 7
#: The evidence that rules out the namesakes of a party that was found.
SISTER = "another listed name"


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of one party with its place on the page and its picture.

    `also` are entries of other lists that the same picture explains; `command` decides the hit, "" if none
    has to.
    """

    place: str
    answer: Answer
    hit: Hit
    also: tuple[Hit, ...]
    command: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Row:
    """One party of the register with its places on the page."""

    answer: Answer
    outcome: Outcome
    first: Hit | None
    places: tuple[str, ...]


def page(made: Sequence[Screening], words: Words | None = None) -> str:
    """The screenings of one run, at least one, as one HTML file that opens without a network.

    Raises ValueError for no screening at all.
    """
    if not made:
        raise ValueError("a register holds at least one screening")
    say = words or load()
    answers = sorted((a for one in made for a in one.answers), key=gravity)
    found = _found(made, say)
    rows = _rows(answers, found)
    return (
        environment()
        .get_template("screening.html")
        .render(
            it=made[0],
            say=say,
            records=[one.id for one in made],
            counts=[
                (SIGNS[o], o, n) for o in reversed(OUTCOMES) if (n := sum(a.outcome == o for a in answers))
            ],
            total=len(answers),
            rows=rows[:MOST_ROWS],
            most=MOST_ROWS,
            found=[one for one in found if one.hit.counts],
            spent=[one for one in found if not one.hit.counts],
            kept=sum(1 + len(one.also) for one in found),
            hits=sum(len(a.hits) for a in answers),
            drawn=MOST_DRAWN,
            lists=_lists(made),
            notices=notices(_lists(made), say),
            marked=Counter(h.mark.state for a in answers for h in a.hits if h.mark),
            marks=palette.MARKS,
            inline=lambda figure: trusted(figures.inline(figure)),
            truth_key=truth_key,
            anchor=anchor,
            seen=seen,
            state_of=state_of,
            band_of=lambda match: _BANDS[band(match)],
            verdict=partial(verdict, say=say),
            said=partial(said, say=say),
            **sheet(style("own.css")),
        )
    )


def together(hits: Sequence[Hit]) -> list[tuple[Hit, ...]]:
    """Hits that one explanation fits, such as one name on two lists; a hit with a decision stands alone."""
    found: dict[object, list[Hit]] = {}
    for hit in hits:
        m = hit.match
        key = (m.written, m.entry_name, m.score, m.sure, m.ruled_out, m.alignment, m.evidence, hit.counts)
        found.setdefault(key if hit.mark is None else (m.list_id, m.entry), []).append(hit)
    return [tuple(each) for each in found.values()]


def gravity(answer: Answer) -> tuple[int, int]:
    """Hits before those for review before none; the surest first."""
    return -OUTCOMES.index(answer.outcome), -max((h.match.score for h in answer.hits if h.counts), default=0)


def _found(made: Sequence[Screening], say: Words) -> tuple[Found, ...]:
    """The hits that get an explanation of their own: those that count, first of all."""
    numbered = [(one.id, one) for one in made]  # an id is the hash of a whole record: worked out once
    every = [(number, a, same) for number, one in numbered for a in one.answers for same in together(a.hits)]
    every.sort(key=lambda each: (not each[2][0].counts, gravity(each[1])))
    return tuple(
        Found(f"h{place}", a, hit, also, command(number, a, hit), waterfall(hit.match, say, f"hit-{place}"))
        for place, (number, a, (hit, *rest)) in enumerate(islice(every, MOST_DRAWN))
        for also in (tuple(rest),)
    )


def command(record: str, answer: Answer, hit: Hit) -> str:
    """The command that decides a hit of a record; "" for one that needs none or was decided already."""
    if not hit.counts or answer.erased or state_of(hit) not in (HIT, REVIEW):
        return ""
    verdict = "--true-match" if hit.match.sure else "--false-positive"
    entry, party = (shlex.quote(t) for t in (_address(hit.match), seen(answer.query.party)))
    return (
        f"xenotime records decide {record[:12]} --query {party} \\\n"
        f'  --hit {entry} {verdict} --because "WHY" --by "YOU"'
    )


def _rows(answers: Sequence[Answer], found: Sequence[Found]) -> list[Row]:
    places: dict[int, list[str]] = {}
    for one in found:
        places.setdefault(id(one.answer), []).append(one.place)
    return [
        Row(a, SIGNS[a.outcome], a.hits[0] if a.hits else None, tuple(places.get(id(a), ()))) for a in answers
    ]


def _lists(made: Sequence[Screening]) -> tuple[Used, ...]:
    """Every list version that was used, each once; those with something to say come first."""
    every = dict.fromkeys(used for one in made for used in one.lists)
    return tuple(sorted(every, key=lambda used: (not used.says, used.list_id)))


def notices(lists: Sequence[Used], say: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What there is to say about old lists, each text once, with the lists that it is about."""
    every: dict[str, list[str]] = {}
    for used in lists:
        if used.says:
            every.setdefault(used.says.removeprefix(used.list_id), []).append(used.list_id)
    return tuple(
        (
            f"{ids[0]} {seen(told(text, say)).strip()}"
            if len(ids) == 1
            else say("register.each", n=len(ids), text=seen(told(text, say)).strip()),
            tuple(ids),
        )
        for text, ids in every.items()
    )


def said(state: str, say: Words) -> str:
    """A state of a hit or of a decision in the reader's language."""
    return say.maybe("screened", state.replace(" ", "_"))


def write_page(made: Sequence[Screening], path: Path, words: Words | None = None) -> Path:
    """The page as a file that appears whole or not at all. Raises InputError when it cannot be written."""
    return write(path, page(made, words).encode(errors="replace"))


def explained(match: Match, words: Words | None = None) -> RenderableType:
    """One hit in the terminal: tokens in two rows, evidence with its weight, the probability."""
    say = words or load()
    lines: list[RenderableType] = [
        joined(
            _band(match, say), Text(seen(match.entry_name), style="bold"), address(_address(match)), gap="  "
        )
    ]
    every = columns(match)
    lines += [_pairs(every[at : at + _COLUMNS], say) for at in range(0, len(every), _COLUMNS)]
    if match.alignment is not None and match.alignment.contradictions:
        what = "; ".join(seen(one) for one in match.alignment.contradictions)
        lines.append(Text(f"≠ {say('hit.excludes', what=what)}", style="bold"))
    most = max((abs(e.points) for e in match.evidence), default=0)
    lines.append(grid([_weighed(e, most, say) for e in match.evidence], right=(3,)))
    return Group(*lines)


def _weighed(one: Evidence, most: int, say: Words) -> tuple[RenderableType, ...]:
    truth: Truth = side(one)
    return (
        mark(truth),
        muted(fact(one, say)),
        Text(seen(one.says)),
        points(one),
        muted(bar(abs(one.points), most, 12)),
    )


def _pairs(every: Sequence[Column], say: Words) -> RenderableType:
    """Columns of tokens: asked above, how they meet, listed below."""
    return grid(
        [
            (
                muted(say("hit.asked")),
                *(Text(c.mine or "–", style="bold" if c.excluded else "") for c in every),
            ),
            (Text(""), *(muted(_met(c)) for c in every)),
            (
                muted(say("hit.listed")),
                *(Text(c.theirs or "–", style="bold" if c.excluded else "") for c in every),
            ),
        ]
    )


def _met(column: Column) -> str:
    """The sign between two tokens: = the same, ≈ with the likeness for near ones, ≠ excluded, · alone."""
    if column.excluded:
        return "≠"
    return {"same": "=", "alone": "·"}.get(column.how, f"≈ {column.likeness}")


def _band(match: Match, say: Words) -> Text:
    shown = LOOKS[_BANDS[band(match)]]
    return Text(f"{shown.symbol} {verdict(match, say)}", style=f"bold {shown.terminal}")


def _address(match: Match) -> str:
    return f"{match.list_id}/{match.entry}"
