"""What `xenotime law check` and `law coverage` print: what was proved, what was found, what is encoded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from xenotime.core.truth import Truth
from xenotime.law.answer import Outcome
from xenotime.law.prove.finding import Finding, Witness
from xenotime.report.palette import MARK_COLOURS, MARKS
from xenotime.report.terminal import badge, grid, heading, joined, listing, mark, muted
from xenotime.report.words import laid, load
from xenotime.services.coverage import Census, Reading
from xenotime.services.witness import told

if TYPE_CHECKING:
    from xenotime.services.proof import BookProof


@cache
def proof_words(lang: str = "en") -> Mapping[str, str]:
    """The words of this page by ``section.key``. Raises KeyError for a language without a catalogue."""
    return laid(load(lang), "proof").texts


def proof(
    found: BookProof,
    census: Census,
    witnesses: Mapping[int, Sequence[str]],
    *,
    asked: str = "",
    lang: str = "en",
) -> RenderableType:
    """The proof of one book: its size, what holds, declared doubts, and each finding with its witness.

    ``witnesses`` are the files of each finding, by its identity; ``asked`` names the book to `decide`.
    """
    say = proof_words(lang)
    parts: list[RenderableType] = [*_head(found, census, say), Text("")]
    parts.append(grid([(mark(True), Text(line)) for line in _proved(found, say)], keep=(0,)))
    if found.proof.declared:
        parts += [Text(""), muted(say["head.declared"].format(n=len(found.proof.declared)))]
        for each in found.proof.declared:
            head = joined(
                mark(None), Text(say[f"kind.{each.finding.kind}"], style="bold"), " · ".join(each.doubt.at)
            )
            parts += [head, Padding(Text(each.doubt.says), (0, 0, 0, 2))]
    for finding in found.proof.findings:
        parts += [Text(""), *_finding(finding, witnesses.get(id(finding), ()), asked, say)]
    count = len(found.proof.findings)
    last = say["head.found"].format(n=count) if count else say["head.clean"]
    return Group(*parts, Text(""), Text(last, style=f"bold {MARK_COLOURS[not count]}"))


def _head(found: BookProof, census: Census, say: Mapping[str, str]) -> Iterator[RenderableType]:
    name, digest = found.jurisdiction, found.book.hash[:12]
    yield heading(say["head.book"].format(name=name, hash=digest, known=found.known))
    size = say["head.size"].format(
        instruments=len(found.book.instruments),
        articles=len(census.readings),
        rules=len(found.book.rules),
        gaps=len(census.not_encoded),
    )
    yield muted(size)
    yield muted(say["head.asked"].format(asked=f"{found.proof.asked:,}", worlds=found.proof.worlds))


def _proved(found: BookProof, say: Mapping[str, str]) -> Iterator[str]:
    """What holds of the whole book; what was found, even if declared, is not said to hold."""
    counts = found.proof.counts
    for name in found.proof.proved:
        if counts.get(name, 1):
            yield say[f"proved.{name}"].format(
                **{name: counts.get(name, ""), "statements": counts.get("gaps", "")}
            )


def _finding(
    finding: Finding, written: Sequence[str], asked: str, say: Mapping[str, str]
) -> Iterator[RenderableType]:
    title = Text(say[f"kind.{finding.kind}"], style="bold")
    yield joined(mark(False), title, muted(" · ".join(finding.at)), gap="  ")
    yield Padding(Text(f"{finding.what}."), (0, 0, 0, 3))
    rows: list[tuple[RenderableType, RenderableType]] = [(muted(say["label.means"]), Text(finding.means))]
    for witness in finding.witnesses:
        rows += [(muted(say["label.shipment"]), Text(shipment(witness, say))), _answer(witness, say)]
    for path in written:
        command = " ".join(["xenotime decide", *([asked] if asked else []), path, "--check"])
        rows.append((muted(say["label.run"]), Text(command)))
    rows.append((muted(say["label.next"]), Text(finding.next_step)))
    yield Padding(grid(rows, keep=(0,)), (0, 0, 0, 3))


def shipment(witness: Witness, say: Mapping[str, str]) -> str:
    """The facts and the day of a witness on one line."""
    facts = ", ".join(f"{name} {told(value)}" for name, value in witness.row.items())
    branches = "".join(f", {hinge}={branch}" for hinge, branch in witness.branches.items())
    return f"{facts or say['label.anything']}; on {witness.on}, known {witness.known}{branches}"


def _answer(witness: Witness, say: Mapping[str, str]) -> tuple[RenderableType, RenderableType]:
    holds = [
        say["label.holds" if held else "label.fails"].format(rule=r) for r, held in witness.holds.items()
    ]
    words = badge(Outcome[witness.outcome.upper()], load())
    return muted(say["label.answer"]), joined(words, Text("; ".join(holds)), gap=": ")


def census(found: Census, *, whole: bool = False, lang: str = "en") -> RenderableType:
    """Which articles are encoded, tested or not encodable, by instrument; `whole` tells each one."""
    say = proof_words(lang)
    keys = ("instrument", "articles", "encoded", "open", "tested", "reasons", "read_until", "read_by")
    rows = [tuple(map(str, row)) for row in found.table()]
    parts: list[RenderableType] = [
        heading(say["coverage.title"]),
        listing([say[f"coverage.{k}"] for k in keys], rows, keep=(0, 1, 2, 3, 4, 5, 6)),
    ]
    if whole:
        parts += [Text(""), heading(say["coverage.not_encoded"])]
        parts += [_reason(r) for r in found.not_encoded]
        parts += [Text(""), heading(say["coverage.untested"])]
        parts += [joined(mark(None), r.address, r.title, gap="  ") for r in found.untested]
    return Group(*parts)


def _reason(reading: Reading) -> RenderableType:
    shown: Truth = None
    return joined(Text(MARKS[shown], style=MARK_COLOURS[shown]), reading.address, reading.reason, gap="  ")
