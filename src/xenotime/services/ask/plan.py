"""How a leg hangs on questions: which questions make each missing fact known, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xenotime.law.facts import Value
from xenotime.law.oracle import Scene, presume
from xenotime.law.program import program
from xenotime.portfolio.table import Row
from xenotime.services.ask.answers import BRANCH, VALUE, Key
from xenotime.services.ask.domain import answers
from xenotime.services.ask.home import WORTH, of_content, of_parties
from xenotime.services.ask.trace import sources
from xenotime.services.ask.weigh import REACHED, Part, Shape
from xenotime.services.rows import Desk, Movement, sold_at

#: How a fact becomes known, by which questions, with which answers.
Way = tuple[str, tuple[Key, ...], tuple[Value, ...]]
_TRUTHS = (True, False)


def plan(desk: Desk, movement: Movement, missing: Sequence[str]) -> tuple[Shape, tuple[Key, ...]]:
    """The shape of a leg that lacks some facts, and its questions in the order of the shape's numbers."""
    law = desk.library.law
    hinges = tuple(_turning(desk, movement))
    numbers = {Key("hinge", hinge, BRANCH): n for n, hinge in enumerate(hinges)}
    sizes = [len(law.book.hinges[h].branches) + 1 for h in hinges]
    parts = []
    for fact in missing:
        how, keys, values = way(desk, movement, fact)
        for key in keys:
            if key not in numbers:
                numbers[key] = len(sizes)
                sizes.append(1 + (len(REACHED) if how == "worth" else len(values)))
        if keys:
            parts.append(Part(fact, how, tuple(numbers[k] for k in keys), values))
    return Shape(hinges, tuple(sizes), tuple(parts)), tuple(numbers)


def _turning(desk: Desk, movement: Movement) -> Iterator[str]:
    """The hinges on which the leg may turn: some deciding rule differs between the branches, or is unknown.

    What is the same truth in each branch stays so, whatever else becomes known.
    """
    law = desk.library.law
    touching = program(law).touching(movement.on)
    if not touching:
        return
    filled, _ = presume(law, movement.facts, strict=desk.library.strict)
    scene = Scene(law, filled, movement.on)
    deciding = {rule.address for rule in law.rules}
    for hinge in touching:
        turned = [name for name in law.turned(hinge) if name in deciding]
        ways = [scene.turn(hinge, branch).values for branch in law.book.hinges[hinge].branches]
        if any(len({w[n] for w in ways}) > 1 or ways[0][n] is None for n in turned):
            yield hinge


def way(desk: Desk, movement: Movement, fact: str) -> Way:
    """How a fact of a leg becomes known; no questions where no answer is sure to make it known."""
    law = desk.library.law
    if of_content(fact) and movement.product is not None:
        return _inside(desk, movement, movement.product, fact)
    wanted = desk.asked(fact, movement.shipment, movement.leg, movement.users, movement.on)
    if of_parties(fact):
        return "any", wanted.keys, _TRUTHS
    values = answers(law, law.book.facts[fact])
    return "one", wanted.keys if values else (), values


def _inside(desk: Desk, movement: Movement, product: Row, fact: str) -> Way:
    """By the makers of what is inside; a value only in a currency that the leg's own can be told from."""
    sold, _ = sold_at(movement.shipment, product)
    currency = sold or product.text("currency") or "USD"
    where = sources(desk.roll, product.text("product"), fact, currency, movement.on)
    if fact not in WORTH:
        return "any", tuple(Key("product", one, fact) for one in where), _TRUTHS
    rates = desk.roll.bills.rates
    known = all(rates.find(money(desk, one), currency, movement.on) is not None for one in where)
    return "worth", tuple(Key("product", one, VALUE) for one in where) if known else (), ()


def money(desk: Desk, product: str) -> str:
    """The currency in which the value of a product is asked: that of its own row, else US dollars."""
    row = desk.products.get(product)
    return (row.text("currency") if row is not None else "") or "USD"
