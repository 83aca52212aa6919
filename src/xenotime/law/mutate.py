"""Changes a book in one small place at a time: what a book's own cases ought to notice.

Each comparison, joining word, negation, number, date and exception is changed alone. A change that no case
notices shows a place where the book could be wrong and nobody would see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from xenotime.law.book import Act, Book
from xenotime.law.events import Event
from xenotime.law.node import All, Arith, Cmp, In, Lit, Node, Not, Some, Term
from xenotime.law.spell import spell

#: The kinds of change, in the order they are counted.
KINDS = ("operator", "threshold", "date", "exception")
#: For each comparison: its neighbour at the boundary, and the other way round.
_OTHER = {
    ">=": (">", "<"),
    ">": (">=", "<="),
    "<=": ("<", ">"),
    "<": ("<=", ">="),
    "=": ("<>",),
    "<>": ("=",),
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A book with one change: of which kind, in which named part, from what to what.

    `touched` names what the change is made on: a predicate, condition or rule, or articles whose days moved.
    """

    kind: str
    place: str
    change: str
    book: Book
    touched: tuple[str, ...]


def mutants(book: Book) -> Iterator[Mutant]:
    """Every book that differs from this one in one operator, number, date or exception."""
    yield from _of_predicates(book)
    yield from _of_conditions(book)
    yield from _of_rules(book)
    yield from _of_acts(book)


def _of_predicates(book: Book) -> Iterator[Mutant]:
    for name, predicate in book.predicates.items():
        for kind, change, node in changed(predicate.node):
            made = {**book.predicates, name: replace(predicate, node=node)}
            yield Mutant(kind, name, change, replace(book, predicates=made), (name,))


def _of_conditions(book: Book) -> Iterator[Mutant]:
    for name, condition in book.conditions.items():
        for kind, change, node in changed(condition.node):
            made = {**book.conditions, name: replace(condition, node=node)}
            yield Mutant(kind, name, change, replace(book, conditions=made), (name,))


def _of_rules(book: Book) -> Iterator[Mutant]:
    for address, rule in book.rules.items():
        found = [(kind, change, replace(rule, node=node)) for kind, change, node in changed(rule.node)]
        for exception in rule.unless:
            rest = tuple(e for e in rule.unless if e != exception)
            found.append(("exception", f"without {exception}", replace(rule, unless=rest)))
        for change, events in _moved(rule.events):
            found.append(("date", change, replace(rule, events=events)))
        for kind, change, made in found:
            rules = {**book.rules, address: made}
            yield Mutant(kind, address, change, replace(book, rules=rules), (address,))


def _of_acts(book: Book) -> Iterator[Mutant]:
    for number, act in enumerate(book.acts):
        for change, (event,) in _moved((act.event,)):
            acts = (*book.acts[:number], Act(act.on, event), *book.acts[number + 1 :])
            place = f"{act.event.by} on {act.on}"
            yield Mutant("date", place, change, replace(book, acts=acts), _articles(book, act.on))


def _articles(book: Book, address: str) -> tuple[str, ...]:
    """The articles that an act on an instrument or article reaches."""
    if address in book.instruments:
        return tuple(a.address for a in book.instruments[address].articles)
    return (address,)


def changed(node: Node) -> Iterator[tuple[str, str, Node]]:
    """The trees that differ from this one in one operator or number: kind, words for the change, tree."""
    match node:
        case All(parts) | Some(parts):
            if len(parts) > 1:
                other = Some(parts) if isinstance(node, All) else All(parts)
                words = ("all", "any") if isinstance(node, All) else ("any", "all")
                yield "operator", f"{words[0]} becomes {words[1]}", other
            for place, part in enumerate(parts):
                for kind, change, made in changed(part):
                    yield kind, change, type(node)((*parts[:place], made, *parts[place + 1 :]))
        case Not(part):
            yield "operator", "not is left out", part
            yield from ((kind, change, Not(made)) for kind, change, made in changed(part))
        case In(fact, _):
            yield "operator", f"{fact} in becomes not in", Not(node)
        case Cmp(op, left, right):
            for other_op in _OTHER[op]:
                yield "operator", f"{spell(node)} becomes {other_op}", Cmp(other_op, left, right)
            for change, term in _renumbered(left):
                yield "threshold", f"{spell(node)}: {change}", Cmp(op, term, right)
            for change, term in _renumbered(right):
                yield "threshold", f"{spell(node)}: {change}", Cmp(op, left, term)


def _renumbered(term: Term) -> Iterator[tuple[str, Term]]:
    match term:
        case Lit(value) if isinstance(value, int):
            for other in (value - 1, value + 1):
                if other >= 0:
                    yield f"{value} becomes {other}", Lit(other)
        case Arith(op, left, right):
            yield from ((change, Arith(op, made, right)) for change, made in _renumbered(left))
            yield from ((change, Arith(op, left, made)) for change, made in _renumbered(right))


def _moved(events: tuple[Event, ...]) -> Iterator[tuple[str, tuple[Event, ...]]]:
    """The same events with one day of one of them a day earlier or later."""
    for place, event in enumerate(events):
        for name, made in _shifted(event):
            yield name, (*events[:place], made, *events[place + 1 :])


def _shifted(event: Event) -> Iterator[tuple[str, Event]]:
    for step in (-_DAY, _DAY):
        day, published = event.day + step, event.published + step
        if event.through is None or day <= event.through:
            yield f"{event.kind} day {event.day} becomes {day}", replace(event, day=day)
        yield (
            f"{event.kind} published {event.published} becomes {published}",
            replace(event, published=published),
        )
        through = event.through + step if event.through else None
        if through and through >= event.day:
            yield f"{event.kind} through {event.through} becomes {through}", replace(event, through=through)


def count(found: Iterable[Mutant]) -> dict[str, int]:
    """How many there are of each kind."""
    kinds = [mutant.kind for mutant in found]
    return {kind: kinds.count(kind) for kind in KINDS}
