"""Who holds a party, as one HTML file: the picture first to be read, then proof, table, gaps and findings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from xenotime.parties.owners.result import Edge
from xenotime.report import figures, palette
from xenotime.report.atomic import write
from xenotime.report.figures.ownership import SIGNS, ownership
from xenotime.report.figures.svg import Figure, standalone
from xenotime.report.holders import (
    Line,
    Owned,
    Ruling,
    held,
    line_of,
    pictures,
    proof,
    sums,
    truth,
    uncounted,
)
from xenotime.report.own import (
    answer_words,
    asked_words,
    branch_words,
    caution_words,
    cautions,
    findings,
    look,
    missing,
    named,
    proofs,
    reading_words,
    status_words,
)
from xenotime.report.sheet import environment, sheet, style, trusted
from xenotime.report.spell import anchor
from xenotime.report.stake import between, exact, seen
from xenotime.report.words import Words, load, truth_key

#: Longer tables are cut on the page; the JSON output and the proof hold everything.
ROWS = 2000


def drawn(owned: Owned, words: Words | None = None) -> tuple[tuple[Figure, tuple[str, ...]], ...]:
    """The pictures of an answer with the rules they stand for, the gravest first."""
    say = words or load()
    return tuple(
        (ownership(chart, say, f"ownership-{number}"), rules)
        for number, (chart, rules) in enumerate(pictures(owned, say))
    )


def picture(owned: Owned, words: Words | None = None) -> str:
    """The gravest rule's picture as an SVG file of its own."""
    return standalone(drawn(owned, words)[0][0])


def page(owned: Owned, words: Words | None = None) -> str:
    """The answer as HTML text: one file, no network, readable without script."""
    say = words or load()
    pictured = drawn(owned, say)
    every = [held(ruling, owned.party) for ruling in owned.rulings]
    names = named(owned)
    return (
        environment()
        .get_template("own.html")
        .render(
            it=owned,
            say=say,
            title=names.get(owned.party, seen(owned.party)),
            pictures=pictured,
            rows=ROWS,
            answers=list(zip(owned.rulings, every, strict=True)),
            proofs=[_proved(rules, ruling, owned.party, say) for rules, ruling in proofs(owned, say)],
            missing=missing(every),
            cautions=cautions(every),
            findings=findings(owned),
            signs=SIGNS,
            marks=palette.MARKS,
            truth_key=truth_key,
            anchor=anchor,
            seen=seen,
            look=look,
            between=between,
            exact=exact,
            name=lambda body: names.get(body, seen(body)),
            answer_words=partial(answer_words, say=say),
            status_words=partial(status_words, say=say),
            branch_words=partial(branch_words, say=say),
            reading_words=partial(reading_words, say=say),
            asked_words=partial(asked_words, say=say),
            caution_words=partial(caution_words, say=say),
            stands=lambda ruling: truth(ruling, owned.party),
            line_of=partial(line_of, say=say),
            inline=lambda figure: trusted(figures.inline(figure)),
            **sheet(_zoom([figure for figure, _ in pictured])),
        )
    )


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof for the page: the rules that share it, its steps, how many are left, what stays below."""

    rules: tuple[str, ...]
    line: str
    steps: tuple[Line, ...]
    left: int
    under: tuple[Line, ...]
    rest: tuple[Edge, ...]


def _proved(rules: tuple[str, ...], ruling: Ruling, party: str, say: Words) -> Proved:
    steps, left = proof(ruling.found, party, say)
    one = held(ruling, party)
    under = sums(ruling.found, one.person, say) if one.truth is not True else ()
    rest = uncounted(ruling.found, one.person)
    return Proved(rules, line_of(ruling.found.rule, say), steps, left, under, rest)


def _zoom(pictured: list[Figure]) -> str:
    """The style that makes the zoom buttons work without script: each picture at its own width."""
    rules = [f".in-{depth}{{margin-left:{depth * 22}px}}" for depth in range(1, 17)]
    for number, figure in enumerate(pictured):
        rules.append(f"#plan-{number} svg{{max-width:{figure.width * 2}px}}")
        rules += [
            f"#plan-{number}:has(.z-{zoom}:checked) svg{{width:{figure.width * zoom // 100}px}}"
            for zoom in (50, 100, 200)
        ]
        rules.append(f"#plan-{number}:has(.z-fit:checked) svg{{max-width:{round(figure.width * 1.2)}px}}")
    return style("own.css") + "".join(rules)


def write_page(owned: Owned, path: Path, words: Words | None = None) -> Path:
    """The page as a file that appears whole or not at all. Raises InputError when it cannot be written."""
    return write(path, page(owned, words).encode(errors="replace"))


def write_picture(owned: Owned, path: Path, words: Words | None = None) -> Path:
    """The picture as a file that appears whole or not at all. Raises InputError when it cannot be written."""
    return write(path, picture(owned, words).encode(errors="replace"))
