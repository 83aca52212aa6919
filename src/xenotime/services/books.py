"""One transaction or portfolio asked against several books at once: the answers stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from xenotime.core.errors import AddressError, FactError
from xenotime.core.truth import Truth
from xenotime.law.between import Between, places, presumed
from xenotime.law.facts import Value
from xenotime.law.read import JURISDICTIONS
from xenotime.portfolio.table import Portfolio
from xenotime.services.assess import assess
from xenotime.services.library import Library
from xenotime.services.results import Assessment, Leg
from xenotime.services.rows import Movement
from xenotime.services.transaction import Decision, Transaction, decide_transaction, gathered

#: The book whose licences a portfolio or a decide file states.
_LICENSED = "cn"


@dataclass(frozen=True, slots=True)
class Friction:
    """A place where obeying one book may break another: met (True), or not known to be (None)."""

    place: Between
    truth: Truth


@dataclass(frozen=True, slots=True)
class Abreast:
    """One transaction's decision under each book, in the order asked, and what lies between them."""

    title: str
    decisions: Mapping[str, Decision]
    frictions: tuple[Friction, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One leg of a portfolio under each book, and what lies between the answers."""

    legs: Mapping[str, Leg]
    frictions: tuple[Friction, ...]

    @property
    def first(self) -> Leg:
        """The leg as the first book has it: shipment, day and parties are the same in all."""
        return next(iter(self.legs.values()))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcome under each book, in their order."""
        return tuple(leg.explanation.outcome.word for leg in self.legs.values())


@dataclass(frozen=True, slots=True)
class Side:
    """A portfolio under several books: an assessment each, and the legs side by side."""

    portfolio: str
    known: date
    assessments: Mapping[str, Assessment]
    rows: tuple[Row, ...]

    @property
    def together(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """How many legs have which outcomes under the books together, the most frequent first."""
        found = Counter(row.outcomes for row in self.rows)
        return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def between(self) -> tuple[tuple[Between, int, int], ...]:
        """Each place with the number of legs that meet it, and of those of which it is not known."""
        met = Counter(f.place.id for row in self.rows for f in row.frictions if f.truth)
        perhaps = Counter(f.place.id for row in self.rows for f in row.frictions if f.truth is None)
        return tuple((p, met[p.id], perhaps[p.id]) for p in places() if met[p.id] or perhaps[p.id])


def named(text: str) -> tuple[str, ...]:
    """The books that a text such as ``cn,us`` names, in its order, each once; other words may name folders.

    Raises AddressError for none.

    >>> named("cn, us,cn")
    ('cn', 'us')
    """
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not found:
        raise AddressError(
            "no book is named",
            where="--books",
            expected=", ".join(JURISDICTIONS),
            found=repr(text),
            next_step="name books with commas between: --books cn,us",
        )
    return found


def decide_abreast(libraries: Mapping[str, Library], given: Transaction) -> Abreast:
    """The decision of a transaction under each book.

    A fact goes to every book that knows it. Licences are read under the book they come from. Raises FactError
    for a fact that none of the books knows.
    """
    _known_somewhere(libraries, given)
    decisions, rows = {}, {}
    for name, library in libraries.items():
        own = _own(given, name, library)
        decisions[name] = decide_transaction(library, own)
        row, *_ = gathered(library, own)
        rows[name] = row
    return Abreast(given.title, decisions, frictions(libraries, rows, given.on))


def frictions(
    libraries: Mapping[str, Library], rows: Mapping[str, Mapping[str, Value]], on: date
) -> tuple[Friction, ...]:
    """What lies between the books for one row of facts a book: places that are met, or may be."""
    laws = {name: library.law for name, library in libraries.items()}
    filled = {
        name: presumed(library.law, rows[name], strict=library.strict) for name, library in libraries.items()
    }
    found = ((place, place.stands(laws, filled, on)) for place in places())
    return tuple(Friction(place, truth) for place, truth in found if truth is not False)


def assess_abreast(
    portfolio: Portfolio,
    libraries: Mapping[str, Library],
    *,
    on: date | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Side:
    """The portfolio under each book, leg by leg side by side; `progress` is told legs done and in all."""
    made: dict[str, Assessment] = {}
    facts: dict[str, list[Mapping[str, Value]]] = {name: [] for name in libraries}
    for number, (name, library) in enumerate(libraries.items()):
        told = _after(number, len(libraries), progress)
        seen = partial(_keep, facts[name])
        made[name] = assess(_licensed(portfolio, name), library, on=on, progress=told, seen=seen)
    rows = []
    for place, leg in enumerate(next(iter(made.values())).legs):
        legs = {name: assessment.legs[place] for name, assessment in made.items()}
        here = {name: several[place] for name, several in facts.items()}
        rows.append(Row(legs, frictions(libraries, here, leg.on)))
    first = next(iter(made.values()))
    return Side(first.portfolio, first.known, made, tuple(rows))


def _keep(facts: list[Mapping[str, Value]], movement: Movement) -> None:
    facts.append(movement.facts)


def _after(
    number: int, books: int, progress: Callable[[int, int], object] | None
) -> Callable[[int, int], object] | None:
    """Progress over all books: what one book reports, behind the books before it."""
    if progress is None:
        return None
    return lambda done, total: progress(number * total + done, books * total)


def _licensed(portfolio: Portfolio, book: str) -> Portfolio:
    """The portfolio as a book sees it: the licences table holds licences of one authority only."""
    if book == _LICENSED or not portfolio["licences"]:
        return portfolio
    return replace(portfolio, tables={**portfolio.tables, "licences": ()})


def _known_somewhere(libraries: Mapping[str, Library], given: Transaction) -> None:
    known = {name for library in libraries.values() for name in library.law.book.facts}
    strange = [name for name in given.facts if name != "elements" and name not in known]
    if strange:
        raise FactError(
            f"none of the books knows a fact '{strange[0]}'",
            where=f"{given.where}, fact {strange[0]}",
            expected=f"a fact of {', '.join(libraries)}",
            found=strange[0],
            next_step="run `xenotime law facts --book BOOK` for all names and questions",
        )


def _own(given: Transaction, name: str, library: Library) -> Transaction:
    """The transaction as a book sees it: its own facts and licences."""
    facts = library.law.book.facts
    elements = any(fact.startswith("el_") for fact in facts)
    kept = {k: v for k, v in given.facts.items() if k in facts or (k == "elements" and elements)}
    return replace(
        given,
        facts=kept,
        licences=given.licences if name == _LICENSED else (),
    )
