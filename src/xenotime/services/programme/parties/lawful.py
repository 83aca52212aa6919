"""What the law says of a sample shipment of each control code: does it need a licence on that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.law.answer import Explanation
from xenotime.law.facts import Value
from xenotime.law.node import All, Cmp, In, Is, Lit, Node, Ref, Some
from xenotime.law.tables import Line
from xenotime.services.library import Library
from xenotime.services.transaction import Transaction, decide_transaction


@dataclass(frozen=True, slots=True)
class Answer:
    """The law's answer for a code: outcome as a word, the rule, the hash of the law, and what it lacks.

    `outcome` "unknown_code": no table of the law has the code.
    """

    code: str
    outcome: str
    rule: str = ""
    law_hash: str = ""
    codes: str = ""
    missing: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    assuming: tuple[str, ...] = ()
    name: str = ""
    name_zh: str = ""


def answers(
    library: Library, codes: Iterable[str], country: str, on: date, facts: Mapping[str, Value]
) -> tuple[Answer, ...]:
    """The law's answer for each code, for a shipment from China to a country on a day.

    `facts` are those known of the user (`military_user`, `end_use_area`), beside what the code itself says.
    """
    return tuple(_answer(library, code, country, on, facts) for code in dict.fromkeys(codes))


def line_of(library: Library, code: str) -> Line | None:
    """The line of the law's item tables that a control code names, or the first firm line under it."""
    tables = (p.table for p in library.law.predicates if p.table is not None)
    lines = [line for table in tables for line in table.lines]
    same = [x for x in lines if x.control_code == code]
    under = [x for x in lines if x.control_code.startswith(f"{code}.")]
    found = same or under
    return next((x for x in found if x.mark != "?"), found[0] if found else None)


def sample(line: Line) -> dict[str, Value]:
    """Facts of goods that a line covers: its first kind, its material, its elements, nothing else.

    A material that the line names stands for itself; elements that it does not name are absent.
    """
    facts: dict[str, Value] = {"classified": True, "material": "none"}
    elements: list[str] = []
    for part in _parts(line.node):
        match part:
            case In(fact, values):
                facts[fact] = values[0]
            case Is(fact) if fact.startswith("el_"):
                elements.append(fact.removeprefix("el_").capitalize())
            case Is(fact):
                facts[fact] = True
            case Cmp("=" | ">=" | "<=", Ref(fact), Lit(value)):
                facts[fact] = value
    return {**facts, "elements": elements}  # type: ignore[dict-item] # a decide file takes the list as it is


def _parts(node: Node) -> tuple[Node, ...]:
    """The leaves of a condition that hold together; of alternatives the first."""
    if isinstance(node, Some):
        return _parts(node.parts[0]) if node.parts else ()
    return tuple(p for part in node.parts for p in _parts(part)) if isinstance(node, All) else (node,)


def _answer(library: Library, code: str, country: str, on: date, facts: Mapping[str, Value]) -> Answer:
    line = line_of(library, code)
    if line is None:
        return Answer(code, "unknown_code")
    given = {
        "from": "CN",
        "to": country,
        "end_user_country": country,
        "origin_china": True,
        **sample(line),
        **facts,
    }
    asked = Transaction(code, on, None, library.strict, {}, given, (), (), {}, {}, f"item {code}")
    return _said(code, line, decide_transaction(library, asked).explanation)


def _said(code: str, line: Line, found: Explanation) -> Answer:
    return Answer(
        code,
        found.outcome.word,
        found.rule,
        found.law_hash,
        found.code,
        tuple(m.asks for m in found.missing),
        tuple(f"{b.hinge}={b.branch}: {b.outcome.word}" for b in found.branches),
        tuple(f"{a.fact} = {a.value}" for a in found.assuming),
        line.name,
        line.name_zh,
    )
