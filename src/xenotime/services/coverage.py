"""What of a book is encoded, tested and by whom read, article by article; what is not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xenotime.law.book import Book
from xenotime.law.instrument import Article, Instrument, as_list, load_yaml
from xenotime.law.read import packaged, packaged_names

#: Who read an article of which nobody says otherwise.
PROJECT = "project"
_EXPECTED = ("rule", "notes", "duties", "scopes", "holds")


@dataclass(frozen=True, slots=True)
class Reading:
    """One article: its question and answer if it is encoded, else the reason; and what tries it."""

    address: str
    title: str
    instrument: str
    question: str
    answer: str
    confidence: str
    reason: str
    cases: tuple[str, ...]
    trials: int
    read_by: str
    read_until: str

    @property
    def encoded(self) -> bool:
        """Whether a rule stands for the article."""
        return not self.reason

    @property
    def tested(self) -> bool:
        """Whether some case or trial names it."""
        return bool(self.cases or self.trials)


@dataclass(frozen=True, slots=True)
class Census:
    """Every article of a book."""

    readings: tuple[Reading, ...]

    @property
    def not_encoded(self) -> tuple[Reading, ...]:
        """Articles that are declared not encodable, each with its reason."""
        return tuple(r for r in self.readings if r.reason)

    @property
    def untested(self) -> tuple[Reading, ...]:
        """Encoded articles that no case and no trial names."""
        return tuple(r for r in self.readings if r.encoded and not r.tested)

    def table(self) -> Iterator[tuple[str | int, ...]]:
        """A row for each instrument (its counts, read until, read by), and their sum."""
        groups: dict[str, list[Reading]] = {}
        for reading in self.readings:
            groups.setdefault(reading.instrument, []).append(reading)
        for name, group in groups.items():
            who = ", ".join(dict.fromkeys(r.read_by for r in group))
            yield (name, *_counts(group), group[0].read_until, who)
        yield ("", *_counts(self.readings), "", "")


def _counts(group: list[Reading] | tuple[Reading, ...]) -> tuple[int, int, int, int, int]:
    encoded = [r for r in group if r.encoded]
    opened = sum(r.answer == "open" for r in encoded)
    return len(group), len(encoded), opened, sum(r.tested for r in encoded), len(group) - len(encoded)


def census(book: Book, texts: Mapping[str, str]) -> Census:
    """Every article of a book, held against its cases and trials (the YAML files beside it, by name)."""
    cases, trials = _tried(texts)
    return Census(
        tuple(
            _reading(article, instrument, cases.get(article.address, ()), trials.get(article.address, 0))
            for instrument in book.instruments.values()
            for article in instrument.articles
        )
    )


def _reading(article: Article, instrument: Instrument, cases: tuple[str, ...], trials: int) -> Reading:
    block = article.block
    named = dict.fromkeys((*as_list(block.get("cases")), *cases))
    return Reading(
        article.address,
        article.title,
        instrument.address,
        str(block.get("question", "")),
        str(block.get("answer", "")),
        str(block.get("confidence", "")),
        str(block.get("cannot_encode", "")),
        tuple(named),
        trials,
        str(block.get("read_by") or instrument.front.get("read_by") or PROJECT),
        str(instrument.read_until or ""),
    )


def trial_texts(jurisdiction: str) -> dict[str, str]:
    """The packaged cases and trials of a jurisdiction, by file name."""
    return {name: packaged(name) for name in packaged_names(jurisdiction, ".yaml")}


def _tried(texts: Mapping[str, str]) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    """By article: the cases whose expectation names it, and how many rows of trials are of it or name it."""
    cases: dict[str, dict[str, None]] = {}
    trials: dict[str, int] = {}
    for name, text in texts.items():
        raw = load_yaml(text, name)
        for case in raw.get("cases") or ():
            for part in (case, *(case.get("also") or ())):
                for address in _named(part):
                    cases.setdefault(address, {})[str(case.get("id", ""))] = None
        for trial in raw.get("trials") or ():
            tried = str(trial.get("of", ""))
            for row in trial.get("rows") or ():
                for address in {tried, str(row.get("rule") or tried)}:
                    trials[address] = trials.get(address, 0) + 1
    return {address: tuple(ids) for address, ids in cases.items()}, trials


def _named(part: Mapping[str, object]) -> Iterator[str]:
    expect = part.get("expect")
    if isinstance(expect, dict):
        for key in _EXPECTED:
            value = expect.get(key)
            yield from value if isinstance(value, dict) else as_list(value)
    for key in ("procedure", "fine", "deadline"):
        body = part.get(key)
        if isinstance(body, dict) and body.get("article"):
            yield str(body["article"])
