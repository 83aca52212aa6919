"""How far the outcome can reach: boolean columns per rank, so that bounds cost a few bit operations.

For each rank 1 to 5, ``Y`` says that the outcome surely reaches it and ``P`` that it possibly does;
``m`` takes open articles by their mildest reading, ``s`` by their strictest. A tag names a branch:
``Ym3@0=1`` is the second branch of the first slot of hinges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xenotime.law.answer import Outcome
from xenotime.law.book import Hinge
from xenotime.law.law import Law
from xenotime.law.words import Expr, Words, possibly, surely

RANKS = range(1, 6)


class Ranks:
    """Builds and compares the rank columns of a law in one vocabulary."""

    def __init__(self, law: Law, words: Words) -> None:
        self.law = law
        self.words = words

    def stages(self, tags: Mapping[str, Mapping[str, str]]) -> list[list[Expr]]:
        """Rank columns of each tag, given the column of each rule; groups of equal rules are joined once."""
        groups: dict[str, Expr] = {}
        names: dict[tuple[str, ...], str] = {}
        reach: list[list[Expr]] = [[] for _ in RANKS]
        for tag, columns in tags.items():
            for letter in "ms":
                either = list(self._either(columns, letter))
                for rank in reversed(RANKS):
                    rules = [r for r in self.law.rules if (r.low if letter == "m" else r.high) == rank]
                    joined = self._group([columns[r.address] for r in rules], names, groups, tag)
                    yes, may = [surely(joined), *(e for e, at in either if at == rank)], [possibly(joined)]
                    if rank < RANKS[-1]:
                        yes.append(self.words.col(f"Y{letter}{rank + 1}{tag}"))
                        may.append(self.words.col(f"P{letter}{rank + 1}{tag}"))
                    for family, parts in (("Y", yes), ("P", may)):
                        reach[RANKS[-1] - rank].append(
                            self.words.some(parts).alias(f"{family}{letter}{rank}{tag}")
                        )
        return [list(groups.values()), *reach]

    def _group(
        self, columns: Sequence[str], names: dict[tuple[str, ...], str], groups: dict[str, Expr], tag: str
    ) -> Expr:
        key = tuple(columns)
        if key not in names:
            names[key] = f"group|{tag}|{len(names)}"
            groups[names[key]] = self.words.some([self.words.col(c) for c in columns]).alias(names[key])
        return self.words.col(names[key])

    def _either(self, columns: Mapping[str, str], letter: str) -> Iterator[tuple[Expr, int]]:
        """Where a rule holds but for an exception that is unknown, the milder of the two answers is sure."""
        for rule in self.law.rules:
            if rule.unless:
                several = [rule, *(self.law.book.rules[e] for e in rule.unless)]
                rank = min(r.low if letter == "m" else r.high for r in several)
                column = columns[rule.address]
                yield surely(self.words.col(f"{column}|base")) & self.words.col(column).is_null(), int(rank)

    def differ(self, left: str, right: str, tag: str = "") -> Expr:
        """Whether two families of rank columns differ anywhere."""
        col = self.words.col
        return self.words.some([col(f"{left}{r}{tag}") != col(f"{right}{r}{tag}") for r in RANKS])

    def unknown(self, tag: str = "") -> Expr:
        """Whether something unknown, and not only an open reading, moves the outcome."""
        return self.differ("Ym", "Pm", tag) | self.differ("Ys", "Ps", tag)

    def highest(self, family: str, tag: str = "") -> Expr:
        """The highest rank that a family of rank columns reaches."""
        result = self.words.lit(0, self.words.small)
        for rank in RANKS:
            result = self.choose(self.words.col(f"{family}{rank}{tag}"), Outcome(rank), result)
        return result

    def choose(self, test: Expr, outcome: Outcome, otherwise: Expr) -> Expr:
        """An outcome where a test holds, something else where it does not."""
        return self.words.when(test).then(self.words.lit(int(outcome), self.words.small)).otherwise(otherwise)

    def label(self, low: Expr, settled: Expr, tag: str = "") -> Expr:
        """The outcome of bounds: the rank if settled, else open, undetermined or unverified."""
        unverified = self.words.lit(int(Outcome.UNVERIFIED), self.words.small)
        doubt = self.choose(self.words.col("any_missing"), Outcome.UNDETERMINED, unverified)
        return (
            self.words.when(settled).then(low).otherwise(self.choose(~self.unknown(tag), Outcome.OPEN, doubt))
        )

    def agreed(self) -> list[Expr]:
        """Bounds once settled by what every branch agrees on; whether the hinges of a slot move the row."""
        col, words = self.words.col, self.words
        slots = [slot_tags(number, slot) for number, slot in enumerate(self.law.slots)]
        found = []
        for rank in RANKS:
            low, high = [col(f"Ym{rank}")], [col(f"Ps{rank}")]
            for tags in slots:
                low.append(words.every([col(f"Ym{rank}{t}") for t in tags]))
                high.append(words.some([col(f"Ps{rank}{t}") for t in tags]))
            found += [words.some(low).alias(f"low|{rank}"), words.every(high).alias(f"high|{rank}")]
        for number, (first, *others) in enumerate(slots):
            pairs = [(f"{n}{r}{first}", f"{n}{r}{o}") for n in ("Ym", "Ps") for r in RANKS for o in others]
            found.append(words.some([col(a) != col(b) for a, b in pairs]).alias(f"moves|{number}"))
        return found


def slot_tags(number: int, slot: Sequence[Hinge]) -> list[str]:
    """The tags of a slot's branches; its hinges have equally many, and never meet on one day."""
    return [f"@{number}={branch}" for branch in range(len(slot[0].branches))]
